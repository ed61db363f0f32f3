import type { TicketRef } from '../desk/ticket.ts';

/** Commands that the language server's lenses and fixes run in the editor. */
export const documentCommands = {
  showTickets: 'deskside._showTickets',
  applyEdit: 'deskside._applyEdit',
  mendLinks: 'deskside._mendLinks',
} as const;

export interface TicketList {
  title: string;
  tickets: { ref: TicketRef; key: string; detail: string }[];
}

export interface DocumentEdit {
  uri: string;
  edits: {
    range: { start: { line: number; character: number }; end: { line: number; character: number } };
    newText: string;
  }[];
}

/** Makes stored links of tickets lead to this document, and to this heading of it or to none. */
export interface LinkMending {
  linkIds: string[];
  uri: string;
  document: { id?: string; title: string };
  heading?: string;
}
