import { fieldsBefore, type Step } from './operation.ts';
import { isActive, type Relation, type Ticket } from './ticket.ts';

/** By this tag a team finds its major incidents. */
export const majorIncidentTag = 'major-incident';

/** What the ticket that stands for all gets: a note that says so, and the tag where its account has tags. */
export function declareSteps(ticket: Ticket, body: string, canTag: boolean): Step[] {
  const note: Step = { type: 'post', kind: 'note', visibility: 'internal', body };
  if (!canTag || ticket.tags.includes(majorIncidentTag)) return [note];
  const fields = { tags: [...ticket.tags, majorIncidentTag] };
  return [note, { type: 'update', fields, before: fieldsBefore(ticket, fields) }];
}

/** What makes a ticket part of another: the tie, and then a note for whoever opens it. */
export function joinSteps(parent: Pick<Ticket, 'id' | 'key'>, body: string): Step[] {
  return [
    { type: 'relate', change: 'add', relation: { kind: 'parent', ticketId: parent.id, key: parent.key } },
    { type: 'post', kind: 'note', visibility: 'internal', body },
  ];
}

/** The tickets of an incident that an update goes to, and those that it can't or need not go to. */
export interface Parts {
  reached: Ticket[];
  /** Solved meanwhile. */
  solved: string[];
  /** By their keys: they are not on this computer. */
  unknown: string[];
}

/** What is part of a ticket, each once, as `find` knows it. */
export function partsOf(relations: readonly Relation[], find: (id: string) => Ticket | undefined): Parts {
  const parts: Parts = { reached: [], solved: [], unknown: [] };
  const children = relations.filter(({ kind }) => kind === 'child');
  for (const [ticketId, { key }] of new Map(children.map((one) => [one.ticketId, one]))) {
    const ticket = find(ticketId);
    if (!ticket) parts.unknown.push(key);
    else if (isActive(ticket)) parts.reached.push(ticket);
    else parts.solved.push(key);
  }
  return parts;
}
