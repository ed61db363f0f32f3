import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Operation } from '../../../src/desk/operation.ts';
import { FaultProxy } from '../faultProxy.ts';
import { generator } from '../kill/run.ts';
import { JumpingClock } from './clock.ts';
import { differences } from './compare.ts';
import type { FaultKind, Stage } from './kinds.ts';
import { killedWindow } from './killed.ts';
import type { Names } from './names.ts';
import { planned, requestOf, type Plan } from './plans.ts';
import { watch } from './sights.ts';
import type { FaultSubject } from './subject.ts';
import { verdict, type Verdict } from './verdict.ts';
import { accountId, openWindow, sweepMs, value, type Window } from './window.ts';

export interface RunOutcome extends Verdict {
  seed: number;
  kinds: readonly string[];
  /** Requests that a fault struck. */
  struck: number;
  promised: number;
  sights: readonly string[];
  waits: readonly number[];
  /** What of the store was not as the server has it after the last good sync. */
  differing: string[];
}

const calm = new AbortController().signal;
/** So many times the user comes back and does what has to be done before the run counts as stuck. */
const mostVisits = 25;
/** A run that takes longer hangs. */
const longestRun = 300_000;
const shortestDeadline = 1_500;
let runs = 0;

/** One run: a user works, others work on the same tickets, things go wrong, then all goes well and it is compared. */
export async function faultRun(
  subject: FaultSubject,
  names: Names,
  kinds: readonly FaultKind[],
  seed: number,
): Promise<RunOutcome> {
  const random = generator(seed);
  runs += 1;
  const name = `Run ${seed} ${process.pid}-${runs}`;
  const crowd = Math.max(1 + Math.floor(random() * 2), ...kinds.map((kind) => kind.crowd ?? 0));
  const begun = performance.now();
  const ticketIds = await Promise.all(
    Array.from({ length: crowd }, (_, n) => subject.open(`${name} ticket ${n}`)),
  );
  // What a person would wait a minute for: as much longer as this machine is slow at the moment.
  const deadlineMs = Math.max(shortestDeadline, (4 * (performance.now() - begun)) / Math.sqrt(crowd));
  const folder = mkdtempSync(path.join(tmpdir(), 'deskside-faults-'));
  const proxy = new FaultProxy(subject.base);
  await proxy.open();
  const clock = new JumpingClock();
  const stage: Stage = {
    subject,
    proxy,
    clock,
    names,
    folder,
    ticketIds,
    random,
    held: [],
    deadlineMs,
    pages: new Map(),
  };
  try {
    const limit = sleep(longestRun, undefined, { ref: false }).then(() => {
      throw new Error(`${name} did not end.`);
    });
    return await Promise.race([new Run(stage, kinds, seed, name).go(), limit]);
  } finally {
    await proxy.close();
    await subject.release(ticketIds);
    rmSync(folder, { recursive: true, force: true });
    rmSync(`${folder}.fault`, { force: true });
  }
}

class Run {
  readonly #stage: Stage;
  readonly #kinds: readonly FaultKind[];
  readonly #seed: number;
  readonly #name: string;
  readonly #ending = new AbortController();
  readonly #lifts: (() => void | Promise<void>)[] = [];
  readonly #promised: Plan[] = [];
  /** What Deskside did not promise to keep. */
  readonly #unsaid: Plan[] = [];

  constructor(stage: Stage, kinds: readonly FaultKind[], seed: number, name: string) {
    this.#stage = stage;
    this.#kinds = kinds;
    this.#seed = seed;
    this.#name = name;
  }

  async go(): Promise<RunOutcome> {
    const { random, subject, proxy, clock, folder, names } = this.#stage;
    const early = this.#kinds.filter((kind) => kind.early === true || random() < 0.25);
    const rest = this.#kinds.filter((kind) => !early.includes(kind));
    for (const kind of early) this.#begin(kind);
    if (this.#kinds.some(({ kills }) => kills === true)) await this.#beKilled();
    const url = `http://${names.host}:${proxy.port}`;
    const window = await openWindow(subject, url, folder, clock, this.#stage.deadlineMs);
    const sights = watch(window, clock.now);
    try {
      await this.#firstSync(window);
      const plans = planned(subject, this.#stage.ticketIds, this.#name, random);
      const drafts = plans.map((plan) => ({ plan, request: this.#request(window, plan) }));
      await this.#others();
      window.sync.start();
      for (const kind of rest) this.#begin(kind);
      for (const { plan, request } of drafts) {
        const queued = await window.sync.enqueue(request);
        (queued.ok ? this.#promised : this.#unsaid).push(plan);
        if (!queued.ok) sights.seen.add(`not queued: ${queued.error.reason}`);
        if (random() < 0.3) await sleep(random() * 60);
      }
      void window.sync.syncNow(accountId, this.#ending.signal);
      await this.#timePasses(window, 4, () => 2_000 + random() * 4_000);
      const unsettled = this.#heldReplies(window);
      await this.#allGoesWell();
      await this.#visits(window);
      const differing = await this.#differing(window);
      const { lost, doubled, wrong } = await verdict(this.#stage, this.#promised, this.#unsaid);
      return {
        seed: this.#seed,
        kinds: this.#kinds.map((kind) => kind.name),
        struck: proxy.struck.length,
        promised: this.#promised.length,
        sights: [...sights.seen],
        waits: sights.waits,
        differing,
        lost,
        doubled,
        wrong: [...wrong, ...unsettled],
      };
    } finally {
      this.#ending.abort();
      sights.end();
      await window.close();
    }
  }

  /** Where and how often it strikes is drawn. */
  #begin(kind: FaultKind): void {
    const { random, subject } = this.#stage;
    const drawn = kind.aims[Math.floor(random() * kind.aims.length)];
    const aim = kind.aims.includes('write') && random() < 0.4 ? 'write' : drawn;
    const skip = Math.floor(random() * (aim === 'write' || aim === 'list' ? 2 : 3));
    const times = 1 + Math.floor(random() * kind.most);
    this.#lifts.push(
      kind.begin(this.#stage, { wants: (asked) => subject.aimOf(asked) === aim, skip, times }),
    );
  }

  async #beKilled(): Promise<void> {
    const { said, unsaid } = await killedWindow(this.#stage, this.#name);
    this.#promised.push(...said);
    this.#unsaid.push(...unsaid);
  }

  /** The user has to see a ticket to work on it. */
  async #firstSync(window: Window): Promise<void> {
    const { ticketIds, clock } = this.#stage;
    const isThere = (id: string) => window.reader.ticket({ accountId, id }) !== undefined;
    const said: string[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const synced = await window.sync.syncNow(accountId, calm);
      if (attempt > 2) await quiet(this.#stage.proxy); // The upkeep brings what was left out.
      if (ticketIds.every(isThere)) return;
      said.push(synced.ok ? 'well' : synced.error.message);
      if (attempt >= 2) await this.#allGoesWell();
      clock.jump(attempt < 4 ? 40_000 : sweepMs + 1);
    }
    const missing = ticketIds.filter((id) => !isThere(id)).join();
    throw new Error(`${this.#name}: the first sync never brought ${missing}: ${said.join('; ')}`);
  }

  #request(window: Window, plan: Plan) {
    const id = plan.ticketId;
    return requestOf(plan, accountId, id === undefined ? undefined : window.reader.ticket({ accountId, id }));
  }

  /** Somebody else is at the same tickets. */
  async #others(): Promise<void> {
    const { random, subject, ticketIds } = this.#stage;
    const [id] = ticketIds;
    if (id === undefined) return;
    if (random() < 0.25) await subject.answer(id, 'It has become worse.');
    if (random() < 0.25) await subject.meddle(id);
  }

  async #timePasses(window: Window, rounds: number, pause: () => number): Promise<void> {
    for (let round = 0; round < rounds; round += 1) {
      await this.#idle(window);
      if (window.reader.outbox().length === 0) return;
      this.#stage.clock.jump(pause());
    }
    await this.#idle(window);
  }

  /** Nothing that could be sent is left; or nothing can be for as long as a fault lasts. */
  async #idle({ sync }: Window): Promise<void> {
    await Promise.race([sync.idle(), sleep(2 * this.#stage.deadlineMs)]);
    await this.#serverIsDone();
  }

  async #serverIsDone(): Promise<void> {
    while (this.#stage.proxy.isActing) await sleep(5);
  }

  /**
   * A public reply that the server may still act on has to be unknown, and must not have been sent again. Where the store
   * can't be written it stays "sending", which the next one who can takes for unknown.
   */
  #heldReplies({ reader }: Window): string[] {
    const bodies = this.#stage.held.map(({ asked }) => String(asked.body));
    const unwritten = this.#kinds.some(({ keepsFromWriting }) => keepsFromWriting === true);
    return reader
      .outbox()
      .filter((operation) => isReplyIn(operation, bodies))
      .filter(({ state }) => state !== 'unknown' && !(unwritten && state === 'sending'))
      .map(({ label, state }) => `a reply to ${label} is ${state} while the server may still act`);
  }

  async #allGoesWell(): Promise<void> {
    const { proxy, held } = this.#stage;
    for (const lift of this.#lifts.splice(0)) await lift();
    await proxy.calm();
    for (const { act } of held.splice(0)) await act();
  }

  /** The user looks at the outbox and does what only a user can decide, until it is empty. */
  async #visits(window: Window): Promise<void> {
    const { reader, sync } = window;
    for (let visit = 0; reader.outbox().length > 0; visit += 1) {
      if (visit === mostVisits)
        throw new Error(`${this.#name}: stuck with ${JSON.stringify(reader.outbox())}`);
      for (const { id, state } of reader.outbox()) {
        const force = state === 'conflict';
        if (force || state === 'failed' || (state === 'unknown' && visit > 2))
          await sync.retry(id, { force });
      }
      await this.#timePasses(window, 1, () => 35_000);
    }
  }

  /** After a good sync, and the upkeep that comes with it. One that a fault had struck before may still be under way. */
  async #differing(window: Window): Promise<string[]> {
    const { proxy, clock, subject } = this.#stage;
    let found: string[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const synced = await window.sync.syncNow(accountId, calm);
      if (!synced.ok && attempt < 4) {
        clock.jump(40_000);
        continue;
      }
      value(synced);
      await quiet(proxy);
      found = await differences(window.reader, subject.direct);
      if (found.length === 0) break;
      await sleep(this.#stage.deadlineMs); // What a fault holds up ends by then; others are as quick as they like.
      clock.jump(sweepMs + 1);
    }
    return found;
  }
}

/** Nothing was asked for a while. */
async function quiet(proxy: FaultProxy): Promise<void> {
  for (let before = -1; before !== proxy.requests || proxy.isActing;) {
    before = proxy.requests;
    await sleep(80);
  }
}

function isReplyIn({ steps }: Operation, bodies: readonly string[]): boolean {
  const [step] = steps;
  return (
    step?.type === 'post' && step.visibility === 'public' && bodies.some((body) => body.includes(step.body))
  );
}
