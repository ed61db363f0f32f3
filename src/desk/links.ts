import type { Instant, TicketRef } from './ticket.ts';

export const outcomes = ['solved', 'solved-with-changes', 'did-not-help', 'written-from'] as const;
export type Outcome = (typeof outcomes)[number];

/** Points at a documentation file so that the pointer survives moves. */
export interface DocumentRef {
  /** The stable `id` of its front matter, where it has one. */
  id?: string;
  title: string;
  /** Relative to its workspace folder, `/` as separator. */
  path: string;
  heading?: string;
  /** The file at its commit, on the forge that holds it. */
  permalink?: string;
}

/** By their ids where both have one, whatever became of the file; otherwise by their place. */
export function isSameDocument(
  a: Pick<DocumentRef, 'id' | 'path'>,
  b: Pick<DocumentRef, 'id' | 'path'>,
): boolean {
  return a.id !== undefined && b.id !== undefined ? a.id === b.id : a.path === b.path;
}

/** The tie between a resolution note and a documentation file. */
export interface ResolutionLink {
  document: DocumentRef;
  outcome: Outcome;
}

/** A stored tie between a ticket and a documentation file. */
export interface StoredLink {
  id: string;
  ticket: TicketRef;
  /** The key at the time of linking, so that the link reads without the ticket. */
  ticketKey: string;
  document: DocumentRef;
  /** Absent for a document that is merely linked. */
  outcome?: Outcome;
  at: Instant;
  by: string;
}

/** The document was followed: where it was written from the ticket, it was not there yet. */
export function isUse({ outcome }: StoredLink): boolean {
  return outcome !== 'written-from';
}
