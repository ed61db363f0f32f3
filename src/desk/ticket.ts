import type { SlaClock } from './sla.ts';

/** Milliseconds since 1970-01-01T00:00Z. Every time inside Deskside is one; zones exist only at the borders. */
export type Instant = number;

export const statusCategories = ['new', 'open', 'pending', 'resolved', 'closed'] as const;
export type StatusCategory = (typeof statusCategories)[number];

/** The backend's own label, and what it means to us. */
export interface Status {
  name: string;
  category: StatusCategory;
}

/** 1 is critical (P1), 4 is low (P4). */
export type PriorityRank = 1 | 2 | 3 | 4;

/** The backend's own label, and where it ranks. */
export interface Priority {
  name: string;
  rank: PriorityRank;
}

export interface Person {
  /** The backend's identifier, unique within the account. */
  id: string;
  name: string;
  email?: string;
}

export const ticketKinds = ['incident', 'request', 'problem', 'change', 'other'] as const;
export type TicketKind = (typeof ticketKinds)[number];

export const channels = ['phone', 'e-mail', 'chat', 'portal', 'walk-in', 'alert', 'other'] as const;
export type Channel = (typeof channels)[number];

export type Tier = 1 | 2 | 3;

/** A field that only this backend has. What may be put into it, if anything, is in a `FieldDefinition`. */
export interface CustomField {
  id: string;
  name: string;
  values: string[];
}

/** A `watcher` is a colleague, who hears of everything; a `copy` goes to somebody who reads what the requester reads. */
export const watcherRoles = ['watcher', 'copy'] as const;
export type WatcherRole = (typeof watcherRoles)[number];

/** Somebody who is kept informed of a ticket. */
export interface Watcher extends Person {
  role: WatcherRole;
}

/** What the other ticket is to this one. That it is a problem or a change is told by its own kind. */
export const relationKinds = ['parent', 'child', 'related'] as const;
export type RelationKind = (typeof relationKinds)[number];

/** A tie to another ticket of the same account. */
export interface Relation {
  kind: RelationKind;
  /** The other ticket. */
  ticketId: string;
  key: string;
}

/** Names one ticket of one account. `id` is the backend's, `key` (on Ticket) is what people write. */
export interface TicketRef {
  accountId: string;
  id: string;
}

export interface Ticket extends TicketRef {
  key: string;
  subject: string;
  requester?: Person;
  assignee?: Person;
  /** Queue or group, by the backend's label. */
  team?: string;
  status: Status;
  priority: Priority;
  kind: TicketKind;
  channel: Channel;
  tier?: Tier;
  tags: string[];
  assets: string[];
  customFields: CustomField[];
  /** Absent where the backend has none, or does not tell. */
  watchers?: Watcher[];
  relations?: Relation[];
  /** The ticket that goes on in its place. */
  mergedInto?: Pick<Ticket, 'id' | 'key'>;
  createdAt: Instant;
  updatedAt: Instant;
  firstRespondedAt?: Instant;
  resolvedAt?: Instant;
  closedAt?: Instant;
  reassignments: number;
  reopenings: number;
  /** Empty where neither the backend nor the user's policy gives a target. */
  sla: SlaClock[];
  /** Where the ticket can be seen in a browser. */
  url?: string;
  /** Opaque to all but its connector; changes whenever the ticket does. */
  revision: string;
  /** Does it belong to the signed-in person (assigned to them or to a group they work from)? */
  mine: boolean;
}

export function ticketRef(ticket: TicketRef): TicketRef {
  return { accountId: ticket.accountId, id: ticket.id };
}

export function sameTicket(a: TicketRef, b: TicketRef): boolean {
  return a.accountId === b.accountId && a.id === b.id;
}

/** Still somebody's work: neither resolved nor closed. */
export function isActive(ticket: Pick<Ticket, 'status'>): boolean {
  return ticket.status.category !== 'resolved' && ticket.status.category !== 'closed';
}
