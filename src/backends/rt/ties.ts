import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';
import type { Relation, RelationKind, Watcher, WatcherRole } from '../../desk/ticket.ts';
import type { TieStep } from '../content/unable.ts';
import type { RtClient } from './client.ts';
import type { People } from './people.ts';
import type { RtTicket } from './schema.ts';
import type { Found, Tickets } from './tickets.ts';

type Of<T extends TieStep['type']> = Extract<Step, { type: T }>;

/** Administrative copies go to who works on tickets, with internal comments; the other copies without. */
const roles: Record<WatcherRole, 'AdminCc' | 'Cc'> = { watcher: 'AdminCc', copy: 'Cc' };

/** RT's links, by how a ticket names them; the first of each kind is the one that we make. */
const links: readonly [ref: string, kind: RelationKind, name: string][] = [
  ['parent', 'parent', 'Parent'],
  ['child', 'child', 'Child'],
  ['refers-to', 'related', 'RefersTo'],
  ['referred-to-by', 'related', 'ReferredToBy'],
  ['depends-on', 'related', 'DependsOn'],
  ['depended-on-by', 'related', 'DependedOnBy'],
];

/** Ties a ticket to people and other tickets. RT says in words alone what it refused, so it is read again. */
export class Ties {
  readonly #client: RtClient;
  readonly #tickets: Tickets;

  constructor(client: RtClient, tickets: Tickets) {
    this.#client = client;
    this.#tickets = tickets;
  }

  async apply(ticketId: string, step: TieStep, signal: AbortSignal): Promise<Result<unknown>> {
    const found = await this.#tickets.get(ticketId, signal);
    if (!found.ok) return found;
    if (isTied(found.value, step)) return ok();
    const { raw, ticket } = found.value;
    if (ticket.mergedInto !== undefined) {
      return refused(`${ticket.key} was merged into ${ticket.mergedInto.key} already.`);
    }
    const body = bodyOf(raw, step);
    if (body === undefined) return ok();
    const headers = { 'if-match': `"${ticket.revision}"` };
    const put = await this.#client.send('PUT', `/ticket/${raw.id}`, body, signal, headers);
    if (!put.ok) {
      return put.error.reason === 'conflict'
        ? put
        : put.error.reason === 'not-found'
          ? refused('Request Tracker does not know the other ticket.')
          : put;
    }
    const after = await this.#tickets.get(ticketId, signal);
    if (!after.ok) return fail({ reason: 'unknown-outcome', message: after.error.message });
    return isTied(after.value, step)
      ? ok()
      : refused('Request Tracker did not do it; your rights may not allow it, or there is no such ticket.');
  }
}

/** Is it as the step wants it? Then it was done, or need not be. */
export function isTied({ raw, ticket }: Found, step: TieStep): boolean {
  switch (step.type) {
    case 'watch': {
      const { id, role } = step.watcher;
      const there = (ticket.watchers ?? []).some((one) => one.role === role && names(one, id));
      return there === (step.change === 'add');
    }
    case 'relate': {
      const { kind, ticketId } = step.relation;
      const there = relationsOf(raw).some((one) => one.kind === kind && one.ticketId === ticketId);
      return there === (step.change === 'add');
    }
    case 'merge':
      return raw.id === step.into.id;
  }
}

function names(watcher: Watcher, id: string): boolean {
  const wanted = id.toLowerCase();
  return watcher.id.toLowerCase() === wanted || watcher.email?.toLowerCase() === wanted;
}

/** What is to be put; nothing where there is nothing to take away. */
function bodyOf(raw: RtTicket, step: TieStep): object | undefined {
  switch (step.type) {
    case 'watch':
      return watchersAfter(raw, step);
    case 'relate':
      return relationAfter(raw, step);
    case 'merge':
      return { MergeInto: step.into.id };
  }
}

/** RT takes the list as a whole; groups stay in it by their numbers. */
function watchersAfter(raw: RtTicket, { change, watcher }: Of<'watch'>): object {
  const role = roles[watcher.role];
  const present = (raw[role] ?? []).map(({ id }) => id);
  const after = change === 'add' ? [...present, watcher.id] : present.filter((id) => id !== watcher.id);
  return { [role]: after };
}

function relationAfter(raw: RtTicket, { change, relation }: Of<'relate'>): object | undefined {
  const ways = links.filter(([, kind]) => kind === relation.kind);
  if (change === 'add') {
    const [way] = ways;
    return way && { [`Add${way[2]}`]: relation.ticketId };
  }
  const present = raw._hyperlinks.filter((link) => link.id === relation.ticketId);
  const gone = ways.filter(([ref]) => present.some((link) => link.ref === ref));
  if (gone.length === 0) return undefined;
  return Object.fromEntries(gone.map(([, , name]) => [`Delete${name}`, relation.ticketId]));
}

/** The tickets of this RT that a ticket is linked with. */
export function relationsOf(raw: RtTicket): Relation[] {
  const relations: Relation[] = [];
  for (const { ref, type, id } of raw._hyperlinks) {
    const kind = links.find(([one]) => one === ref)?.[1];
    if (kind === undefined || type !== 'ticket' || id === undefined) continue;
    if (relations.some((one) => one.kind === kind && one.ticketId === id)) continue;
    relations.push({ kind, ticketId: id, key: `RT-${id}` });
  }
  return relations.sort((a, b) => Number(a.ticketId) - Number(b.ticketId));
}

/** Who gets copies; nothing where RT was not asked, as in lists. Groups are not told. */
export async function watchersOf(
  raw: RtTicket,
  people: People,
  signal: AbortSignal,
): Promise<Result<Watcher[] | undefined>> {
  if (raw.AdminCc === undefined && raw.Cc === undefined) return ok(undefined);
  const watchers: Watcher[] = [];
  for (const role of ['watcher', 'copy'] as const) {
    for (const { id, type } of raw[roles[role]] ?? []) {
      if (type === 'group') continue;
      const person = await people.find(id, signal);
      if (!person.ok) return person;
      watchers.push({ ...person.value, role });
    }
  }
  return ok(watchers);
}

function refused(message: string) {
  return fail({ reason: 'rejected', message });
}
