import type { DeskError } from './errors.ts';
import type { ResolutionLink } from './links.ts';
import type { Entry } from './entry.ts';
import type {
  Channel,
  Instant,
  PriorityRank,
  Relation,
  Ticket,
  TicketKind,
  Tier,
  Watcher,
} from './ticket.ts';

/** The fields an operation may set. Absent means untouched. */
export interface TicketFields {
  subject?: string;
  /** The backend's own label. */
  status?: string;
  /** A person's id; `null` takes the assignee away. */
  assignee?: string | null;
  team?: string;
  /** The backend's own label. */
  priority?: string;
  tier?: Tier;
  tags?: string[];
  /** New values of custom fields, by the field's id; an empty list takes them away. */
  custom?: Record<string, string[]>;
}

export interface NewTicket {
  subject: string;
  description: string;
  requester?: string;
  team?: string;
  priority?: string;
  kind: TicketKind;
  channel: Channel;
  tags: string[];
}

/** A file on its way to a backend. */
export interface SentFile {
  name: string;
  mediaType: string;
  /** The bytes; empty as long as they lie in the store. */
  base64: string;
  /** Where they lie in the store, until the step is sent. */
  stored?: string;
}

/** What a posted entry is, when the desk writes it. */
export type PostKind = 'reply' | 'note' | 'log' | 'resolution' | 'hand-off' | 'run';

/**
 * The smallest thing a backend is asked to do: it happens whole or not at all. Composite acts (escalate, resolve)
 * are operations of several steps, so that what is left over after a failure can be seen and resumed.
 */
export type Step =
  | { type: 'create'; ticket: NewTicket }
  | {
      type: 'post';
      kind: PostKind;
      visibility: 'public' | 'internal';
      /** Markdown. */
      body: string;
      channel?: Channel;
      minutes?: number;
      link?: ResolutionLink;
      /** Files that belong to it, as visible as it is. */
      files?: SentFile[];
    }
  | { type: 'update'; fields: TicketFields; before: TicketFields }
  | { type: 'time'; minutes: number; note?: string }
  | ({ type: 'attach'; visibility: 'public' | 'internal' } & SentFile)
  /** Both of these may be done again without harm. */
  | { type: 'watch'; change: 'add' | 'remove'; watcher: Watcher }
  | { type: 'relate'; change: 'add' | 'remove'; relation: Relation }
  /** All of this ticket goes on in the other one. Nothing can undo it. */
  | { type: 'merge'; into: Pick<Ticket, 'id' | 'key'> };

/** What the user did, in the user's terms. */
export const intents = [
  'create',
  'reply',
  'note',
  'log',
  'status',
  'assign',
  'priority',
  'team',
  'tags',
  'time',
  'attach',
  'resolve',
  'escalate',
  'link',
  'fields',
  'watch',
  'relate',
  'merge',
  'run',
] as const;
export type Intent = (typeof intents)[number];

/**
 * `unknown`: sent, but nobody knows whether it arrived; settled by reading the backend, never by sending again blindly.
 */
export const operationStates = ['queued', 'sending', 'confirmed', 'conflict', 'failed', 'unknown'] as const;
export type OperationState = (typeof operationStates)[number];

/** Both sides of what stopped an operation. */
export type Conflict =
  { type: 'fields'; fields: FieldConflict[] } | { type: 'unseen-entries'; entries: Entry[] };

export interface FieldConflict {
  field: keyof TicketFields;
  /** Which of the custom fields. */
  name?: string;
  base?: string;
  mine?: string;
  theirs?: string;
}

/** How far a timeline was seen: up to an instant, and which entries of just that instant (where that is known). */
export interface Seen {
  until: Instant;
  ids?: string[];
}

/** A change made here that the backend has not confirmed yet: one row of the outbox. */
export interface Operation {
  /** Made here (UUIDv7, so ids sort by time). The key to "post nothing twice". */
  id: string;
  accountId: string;
  /** Absent for `create` until the backend has named the ticket. */
  ticketId?: string;
  /** When that ticket was created: one that was created at another time is not it, though another server gave it its id. */
  ticketCreatedAt?: Instant;
  /** For people: `RT-12`, or the subject of a ticket that does not exist yet. */
  label: string;
  intent: Intent;
  steps: Step[];
  /** Steps `0 … done-1` are confirmed. */
  done: number;
  state: OperationState;
  /** The ticket's revision the user was looking at. */
  baseRevision?: string;
  /** What the user had seen of the timeline. Absent for a ticket that does not exist yet. */
  seen?: Seen;
  /** The ticket's revision read just before the current step was sent: "since when" for settling. */
  watermark?: string;
  /** When the current step was last sent; until it is known not to have landed, it is not sent again. */
  sentAt?: Instant;
  createdAt: Instant;
  /** Sent at the earliest then (back-off, rate limit). */
  notBefore?: Instant;
  attempts: number;
  error?: DeskError;
  conflict?: Conflict;
  /** The user saw the conflict and wants it sent all the same. */
  forced: boolean;
  /** Waits until this operation is confirmed: it makes the ticket that this one names (see `released`). */
  after?: string;
}

/** What a step of an operation changes for the customer to see. */
export function isPublic(operation: Pick<Operation, 'steps'>): boolean {
  return operation.steps.some((step) => 'visibility' in step && step.visibility === 'public');
}

/** The files that a step sends. */
export function filesOf(step: Step): readonly SentFile[] {
  return step.type === 'attach' ? [step] : step.type === 'post' ? (step.files ?? []) : [];
}

/** The same step with each of its files replaced. */
export function withFiles(step: Step, change: (file: SentFile) => SentFile): Step {
  if (step.type === 'attach') return { ...step, ...change(step) };
  return step.type === 'post' && step.files ? { ...step, files: step.files.map(change) } : step;
}

/**
 * May it be sent again once it was looked for in vain? What a customer would get twice may not: a slow backend can act
 * after we looked, and only the user can judge that.
 */
export function maySendAgainAlone(step: Step): boolean {
  return step.type === 'create' ? false : !('visibility' in step && step.visibility === 'public');
}

/** Does it go no further before its user decides? */
export function needsUser({ state, steps, done, notBefore, error }: Operation): boolean {
  if (state === 'failed' || state === 'conflict') return true;
  const step = steps[done];
  const lookedInVain = state === 'unknown' && notBefore !== undefined && error?.reason === 'unknown-outcome';
  return lookedInVain && step !== undefined && !maySendAgainAlone(step);
}

/** Done with: nothing is left for the outbox to do or show. */
export function isSettled(operation: Pick<Operation, 'state'>): boolean {
  return operation.state === 'confirmed';
}

/** The values `fields` would overwrite, so that a conflict can be told from a mere change elsewhere. */
export function fieldsBefore(ticket: Ticket, fields: TicketFields): TicketFields {
  const before: TicketFields = {};
  if (fields.subject !== undefined) before.subject = ticket.subject;
  if (fields.status !== undefined) before.status = ticket.status.name;
  if (fields.assignee !== undefined) before.assignee = ticket.assignee?.id ?? null;
  if (fields.team !== undefined && ticket.team !== undefined) before.team = ticket.team;
  if (fields.priority !== undefined) before.priority = ticket.priority.name;
  if (fields.tier !== undefined && ticket.tier !== undefined) before.tier = ticket.tier;
  if (fields.tags !== undefined) before.tags = [...ticket.tags];
  if (fields.custom !== undefined) {
    before.custom = Object.fromEntries(
      Object.keys(fields.custom).map((id) => [id, customValues(ticket, id)] as const),
    );
  }
  return before;
}

/** What a ticket has in one of its custom fields. */
function customValues(ticket: Pick<Ticket, 'customFields'>, id: string): string[] {
  return [...(ticket.customFields.find((field) => field.id === id)?.values ?? [])];
}

/** Other tickets that a step changes as well. */
export function alsoChanged(step: Step): string[] {
  if (step.type === 'merge') return [step.into.id];
  return step.type === 'relate' ? [step.relation.ticketId] : [];
}

export function rankName(rank: PriorityRank): string {
  return `P${rank}`;
}
