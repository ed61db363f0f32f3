import type {
  Applied,
  Backend,
  PullPage,
  Sending,
  Session,
  Timeline,
  Vocabulary,
} from '../../../src/backends/backend.ts';
import type { Capabilities } from '../../../src/desk/capabilities.ts';
import type { Entry } from '../../../src/desk/entry.ts';
import { fail, ok, type DeskError, type Result } from '../../../src/desk/errors.ts';
import type { Step } from '../../../src/desk/operation.ts';
import { mine, type Scope } from '../../../src/desk/scope.ts';
import { isActive, type Instant, type Person, type Ticket } from '../../../src/desk/ticket.ts';

export type Method = 'signIn' | 'pull' | 'members' | 'ticket' | 'timeline' | 'apply' | 'landed';

/** What can go wrong with one request. */
export type Fault =
  | { type: 'error'; error: DeskError }
  /** The request never arrives, the sender can't know. */
  | { type: 'lost-before' }
  /** The server acts, its answer is lost. */
  | { type: 'lost-after' }
  /** The sender gives up; the server acts when `actLate` says so. */
  | { type: 'late' }
  /** The connector breaks off before it sends anything. */
  | { type: 'throws' }
  /** Nothing happens until `until` is resolved. */
  | { type: 'wait'; until: Promise<void> };

export interface Call {
  method: Method;
  user: string;
  ticketId?: string;
  step?: Step['type'];
}

export const statuses = { new: 'new', open: 'open', pending: 'open', solved: 'resolved' } as const;

export const everything: Capabilities = {
  createTicket: true,
  publicReply: true,
  internalNote: true,
  interactionLog: 'note',
  setSubject: true,
  setStatus: true,
  assign: true,
  setTeam: true,
  setPriority: true,
  setTier: 'native',
  setTags: true,
  logTime: true,
  attach: true,
  sla: false,
  optimisticConcurrency: true,
  serverSearch: false,
  scopes: ['mine', 'team', 'query'],
};

interface Held {
  ticket: Ticket;
  entries: Entry[];
  /** Who may not see it. */
  hiddenFrom: Set<string>;
  /** When it last changed, in the order of all changes. */
  sequence: number;
}

const unknownOutcome: DeskError = { reason: 'unknown-outcome', message: 'The answer was lost.' };
const cancelled: DeskError = { reason: 'cancelled', message: 'Cancelled.' };
const notFound: DeskError = { reason: 'not-found', message: 'No such ticket.' };

/**
 * A small ticketing system in memory, without idempotency keys: what arrives twice is done twice. Its clock has a
 * resolution of one second and is not ours; answering a customer opens a new ticket; who is no longer assigned does not
 * find a ticket in the query for theirs.
 */
export class FakeDesk {
  readonly calls: Call[] = [];
  readonly capabilities: Capabilities = { ...everything };
  /** Rows a page of a pull. */
  pageSize = 2;
  /** The server always sends this page again. */
  stuck = false;
  time: Instant;
  readonly #tickets = new Map<string, Held>();
  readonly #merged = new Map<string, string>();
  readonly #faults: { method: Method; ticketId?: string; fault: Fault }[] = [];
  readonly #late: (() => void)[] = [];
  #sequence = 0;
  #revision = 0;
  #lastTicket = 0;
  #lastEntry = 0;
  inFlight = 0;
  mostInFlight = 0;

  constructor(time: Instant) {
    this.time = time;
  }

  as(user: string, accountId: string): Backend {
    return new FakeBackend(this, user, accountId);
  }

  /** The next request of this kind (to this ticket) meets `fault`. */
  next(method: Method, fault: Fault, ticketId?: string): void {
    this.#faults.push({ method, fault, ...(ticketId !== undefined && { ticketId }) });
  }

  actLate(): void {
    for (const act of this.#late.splice(0)) act();
  }

  /** A ticket the requester carol opens. */
  open(more: Partial<Ticket> = {}): string {
    this.#lastTicket += 1;
    const id = String(this.#lastTicket);
    const at = this.now();
    const ticket: Ticket = {
      accountId: '',
      id,
      key: `T-${id}`,
      subject: `Ticket ${id}`,
      requester: person('carol'),
      assignee: person('alice'),
      team: 'helpdesk',
      status: { name: 'open', category: 'open' },
      priority: { name: 'normal', rank: 3 },
      kind: 'incident',
      channel: 'portal',
      tags: [],
      assets: [],
      customFields: [],
      createdAt: at,
      updatedAt: at,
      reassignments: 0,
      reopenings: 0,
      sla: [],
      revision: '',
      mine: false,
      ...more,
    };
    this.#tickets.set(id, { ticket, entries: [], hiddenFrom: new Set(), sequence: 0 });
    this.write(id, 'carol', 'public', `It does not work (${id}).`);
    return id;
  }

  /** Somebody writes through another client. */
  write(id: string, user: string, visibility: 'public' | 'internal', body: string): string {
    const held = this.held(id);
    const entry = this.#entry(user, visibility === 'public' ? 'reply' : 'note', visibility);
    held.entries.push({ ...entry, body: { text: body, format: 'markdown' } });
    const opens = visibility === 'public' && user !== 'carol' && held.ticket.status.name === 'new';
    this.#touch(held);
    if (opens) this.set(id, 'system', { status: 'open' });
    return entry.id;
  }

  /** Somebody sets a field through another client. */
  set(id: string, user: string, fields: Extract<Step, { type: 'update' }>['fields']): void {
    const held = this.held(id);
    const { ticket } = held;
    const change = (field: string, from: string | undefined, to: string | undefined): void => {
      const entry = this.#entry(user, field === 'status' ? 'status' : 'field', 'system');
      held.entries.push({ ...entry, changes: [{ field, from, to }] });
    };
    if (fields.status !== undefined) {
      change('status', ticket.status.name, fields.status);
      ticket.status = statusOf(fields.status);
    }
    if (fields.assignee !== undefined) {
      change('assignee', ticket.assignee?.id, fields.assignee ?? undefined);
      ticket.assignee = fields.assignee === null ? undefined : person(fields.assignee);
    }
    if (fields.priority !== undefined) {
      change('priority', ticket.priority.name, fields.priority);
      ticket.priority = { name: fields.priority, rank: fields.priority === 'high' ? 1 : 3 };
    }
    if (fields.subject !== undefined) {
      change('subject', ticket.subject, fields.subject);
      ticket.subject = fields.subject;
    }
    if (fields.tags !== undefined) {
      change('tags', ticket.tags.join(' '), fields.tags.join(' '));
      ticket.tags = [...fields.tags];
    }
    if (fields.team !== undefined) {
      change('team', ticket.team, fields.team);
      ticket.team = fields.team;
    }
    this.#touch(held);
  }

  delete(id: string): void {
    this.#tickets.delete(id);
  }

  hide(id: string, user: string): void {
    this.held(id).hiddenFrom.add(user);
  }

  merge(id: string, into: string): void {
    this.#tickets.delete(id);
    this.#merged.set(id, into);
    this.#touch(this.held(into));
  }

  /** What the system holds, for assertions. */
  held(id: string): Held {
    const held = this.#tickets.get(this.#merged.get(id) ?? id);
    if (!held) throw new Error(`no ticket ${id}`);
    return held;
  }

  ids(): string[] {
    return [...this.#tickets.keys()];
  }

  /** Texts written to a ticket by `user`, oldest first. */
  texts(id: string, user = 'alice'): string[] {
    const entries = this.held(id).entries.filter(({ author }) => author.id === user);
    return entries.flatMap(({ body }) => body?.text ?? []);
  }

  callsOf(method: Method): Call[] {
    return this.calls.filter((call) => call.method === method);
  }

  /** Runs one request as `method` of `user`, with the fault that waits for it. */
  async serve<T>(call: Call, signal: AbortSignal, act: () => Result<T>): Promise<Result<T>> {
    const isCancelled = () => signal.aborted;
    if (isCancelled()) return fail(cancelled);
    this.calls.push(call);
    const index = this.#faults.findIndex(
      ({ method, ticketId }) =>
        method === call.method && (ticketId === undefined || ticketId === call.ticketId),
    );
    const fault = index === -1 ? undefined : this.#faults.splice(index, 1)[0]?.fault;
    this.inFlight += 1;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      if (fault?.type === 'wait') {
        await Promise.race([
          fault.until,
          new Promise((resolve) => signal.addEventListener('abort', resolve)),
        ]);
      } else {
        await new Promise((resolve) => setImmediate(resolve));
      }
    } finally {
      this.inFlight -= 1;
    }
    if (isCancelled()) return fail(cancelled);
    switch (fault?.type) {
      case 'error':
        return fail(fault.error);
      case 'lost-before':
        return fail(unknownOutcome);
      case 'lost-after':
        act();
        return fail(unknownOutcome);
      case 'late':
        this.#late.push(() => void act());
        return fail(unknownOutcome);
      case 'throws':
        throw new Error('Broken.');
      case 'wait':
      case undefined:
        return act();
    }
  }

  read(user: string, accountId: string, id: string): Result<Timeline> {
    const held = this.#tickets.get(this.#merged.get(id) ?? id);
    if (!held || held.hiddenFrom.has(user)) return fail(notFound);
    const ticket = { ...held.ticket, accountId, mine: held.ticket.assignee?.id === user };
    return ok(structuredClone({ ticket, entries: held.entries }));
  }

  /** A query finds what has its words in the subject. */
  #isIn(scope: Scope, user: string, { ticket, hiddenFrom }: Held): boolean {
    if (hiddenFrom.has(user)) return false;
    if (scope.kind === 'mine') return ticket.assignee?.id === user;
    return scope.kind === 'team' ? ticket.team === scope.team : ticket.subject.includes(scope.query);
  }

  members(user: string, scope: Scope): string[] {
    return [...this.#tickets.values()]
      .filter((held) => this.#isIn(scope, user, held) && (scope.kind === 'query' || isActive(held.ticket)))
      .map(({ ticket }) => ticket.id);
  }

  page(
    user: string,
    accountId: string,
    cursor: string | undefined,
    scope: Scope = mine,
  ): Result<PullPage & { last: boolean }> {
    const after = cursor === undefined ? 0 : Number(cursor);
    if (!Number.isInteger(after)) return fail({ reason: 'protocol', message: 'What cursor is this?' });
    const inScope = [...this.#tickets.values()]
      .filter((held) => this.#isIn(scope, user, held))
      .filter(({ sequence }) => sequence > after)
      .sort((a, b) => a.sequence - b.sequence);
    const rows = inScope.slice(0, this.pageSize);
    const tickets = rows.map(({ ticket }) =>
      structuredClone({ ...ticket, accountId, mine: ticket.assignee?.id === user }),
    );
    const last = this.stuck ? after : (rows.at(-1)?.sequence ?? after);
    return ok({
      tickets,
      cursor: String(last),
      problems: [],
      last: !this.stuck && inScope.length <= this.pageSize,
    });
  }

  apply(user: string, id: string | undefined, step: Step, revision: string | undefined): Result<Applied> {
    if (step.type === 'create') {
      const created = this.open({
        subject: step.ticket.subject,
        requester: person(user),
        assignee: person(user),
      });
      const first = this.held(created).entries[0];
      if (first) {
        first.author = person(user);
        first.body = { text: step.ticket.description, format: 'markdown' };
      }
      return ok({ ticketId: created });
    }
    const target = id === undefined ? undefined : (this.#merged.get(id) ?? id);
    const held = target === undefined ? undefined : this.#tickets.get(target);
    if (target === undefined || !held || held.hiddenFrom.has(user)) return fail(notFound);
    if (step.type === 'post') {
      if (step.visibility === 'internal' && !this.capabilities.internalNote) {
        this.write(target, user, 'public', step.body);
      } else this.write(target, user, step.visibility, step.body);
    } else if (step.type === 'update') {
      if (revision !== undefined && revision !== held.ticket.revision) {
        return fail({ reason: 'conflict', message: 'The ticket moved.' });
      }
      const { status } = step.fields;
      if (status !== undefined && !(status in statuses)) {
        return fail({ reason: 'rejected', message: `"${status}" is no status.`, field: 'status' });
      }
      this.set(target, user, step.fields);
    } else if (step.type === 'watch') {
      const others = (held.ticket.watchers ?? []).filter(({ id: one }) => one !== step.watcher.id);
      held.ticket.watchers = step.change === 'add' ? [...others, step.watcher] : others;
      this.#touch(held);
    } else {
      return fail({ reason: 'unsupported', message: 'Not here.' });
    }
    return ok({ ticketId: target });
  }

  landed(
    user: string,
    id: string | undefined,
    step: Step,
    watermark: string | undefined,
  ): Applied | undefined {
    if (step.type === 'create') {
      const found = [...this.#tickets.values()].find(
        ({ ticket }) => ticket.subject === step.ticket.subject && ticket.requester?.id === user,
      );
      return found && { ticketId: found.ticket.id };
    }
    const held = this.held(id ?? '');
    const applied = { ticketId: held.ticket.id };
    const since = held.entries.filter((entry) => Number(entry.id) > Number(watermark ?? 0));
    if (step.type === 'post') {
      const same = since.some(({ author, body }) => author.id === user && body?.text === step.body);
      return same ? applied : undefined;
    }
    if (step.type === 'watch') {
      const watches = held.ticket.watchers?.some(({ id: one }) => one === step.watcher.id) ?? false;
      return watches === (step.change === 'add') ? applied : undefined;
    }
    if (step.type === 'update') {
      const { status, priority } = step.fields;
      const is = (status ?? held.ticket.status.name) === held.ticket.status.name;
      return is && (priority ?? held.ticket.priority.name) === held.ticket.priority.name
        ? applied
        : undefined;
    }
    return undefined;
  }

  now(): Instant {
    return Math.floor(this.time / 1000) * 1000;
  }

  #entry(user: string, kind: Entry['kind'], visibility: Entry['visibility']): Entry {
    this.#lastEntry += 1;
    return {
      id: String(this.#lastEntry),
      at: this.now(),
      author: person(user),
      kind,
      visibility,
      changes: [],
      attachments: [],
      fromRequester: user === 'carol',
    };
  }

  /** The revision is the last entry, as in Request Tracker; a merge counts as one. */
  #touch(held: Held): void {
    this.#sequence += 1;
    this.#revision = Math.max(this.#revision + 1, this.#lastEntry);
    this.#lastEntry = this.#revision;
    held.sequence = this.#sequence;
    held.ticket.updatedAt = this.now();
    held.ticket.revision = String(this.#revision);
  }
}

class FakeBackend implements Backend {
  readonly #desk: FakeDesk;
  readonly #user: string;
  readonly #accountId: string;

  constructor(desk: FakeDesk, user: string, accountId: string) {
    this.#desk = desk;
    this.#user = user;
    this.#accountId = accountId;
  }

  signIn(signal: AbortSignal): Promise<Result<Session>> {
    return this.#serve('signIn', signal, () =>
      ok({ me: person(this.#user), capabilities: { ...this.#desk.capabilities } }),
    );
  }

  async *members(scope: Scope, signal: AbortSignal): AsyncGenerator<Result<string[]>> {
    yield await this.#serve('members', signal, () => ok(this.#desk.members(this.#user, scope)));
  }

  async *pull(
    scope: Scope,
    cursor: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PullPage>> {
    for (let at = cursor; ;) {
      const next = () => this.#desk.page(this.#user, this.#accountId, at, scope);
      const page = await this.#serve('pull', signal, next);
      if (!page.ok) {
        yield page;
        return;
      }
      const { last, ...rest } = page.value;
      yield ok(rest);
      if (last) return;
      at = rest.cursor;
    }
  }

  timeline(ticketId: string, signal: AbortSignal): Promise<Result<Timeline>> {
    return this.#serve('timeline', signal, () => this.#desk.read(this.#user, this.#accountId, ticketId), {
      ticketId,
    });
  }

  ticket(ticketId: string, signal: AbortSignal): Promise<Result<Ticket>> {
    const read = (): Result<Ticket> => {
      const found = this.#desk.read(this.#user, this.#accountId, ticketId);
      return found.ok ? ok(found.value.ticket) : found;
    };
    return this.#serve('ticket', signal, read, { ticketId });
  }

  apply({ ticketId, step, revision }: Sending, signal: AbortSignal): Promise<Result<Applied>> {
    const act = () => this.#desk.apply(this.#user, ticketId, step, revision);
    return this.#serve('apply', signal, act, { ticketId, step: step.type });
  }

  landed({ ticketId, step, revision }: Sending, signal: AbortSignal): Promise<Result<Applied | undefined>> {
    const act = () => ok(this.#desk.landed(this.#user, ticketId, step, revision));
    return this.#serve('landed', signal, act, { ticketId, step: step.type });
  }

  vocabulary(): Promise<Result<Vocabulary>> {
    return Promise.resolve(ok({ statuses: Object.keys(statuses).map(statusOf), priorities: [], teams: [] }));
  }

  people(): Promise<Result<Person[]>> {
    return Promise.resolve(ok(['alice', 'bob'].map(person)));
  }

  attachment(): Promise<Result<ReadableStream<Uint8Array>>> {
    return Promise.resolve(fail(notFound));
  }

  #serve<T>(
    method: Method,
    signal: AbortSignal,
    act: () => Result<T>,
    more: Partial<Call> = {},
  ): Promise<Result<T>> {
    return this.#desk.serve({ method, user: this.#user, ...more }, signal, act);
  }
}

export function person(id: string): Person {
  return { id, name: id };
}

function statusOf(name: string) {
  return { name, category: name in statuses ? statuses[name as keyof typeof statuses] : 'open' } as const;
}
