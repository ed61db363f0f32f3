import type { DocumentRef, Outcome } from '../desk/links.ts';
import type { TicketRef } from '../desk/ticket.ts';

/** Asks what is known for a ticket; the answer is {@link TicketKnowledge}. */
export const ticketKnowledgeRequest = 'deskside/ticketKnowledge';
/** Asks where knowledge is missing; the answer is {@link KnowledgeGaps}. */
export const knowledgeGapsRequest = 'deskside/knowledgeGaps';

export interface SuggestedDocument {
  uri: string;
  ref: DocumentRef;
  /** Of tickets that it was used for. */
  used: number;
  solved: number;
  /** Its front matter names the ticket. */
  namesTicket: boolean;
}

export interface SimilarTicket {
  ref: TicketRef;
  key: string;
  subject: string;
  status: string;
  isDone: boolean;
  /** How it was solved, in a few words. */
  solution?: string;
  /** The document its resolution names. */
  document?: DocumentRef;
  outcome?: Outcome;
}

export interface TicketKnowledge {
  documents: SuggestedDocument[];
  similar: SimilarTicket[];
}

export interface KnowledgeGaps {
  /** Solved tickets that no document was written from or used for, like ones together, the most first. */
  clusters: { title: string; tickets: SimilarTicket[] }[];
  stale: { uri: string; title: string; days: number }[];
  /** Runbooks that no ticket was ever linked to. */
  unused: { uri: string; title: string }[];
}
