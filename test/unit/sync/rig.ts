import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Backend } from '../../../src/backends/backend.ts';
import type { Account } from '../../../src/desk/account.ts';
import { ok, type DeskError, type Result } from '../../../src/desk/errors.ts';
import {
  fieldsBefore,
  type Intent,
  type Operation,
  type Step,
  type TicketFields,
} from '../../../src/desk/operation.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import { openStore } from '../../../src/store/open.ts';
import type { StoreReader, StoreWriter } from '../../../src/store/api.ts';
import type { Disposable, Request, Sync } from '../../../src/sync/api.ts';
import type { Clock } from '../../../src/sync/clock.ts';
import { createSync, type Tuning } from '../../../src/sync/engine.ts';
import { FakeDesk } from './fakeDesk.ts';

export const accountId = 'desk';
export const never = new AbortController().signal;
export const startOfTime = Date.UTC(2026, 2, 10, 9);
export const minute = 60_000;

/** A clock whose hands the test moves. */
export class TestClock implements Clock {
  #now = startOfTime;
  readonly #timers = new Set<{ at: number; run: () => void }>();

  now = (): number => this.#now;

  after(ms: number, run: () => void): Disposable {
    const timer = { at: this.#now + ms, run };
    this.#timers.add(timer);
    return { dispose: () => void this.#timers.delete(timer) };
  }

  /** Time passes; what is due is run in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const [first] = [...this.#timers].sort((a, b) => a.at - b.at);
      if (!first || first.at > end) break;
      this.#timers.delete(first);
      this.#now = Math.max(this.#now, first.at);
      first.run();
    }
    this.#now = end;
  }

  /** The machine slept: time passed and no timer ran. */
  sleep(ms: number): void {
    this.#now += ms;
  }
}

/** A window on the storage folder. */
export interface Window {
  reader: StoreReader;
  writer: StoreWriter;
  sync: Sync;
  log: string[];
  /** Closes the window in an orderly way. */
  close(): Promise<void>;
}

export interface Rig extends Window {
  desk: FakeDesk;
  clock: TestClock;
  folder: string;
  /** Lets time pass a second at a time, with what that brings about in every window. */
  pass(seconds: number): Promise<void>;
  /** Another window on the same folder, on the same clock. */
  window(more?: Partial<RigOptions>): Promise<Window>;
  end(): Promise<void>;
}

export interface RigOptions {
  /** What else than mine is kept of each account. */
  follows: Pick<Account, 'teams' | 'queries' | 'solvedTimelines' | 'url'>;
  tuning: Partial<Tuning>;
  accounts: string[];
  connect: (accountId: string) => Promise<Result<Backend>>;
  /** Between the engine and the store. */
  over: (writer: StoreWriter) => StoreWriter;
}

let windows = 0;

export async function makeRig(options: Partial<RigOptions> = {}): Promise<Rig> {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskside-sync-'));
  const clock = new TestClock();
  const desk = new FakeDesk(startOfTime - 10 * minute);
  const open: Window[] = [];
  const window = async (more: Partial<RigOptions> = {}): Promise<Window> => {
    const opened = await openWindow(folder, clock, desk, { ...options, ...more });
    open.push(opened);
    return opened;
  };
  return {
    ...(await window()),
    desk,
    clock,
    folder,
    window,
    async pass(seconds) {
      for (let second = 0; second < seconds; second += 1) {
        clock.advance(1_000);
        for (const { writer } of [...open, ...open, ...open]) {
          await writer.run('releaseLease', { name: 'none', holder: 'nobody' });
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    },
    async end() {
      for (const one of open) await one.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function openWindow(
  folder: string,
  clock: TestClock,
  desk: FakeDesk,
  options: Partial<RigOptions>,
): Promise<Window> {
  const workerFile = new URL('../../../src/store/worker.ts', import.meta.url);
  const { reader, writer } = value(await openStore({ folder, workerFile }));
  const backends = new Map<string, Backend>();
  const connect = (id: string): Promise<Result<Backend>> => {
    const backend = backends.get(id) ?? desk.as('alice', id);
    backends.set(id, backend);
    return Promise.resolve(ok(backend));
  };
  const log: string[] = [];
  windows += 1;
  const sync = createSync({
    reader,
    writer: options.over?.(writer) ?? writer,
    accounts: () =>
      (options.accounts ?? [accountId]).map((id) => ({
        id,
        backend: 'fake',
        label: id,
        url: 'https://desk.example.test',
        ...options.follows,
      })),
    connect: options.connect ?? connect,
    now: clock.now,
    intervalMs: () => minute,
    windowId: `window-${windows}`,
    log: (line) => void log.push(line),
    tuning: { clock, random: () => 0.5, network: () => 'one', ...options.tuning },
  });
  let closed = false;
  return {
    reader,
    writer,
    sync,
    log,
    async close() {
      if (closed) return;
      closed = true;
      const disposed = sync.dispose();
      clock.advance(minute);
      await disposed;
      reader.close();
      await writer.close();
    },
  };
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) assert.fail(`${result.error.reason}: ${result.error.message}`);
  return result.value;
}

export function error<T>(result: Result<T>): DeskError {
  if (result.ok) assert.fail(`succeeded with ${JSON.stringify(result.value)}`);
  return result.error;
}

/** Waits for what other threads and promises are still about; `meanwhile` lets time pass. */
export async function eventually(
  what: string,
  condition: () => boolean,
  meanwhile: () => void | Promise<void> = () => undefined,
): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!condition()) {
    if (performance.now() > deadline) assert.fail(`never: ${what}`);
    await meanwhile();
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** A promise and what resolves it. */
export function gate(): { closed: Promise<void>; open: () => void } {
  let open = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { closed, open: () => open() };
}

/** Everything the rig's account has, in the store. */
export async function synced(rig: Rig): Promise<void> {
  value(await rig.sync.syncNow(undefined, never));
}

export function ticketIn(rig: Pick<Window, 'reader'>, id: string): Ticket {
  const ticket = rig.reader.ticket({ accountId, id });
  assert.ok(ticket, `ticket ${id} is in the store`);
  return ticket;
}

export function post(body: string, visibility: 'public' | 'internal' = 'internal'): Step {
  return { type: 'post', kind: visibility === 'public' ? 'reply' : 'note', visibility, body };
}

/** What the editor asks for when the user looks at what the store has of the ticket. */
export function request(rig: Pick<Window, 'reader'>, id: string, intent: Intent, ...steps: Step[]): Request {
  const ticket = ticketIn(rig, id);
  return { accountId, ticket, label: ticket.key, intent, steps };
}

export function setting(rig: Pick<Window, 'reader'>, id: string, fields: TicketFields): Step {
  return { type: 'update', fields, before: fieldsBefore(ticketIn(rig, id), fields) };
}

export async function note(rig: Window, id: string, body: string): Promise<Operation> {
  return value(await rig.sync.enqueue(request(rig, id, 'note', post(body))));
}

export async function reply(rig: Window, id: string, body: string): Promise<Operation> {
  return value(await rig.sync.enqueue(request(rig, id, 'reply', post(body, 'public'))));
}

export async function setStatus(rig: Window, id: string, status: string): Promise<Operation> {
  return value(await rig.sync.enqueue(request(rig, id, 'status', setting(rig, id, { status }))));
}

export function stateOf(rig: Pick<Window, 'reader'>, operation: Operation): Operation['state'] | undefined {
  return rig.reader.operation(operation.id)?.state;
}
