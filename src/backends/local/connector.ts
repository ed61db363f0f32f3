import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import type { Capabilities } from '../../desk/capabilities.ts';
import { cancelled, fail, ok, type Result } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';
import type { Scope } from '../../desk/scope.ts';
import { relationKinds, watcherRoles, type Person, type Ticket } from '../../desk/ticket.ts';
import type {
  Applied,
  Backend,
  BackendContext,
  PullPage,
  Sending,
  Session,
  Timeline,
  Vocabulary,
} from '../backend.ts';
import type { Desk } from './changes.ts';
import { localClocks } from './clocks.ts';
import { findPeople } from './people.ts';
import type { LocalDeskPort, LocalTicket } from './port.ts';
import { applyStep, createTicket } from './rules.ts';
import type { Act } from './step.ts';
import type { LocalDeskSettings } from './settings.ts';
import { localPeople, localVocabulary } from './vocabulary.ts';

const capabilities: Capabilities = {
  createTicket: true,
  publicReply: true,
  internalNote: true,
  interactionLog: 'native',
  setSubject: true,
  setStatus: true,
  assign: true,
  setTeam: true,
  setPriority: true,
  setTier: 'native',
  setTags: true,
  setCustomFields: true,
  watchers: watcherRoles,
  relate: relationKinds,
  merge: true,
  logTime: true,
  attach: true,
  sla: true,
  optimisticConcurrency: true,
  serverSearch: false,
  scopes: ['mine'],
  idempotent: true,
};

const pageSize = 100;
const mostAttempts = 5;
const mostPeople = 200;

/** The local desk as a backend: the rules of the desk on the tickets in the store. */
export class LocalBackend implements Backend {
  readonly #context: BackendContext;
  readonly #port: LocalDeskPort;

  constructor(context: BackendContext, port: LocalDeskPort) {
    this.#context = context;
    this.#port = port;
  }

  async signIn(signal: AbortSignal): Promise<Result<Session>> {
    return await unlessCancelled(signal, () => ok({ me: this.#me, capabilities }));
  }

  /**
   * With what is mine comes all of the desk: it is on this machine anyway. A change of who works here, or of the SLA
   * policy, changes all of it.
   */
  async *pull(
    scope: Scope,
    cursor: string | undefined,
    signal: AbortSignal,
  ): AsyncIterable<Result<PullPage>> {
    if (scope.kind !== 'mine') {
      yield onlyMine();
      return;
    }
    const settings = this.#port.settings();
    const version = digest(JSON.stringify([settings.user, settings.sla]));
    const begin = beginning(cursor, version);
    if (!begin.ok) {
      yield begin;
      return;
    }
    for await (const changes of this.#changes(begin.value, settings, signal)) {
      if (!changes.ok) {
        yield changes;
        return;
      }
      const { tickets: timelines, sequence } = changes.value;
      yield ok({
        tickets: timelines.map(({ ticket }) => ticket),
        timelines: timelines.map(({ ticket, entries }) => ({ ticketId: ticket.id, entries })),
        cursor: `${sequence}@${version}`,
        problems: [],
      });
    }
  }

  async *members(scope: Scope, signal: AbortSignal): AsyncIterable<Result<string[]>> {
    if (scope.kind !== 'mine') {
      yield onlyMine();
      return;
    }
    for await (const changes of this.#changes(0, this.#port.settings(), signal)) {
      if (!changes.ok) {
        yield changes;
        return;
      }
      yield ok(changes.value.tickets.filter(({ ticket }) => ticket.mine).map(({ ticket }) => ticket.id));
    }
  }

  async timeline(ticketId: string, signal: AbortSignal): Promise<Result<Timeline>> {
    return await unlessCancelled(signal, () => {
      const local = this.#find(ticketId);
      return local.ok ? ok(shown(local.value, this.#port.settings())) : local;
    });
  }

  async ticket(ticketId: string, signal: AbortSignal): Promise<Result<Ticket>> {
    const timeline = await this.timeline(ticketId, signal);
    return timeline.ok ? ok(timeline.value.ticket) : timeline;
  }

  async apply({ key, ticketId, step, revision }: Sending, signal: AbortSignal): Promise<Result<Applied>> {
    return await unlessCancelled(signal, () => {
      const act: Act = { key, me: this.#me, now: this.#context.now() };
      if (step.type === 'create') return this.#create(act, step);
      if (ticketId === undefined) return notFound('');
      const goesOn = this.#goesOn(ticketId);
      const said = step.type === 'post' || step.type === 'time' || step.type === 'attach';
      return said && goesOn !== ticketId
        ? this.#change(act, goesOn, step, undefined)
        : this.#change(act, ticketId, step, revision);
    });
  }

  async landed({ key }: Sending, signal: AbortSignal): Promise<Result<Applied | undefined>> {
    return await unlessCancelled(signal, () => {
      const ticketId = this.#port.reader.localApplied(key);
      return ok(ticketId === undefined ? undefined : { ticketId });
    });
  }

  async vocabulary(ticketId: string | undefined, signal: AbortSignal): Promise<Result<Vocabulary>> {
    return await unlessCancelled(signal, () => {
      if (ticketId === undefined) return ok(this.#desk(undefined).vocabulary);
      const local = this.#find(ticketId);
      return local.ok ? ok(this.#desk(local.value.ticket).vocabulary) : local;
    });
  }

  async people(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    return await unlessCancelled(signal, () => {
      const { people } = this.#desk(undefined);
      return ok(findPeople([...people.values()], query).slice(0, mostPeople));
    });
  }

  async attachment(
    ticketId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadableStream<Uint8Array>>> {
    return await unlessCancelled(signal, () => {
      const local = this.#find(ticketId);
      if (!local.ok) return local;
      const bytes = this.#port.reader.localFile(ticketId, attachmentId);
      return bytes === undefined
        ? fail({ reason: 'not-found', message: 'There is no such attachment.' })
        : ok(new Blob([new Uint8Array(bytes)]).stream());
    });
  }

  get #me(): Person {
    return this.#port.settings().user;
  }

  #desk(ticket: Ticket | undefined): Desk {
    const settings = this.#port.settings();
    const { reader } = this.#port;
    return {
      vocabulary: localVocabulary(settings, reader.localTeams(), ticket),
      people: localPeople(settings, reader),
      ticket: (id) => {
        const found = this.#find(id);
        return found.ok ? found.value.ticket : undefined;
      },
    };
  }

  async #create(act: Act, step: Extract<Step, { type: 'create' }>): Promise<Result<Applied>> {
    const created = createTicket(step.ticket, this.#context.account.id, act, this.#desk(undefined));
    if (!created.ok) return created;
    const id = await this.#port.run('localCreate', { key: act.key, ...created.value });
    return id.ok ? ok({ ticketId: id.value }) : id;
  }

  /** Somebody else may write between our reading and our writing: then the step is done anew on what they left. */
  async #change(
    act: Act,
    ticketId: string,
    step: Exclude<Step, { type: 'create' }>,
    expected: string | undefined,
  ): Promise<Result<Applied>> {
    for (let attempt = 1; attempt <= mostAttempts; attempt++) {
      if (this.#port.reader.localApplied(act.key) !== undefined) return ok({ ticketId });
      const local = this.#find(ticketId);
      if (!local.ok) return local;
      const { revision } = local.value.ticket;
      if (expected !== undefined && expected !== revision) break;
      const change = applyStep(local.value, step, act, this.#desk(local.value.ticket));
      if (!change.ok) return change;
      const written = await this.#port.run('localApply', { key: act.key, revision, ...change.value });
      if (!written.ok) return written;
      if (written.value !== 'stale') return ok({ ticketId });
    }
    return fail({ reason: 'conflict', message: 'The ticket was changed at the same moment.' });
  }

  /** The ticket that goes on in the place of one that was merged. */
  #goesOn(ticketId: string): string {
    const found = this.#find(ticketId);
    const next = found.ok ? found.value.ticket.mergedInto?.id : undefined;
    return next === undefined ? ticketId : this.#goesOn(next);
  }

  /** What changed after a number, a page at a time, and the number of each page's last change. */
  async *#changes(
    after: number,
    settings: LocalDeskSettings,
    signal: AbortSignal,
  ): AsyncIterable<Result<{ tickets: LocalTicket[]; sequence: number }>> {
    for (let from = after; ;) {
      const { tickets, sequence } = this.#port.reader.localChanges(from, pageSize);
      const problem = this.#port.reader.problem();
      if (signal.aborted || problem !== undefined) {
        yield problem === undefined ? cancelled() : fail(problem);
        return;
      }
      const ours = tickets.filter((local) => this.#isOurs(local));
      yield ok({ tickets: ours.map((local) => shown(local, settings)), sequence });
      if (tickets.length < pageSize) return;
      from = sequence;
      await setImmediate();
    }
  }

  #find(ticketId: string): Result<LocalTicket> {
    const local = this.#port.reader.localTicket(ticketId);
    if (local !== undefined && this.#isOurs(local)) return ok(local);
    const problem = this.#port.reader.problem();
    return problem === undefined ? notFound(ticketId) : fail(problem);
  }

  #isOurs({ ticket }: LocalTicket): boolean {
    return ticket.accountId === this.#context.account.id;
  }
}

/** As it is for who works here now. */
function shown({ ticket, entries }: LocalTicket, { user, sla }: LocalDeskSettings): LocalTicket {
  const inOrder = entries.toSorted((a, b) => a.at - b.at);
  const clocks = localClocks({ ticket, entries: inOrder }, sla);
  return { ticket: { ...ticket, mine: ticket.assignee?.id === user.id, sla: clocks }, entries: inOrder };
}

/** The sequence to go on from; from the beginning when the settings are others now. */
function beginning(cursor: string | undefined, settings: string): Result<number> {
  if (cursor === undefined) return ok(0);
  const [, sequence, then] = /^(\d+)@([0-9a-f]+)$/.exec(cursor) ?? [];
  if (sequence === undefined) {
    return fail({
      reason: 'protocol',
      message: 'The local desk was asked to go on from where it never was.',
    });
  }
  return ok(then === settings ? Number(sequence) : 0);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

async function unlessCancelled<T>(
  signal: AbortSignal,
  action: () => Result<T> | Promise<Result<T>>,
): Promise<Result<T>> {
  return signal.aborted ? cancelled() : await action();
}

function onlyMine() {
  return fail({ reason: 'unsupported', message: 'All of the local desk is here already.' });
}

function notFound(ticketId: string) {
  return fail({ reason: 'not-found', message: `The local desk has no ticket "${ticketId}".` });
}
