import type { Channel, Instant, Person } from './ticket.ts';
import type { ResolutionLink } from './links.ts';

/** `public` is what the customer can read; `internal` is for colleagues; `system` is what the backend recorded itself. */
export type Visibility = 'public' | 'internal' | 'system';

export const entryKinds = [
  'reply',
  'note',
  'log',
  'status',
  'field',
  'time',
  'attachment',
  'run',
  'resolution',
  'hand-off',
] as const;
export type EntryKind = (typeof entryKinds)[number];

export interface Body {
  text: string;
  format: 'text' | 'markdown' | 'html';
}

export interface FieldChange {
  field: string;
  from?: string;
  to?: string;
}

export interface Attachment {
  id: string;
  /** As the backend gave it: never to be used as a path. See `safeFileName`. */
  name: string;
  mediaType: string;
  /** Bytes, where the backend says. */
  size?: number;
}

/** One item of a ticket's timeline. */
export interface Entry {
  id: string;
  at: Instant;
  author: Person;
  kind: EntryKind;
  visibility: Visibility;
  body?: Body;
  changes: FieldChange[];
  attachments: Attachment[];
  /** Work logged with this entry. */
  minutes?: number;
  /** How the interaction took place, for `log`. */
  channel?: Channel;
  /** Written by the requester rather than by the desk. */
  fromRequester: boolean;
  /** What solved the ticket, for `resolution`. */
  link?: ResolutionLink;
}
