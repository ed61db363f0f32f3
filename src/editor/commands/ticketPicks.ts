import * as vscode from 'vscode';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import { urgentClock } from '../../desk/urgency.ts';
import { clockText, rowDescription, rowIcon } from '../tickets/rowText.ts';

export interface TicketPick extends vscode.QuickPickItem {
  ticket: Ticket;
}

/** A ticket to be picked. What was typed was matched by us, so that VS Code hides none of them. */
export function ticketPick(
  ticket: Ticket,
  about: { now: Instant; accountLabel: string | undefined; detail?: string },
): TicketPick {
  const { icon, color } = rowIcon(ticket, about.now);
  const people = [ticket.requester?.name, ticket.assignee?.name]
    .filter((name) => name !== undefined)
    .join(' → ');
  return {
    ticket,
    alwaysShow: true,
    label: `${ticket.key} ${ticket.subject}`,
    description: [
      clockText(urgentClock(ticket), about.now, vscode.l10n.t),
      rowDescription(ticket, { assignee: false, mark: undefined }, vscode.l10n.t),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    detail: about.detail ?? [people, ticket.team, about.accountLabel].filter(Boolean).join(' · '),
    iconPath: new vscode.ThemeIcon(icon, color === undefined ? undefined : new vscode.ThemeColor(color)),
  };
}
