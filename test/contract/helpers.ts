import { strict as assert } from 'node:assert';
import type { Backend, PullPage, Sending } from '../../src/backends/backend.ts';
import type { Entry } from '../../src/desk/entry.ts';
import type { DeskError, Result } from '../../src/desk/errors.ts';
import type { PostKind, Step, TicketFields } from '../../src/desk/operation.ts';
import type { Ticket } from '../../src/desk/ticket.ts';
import type { ResolutionLink } from '../../src/desk/links.ts';
import { mine, type Scope } from '../../src/desk/scope.ts';
import type { ContractSubject } from './subject.ts';

/** A signal that never fires. */
export const calm = new AbortController().signal;

export function value<T>(result: Result<T>): T {
  if (!result.ok) assert.fail(`${result.error.reason}: ${result.error.message}`);
  return result.value;
}

export function error<T>(result: Result<T>): DeskError {
  if (result.ok) assert.fail(`succeeded with ${JSON.stringify(result.value)}`);
  return result.error;
}

let sequence = 0;
/** Text that occurs nowhere else. */
export function unique(what: string): string {
  sequence += 1;
  return `${what} ${process.pid}-${Date.now().toString(36)}-${sequence}`;
}

export function key(): string {
  return crypto.randomUUID();
}

/** A step as the outbox hands it over. */
export function sending(ticketId: string | undefined, step: Step, more: Partial<Sending> = {}): Sending {
  return { key: key(), ticketId, step, sentAt: Date.now(), ...more };
}

export async function apply(backend: Backend, ticketId: string | undefined, step: Step): Promise<string> {
  return value(await backend.apply(sending(ticketId, step), calm)).ticketId;
}

export function post(
  kind: PostKind,
  visibility: 'public' | 'internal',
  body: string,
  more: { channel?: 'phone' | 'chat'; minutes?: number; link?: ResolutionLink } = {},
): Step {
  return { type: 'post', kind, visibility, body, ...more };
}

/** The two teams of a system that has some. */
export function teamsOf({ teams: [first, second] }: Pick<ContractSubject, 'teams'>): [string, string] {
  assert.ok(first !== undefined && second !== undefined, 'two teams');
  return [first, second];
}

/** What bob says where carol need not read it: a note, or a reply where there are no notes. */
export function remark(subject: Pick<ContractSubject, 'capabilities'>, body: string): Step {
  return subject.capabilities.internalNote ? post('note', 'internal', body) : post('reply', 'public', body);
}

export async function update(backend: Backend, ticketId: string, fields: TicketFields): Promise<void> {
  await apply(backend, ticketId, { type: 'update', fields, before: {} });
}

/** The answer to a step of alice's for which the capability is missing. */
export async function refused(
  { alice }: Pick<ContractSubject, 'alice'>,
  ticketId: string | undefined,
  step: Step,
): Promise<void> {
  const { reason } = error(await alice.apply(sending(ticketId, step), calm));
  assert.equal(reason, 'unsupported', step.type);
}

export async function ticketOf(backend: Backend, ticketId: string): Promise<Ticket> {
  return value(await backend.ticket(ticketId, calm));
}

export async function entriesOf(backend: Backend, ticketId: string): Promise<Entry[]> {
  return value(await backend.timeline(ticketId, calm)).entries;
}

/** The entry whose body contains `text`; there must be exactly one. */
export async function entryWith(backend: Backend, ticketId: string, text: string): Promise<Entry> {
  const found = (await entriesOf(backend, ticketId)).filter((entry) => entry.body?.text.includes(text));
  assert.equal(found.length, 1, `entries with "${text}"`);
  return found[0]!;
}

export interface Pulled {
  tickets: Map<string, Ticket>;
  pages: PullPage[];
  cursor: string | undefined;
}

/** Everything a pull gives, and where the next one begins. */
export async function pullAll(backend: Backend, cursor?: string, scope: Scope = mine): Promise<Pulled> {
  const tickets = new Map<string, Ticket>();
  const pages: PullPage[] = [];
  let last = cursor;
  for await (const result of backend.pull(scope, cursor, calm)) {
    const page = value(result);
    pages.push(page);
    last = page.cursor;
    for (const ticket of page.tickets) tickets.set(ticket.id, ticket);
  }
  return { tickets, pages, cursor: last };
}

/** The ids of all that is in a scope at present. */
export async function membersOf(backend: Backend, scope: Scope): Promise<Set<string>> {
  const ids = new Set<string>();
  for await (const page of backend.members(scope, calm)) for (const id of value(page)) ids.add(id);
  return ids;
}

const caughtUp = new WeakMap<Backend, string>();

/** What changed since the last call for this backend (all at first), and where the next pull begins. */
export async function catchUp(backend: Backend): Promise<Pulled> {
  const pulled = await pullAll(backend, caughtUp.get(backend));
  if (pulled.cursor !== undefined) caughtUp.set(backend, pulled.cursor);
  return pulled;
}
