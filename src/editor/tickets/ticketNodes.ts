import type { DeskError } from '../../desk/errors.ts';
import type { Ticket, TicketRef } from '../../desk/ticket.ts';
import type { Mark, RowIcon } from './rowText.ts';

/** What the *Tickets* view shows. A node stays the same object while it is shown: VS Code knows it by identity. */
export type TicketsNode = TicketNode | GroupNode | MoreNode | AccountNode | ProblemsNode | ProblemNode;

/** All that a ticket's row shows; made anew only when it is shown or its ticket may have changed. */
export interface Row {
  label: string;
  description: string;
  spoken: string;
  icon: RowIcon;
  mark: Mark | undefined;
}

export interface TicketNode {
  type: 'ticket';
  id: string;
  ref: TicketRef;
  ticket: Ticket;
  row: Row;
  parent: GroupNode;
}

export interface GroupNode {
  type: 'group';
  /** Of its own in each queue, so that it is open or closed there by itself. */
  id: string;
  /** What is resolved and closed: read only when it is looked at. */
  done: boolean;
  label: string;
  /** Those there are rows for, or may be. */
  tickets: readonly Ticket[];
  /** How many there are; not known while more are being read. */
  total: number | undefined;
  /** How many of them are shown. */
  limit: number;
}

/** The rest of a long group. */
export interface MoreNode {
  type: 'more';
  id: string;
  hidden: number;
  parent: GroupNode;
}

/** An account that needs its user. */
export interface AccountNode {
  type: 'account';
  id: string;
  accountId: string;
  label: string;
  error: DeskError;
}

/** What could not be read: settings, the store, single tickets. */
export interface ProblemsNode {
  type: 'problems';
  id: string;
  label: string;
  problems: readonly string[];
  /** Reloading the window helps. */
  reload?: boolean;
}

export interface ProblemNode {
  type: 'problem';
  id: string;
  text: string;
  parent: ProblemsNode;
}
