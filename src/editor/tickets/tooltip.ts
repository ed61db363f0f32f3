import * as vscode from 'vscode';
import { rankName } from '../../desk/operation.ts';
import type { SlaClock } from '../../desk/sla.ts';
import type { Entry } from '../../desk/entry.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import { dateTime } from '../dates.ts';
import { bodyStart } from './bodyStart.ts';
import { channelName, clockText } from './rowText.ts';

/** What is said of a ticket on hovering. All that comes from a ticketing system is text, never Markdown. */
export function ticketTooltip(
  ticket: Ticket,
  about: { now: Instant; accountLabel: string; last: Entry | undefined },
): vscode.MarkdownString {
  const { l10n } = vscode;
  const tooltip = new vscode.MarkdownString();
  tooltip.isTrusted = false;
  tooltip.supportHtml = false;
  tooltip
    .appendMarkdown('**')
    .appendText(oneLine(`${ticket.key} ${ticket.subject}`))
    .appendMarkdown('**\n\n');

  const facts: [string, string | undefined][] = [
    [l10n.t('Status'), ticket.status.name],
    [l10n.t('Priority'), `${rankName(ticket.priority.rank)} (${ticket.priority.name})`],
    [l10n.t('First response'), clockFact(ticket, 'first-response', about.now)],
    [l10n.t('Resolution'), clockFact(ticket, 'resolution', about.now)],
    [l10n.t('Requester'), ticket.requester?.name],
    [l10n.t('Assignee'), ticket.assignee?.name ?? l10n.t('unassigned')],
    [l10n.t('Team'), ticket.team],
    [l10n.t('Came by'), channelName(ticket.channel, l10n.t)],
    [l10n.t('Tags'), ticket.tags.length > 0 ? ticket.tags.join(', ') : undefined],
    [l10n.t('Changed'), dateTime(ticket.updatedAt)],
    [l10n.t('Account'), about.accountLabel],
  ];
  for (const [name, value] of facts) {
    if (value === undefined || value === '') continue;
    tooltip
      .appendMarkdown('- ')
      .appendText(`${name}: ${oneLine(value)}`)
      .appendMarkdown('\n');
  }

  if (about.last?.body) {
    const text = bodyStart(about.last.body);
    tooltip.appendMarkdown('\n\n---\n\n').appendText(`${about.last.author.name}: ${text}`);
  }
  return tooltip;
}

function clockFact(ticket: Ticket, target: SlaClock['target'], now: Instant): string | undefined {
  const clock = ticket.sla.find((one) => one.target === target);
  if (!clock) return undefined;
  return clock.state === 'met' ? vscode.l10n.t('met') : clockText(clock, now, vscode.l10n.t);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
