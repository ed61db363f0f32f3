import type { Instant } from './ticket.ts';

export const draftKinds = ['reply', 'note', 'resolution', 'hand-off', 'new-ticket'] as const;
export type DraftKind = (typeof draftKinds)[number];

/** A file that goes with a draft; its bytes lie in the store. */
export interface DraftFile {
  id: string;
  /** As the user's file was called: never to be used as a path. */
  name: string;
  mediaType: string;
  /** Bytes. */
  size: number;
}

/** Text not yet sent. One a kind and ticket: the panel's composer and the editor show the same one. */
export interface Draft {
  id: string;
  kind: DraftKind;
  accountId: string;
  /** Absent for `new-ticket`. */
  ticketId?: string;
  /** For people: names the document. */
  label: string;
  /** Markdown; structured kinds begin with YAML front matter. */
  text: string;
  /** The ticket's revision when the writing began: what the user had seen. */
  baseRevision?: string;
  /** The ticket's `updatedAt` then: entries up to here had been seen. */
  seenUntil?: Instant;
  savedAt: Instant;
}
