import type { Entry } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';
import type { Relation, RelationKind, Ticket, Watcher } from '../../desk/ticket.ts';
import type { Status } from '../../desk/ticket.ts';
import { refuse, type Desk } from './changes.ts';
import { personFrom } from './people.ts';
import type { LocalChange, LocalOther } from './port.ts';
import { entry, touched, type Act, type StepOf } from './step.ts';

type TieStep = Extract<Step, { type: 'watch' | 'relate' | 'merge' }>;

/** What ties a ticket to people and to other tickets. */
export function tie(ticket: Ticket, step: TieStep, act: Act, desk: Desk): Result<LocalChange> {
  switch (step.type) {
    case 'watch':
      return watch(ticket, step, act, desk);
    case 'relate':
      return relate(ticket, step, act, desk);
    case 'merge':
      return merge(ticket, step, act, desk);
  }
}

function watch(ticket: Ticket, step: StepOf<'watch'>, act: Act, desk: Desk): Result<LocalChange> {
  const { id, role } = step.watcher;
  const watchers = ticket.watchers ?? [];
  const is = watchers.find((one) => one.id === id && one.role === role);
  if (step.change === 'remove') {
    if (is === undefined) return nothing(ticket);
    const left = watchers.filter((one) => one !== is);
    return changed({ ...ticket, watchers: left }, act, 'watchers', { from: is.name });
  }
  if (is !== undefined) return nothing(ticket);
  const known = desk.people.get(id);
  if (known === undefined && role === 'watcher') {
    return refuse('watchers', `Nobody is known as "${id}".`);
  }
  const watcher: Watcher = { ...(known ?? personFrom(id)), role };
  return changed({ ...ticket, watchers: [...watchers, watcher] }, act, 'watchers', { to: watcher.name });
}

const inverse: Record<RelationKind, RelationKind> = { parent: 'child', child: 'parent', related: 'related' };

function relate(ticket: Ticket, step: StepOf<'relate'>, act: Act, desk: Desk): Result<LocalChange> {
  const { kind, ticketId } = step.relation;
  const other = desk.ticket(ticketId);
  const there = relationsOf(ticket).some((one) => one.kind === kind && one.ticketId === ticketId);
  if (there === (step.change === 'add')) return nothing(ticket);
  if (step.change === 'remove') {
    const after = without(ticket, kind, ticketId);
    return both(after, other && without(other, inverse[kind], ticket.id), act, kind, { from: true });
  }
  if (other === undefined) return refuse('relations', `The local desk has no ticket "${ticketId}".`);
  const refusal = impossible(ticket, other, kind, desk);
  if (refusal !== undefined) return refuse('relations', refusal);
  return both(tied(ticket, kind, other), tied(other, inverse[kind], ticket), act, kind, { from: false });
}

/** Nothing is its own parent, nobody has two. */
function impossible(ticket: Ticket, other: Ticket, kind: RelationKind, desk: Desk): string | undefined {
  if (ticket.id === other.id) return "A ticket can't be tied to itself.";
  if (kind === 'related') return undefined;
  const [above, below] = kind === 'parent' ? [other, ticket] : [ticket, other];
  const parent = parentOf(below);
  if (parent !== undefined) return `${below.key} belongs to ${parent.key} already. Take that away first.`;
  for (let up: Ticket | undefined = above; up !== undefined;) {
    if (up.id === below.id) return `${below.key} is above ${above.key}.`;
    const next = parentOf(up);
    up = next && desk.ticket(next.ticketId);
  }
  return undefined;
}

function parentOf(ticket: Ticket): Relation | undefined {
  return relationsOf(ticket).find(({ kind }) => kind === 'parent');
}

/** All that was said goes over, with the ties; who heard of this ticket hears of the other one. Its own history stays. */
function merge(ticket: Ticket, step: StepOf<'merge'>, act: Act, desk: Desk): Result<LocalChange> {
  const into = desk.ticket(step.into.id);
  if (into === undefined) return refuse('merge', `The local desk has no ticket "${step.into.key}".`);
  if (into.id === ticket.id) return refuse('merge', "A ticket can't be merged into itself.");
  if (into.mergedInto !== undefined) {
    return refuse('merge', `${into.key} was itself merged into ${into.mergedInto.key}.`);
  }
  const target = { id: into.id, key: into.key };
  const closed: Ticket = {
    ...ticket,
    status: closedStatus,
    resolvedAt: ticket.resolvedAt ?? act.now,
    closedAt: ticket.closedAt ?? act.now,
    sla: [],
    watchers: [],
    relations: [],
    mergedInto: target,
  };
  const firstRespondedAt = into.firstRespondedAt ?? ticket.firstRespondedAt;
  const grown: Ticket = {
    ...into,
    ...(firstRespondedAt !== undefined && { firstRespondedAt }),
    watchers: heirs(ticket, into),
    relations: relationsOf(into).filter(({ ticketId }) => ticketId !== ticket.id),
  };
  const handed = handOver(ticket, grown, desk);
  const told = (partner: Ticket, kind: RelationKind) => {
    const goesOn = relationsOf(partner).some((one) => one.kind === kind && one.ticketId === into.id);
    return history(act, kind, { from: ticket.key, ...(goesOn && { to: into.key }) }, 'other');
  };
  return ok({
    ticket: touched(closed, act),
    entries: [history(act, 'merged', { to: into.key })],
    files: [],
    others: [
      other(handed.into, act, [history(act, 'merged', { from: ticket.key }, 'merged')]),
      ...handed.partners.map(([partner, kind]) => other(partner, act, [told(partner, kind)])),
    ],
    movesTo: into.id,
  });
}

/** The ties of a ticket at the one that takes its place, as far as that can have them, and at their other ends. */
function handOver(
  ticket: Ticket,
  target: Ticket,
  desk: Desk,
): { into: Ticket; partners: [Ticket, RelationKind][] } {
  let into = target;
  const partners = new Map<string, [Ticket, RelationKind]>();
  for (const { kind, ticketId } of relationsOf(ticket)) {
    const known = ticketId === into.id ? undefined : (partners.get(ticketId)?.[0] ?? desk.ticket(ticketId));
    if (known === undefined) continue;
    let partner = without(known, inverse[kind], ticket.id);
    const there = relationsOf(into).some((one) => one.kind === kind && one.ticketId === ticketId);
    if (!there && impossible(into, partner, kind, desk) === undefined) {
      into = tied(into, kind, partner);
      partner = tied(partner, inverse[kind], into);
    }
    partners.set(ticketId, [partner, inverse[kind]]);
  }
  return { into, partners: [...partners.values()] };
}

const closedStatus: Status = { name: 'Closed', category: 'closed' };

function heirs(ticket: Ticket, into: Ticket): Watcher[] {
  const watchers = [...(into.watchers ?? [])];
  const more: Watcher[] = [
    ...(ticket.watchers ?? []),
    ...(ticket.requester === undefined ? [] : [{ ...ticket.requester, role: 'copy' as const }]),
  ];
  for (const one of more) {
    const hears = one.id === into.requester?.id || watchers.some(({ id }) => id === one.id);
    if (!hears) watchers.push(one);
  }
  return watchers;
}

function relationsOf(ticket: Ticket): Relation[] {
  return ticket.relations ?? [];
}

function tied(ticket: Ticket, kind: RelationKind, to: Ticket): Ticket {
  return { ...ticket, relations: [...relationsOf(ticket), { kind, ticketId: to.id, key: to.key }] };
}

function without(ticket: Ticket, kind: RelationKind, ticketId: string): Ticket {
  const left = relationsOf(ticket).filter((one) => one.kind !== kind || one.ticketId !== ticketId);
  return { ...ticket, relations: left };
}

function both(
  ticket: Ticket,
  partner: Ticket | undefined,
  act: Act,
  kind: RelationKind,
  { from }: { from: boolean },
): Result<LocalChange> {
  const said = (key: string) => (from ? { from: key } : { to: key });
  const done = changed(ticket, act, kind, said(partner?.key ?? ''));
  if (!done.ok || partner === undefined) return done;
  const entries = [history(act, inverse[kind], said(ticket.key), 'other')];
  return ok({ ...done.value, others: [other(partner, act, entries)] });
}

function other(ticket: Ticket, act: Act, entries: Entry[]): LocalOther {
  return { ticket: touched(ticket, act), entries, revision: ticket.revision };
}

function changed(
  ticket: Ticket,
  act: Act,
  field: string,
  change: { from?: string; to?: string },
): Result<LocalChange> {
  return ok({ ticket: touched(ticket, act), entries: [history(act, field, change)], files: [] });
}

function nothing(ticket: Ticket): Result<LocalChange> {
  return ok({ ticket, entries: [], files: [] });
}

function history(act: Act, field: string, change: { from?: string; to?: string }, part?: string): Entry {
  return entry(act, { kind: 'field', visibility: 'system', changes: [{ field, ...change }] }, part);
}
