import * as vscode from 'vscode';
import type { Me, Scan, Table } from '../../backends/local/import/importer.ts';
import type { Person, Ticket } from '../../desk/ticket.ts';
import { ticketCount } from '../ticketCount.ts';
import { dateTime } from '../dates.ts';
import { choose, separator, type Choice } from './choose.ts';

/** Which of the file's assignees is the user? `null`: none of them; `undefined`: Escape. */
export async function askMe(
  { report }: Scan,
  person: Person,
  before: string | undefined,
): Promise<Me | null | undefined> {
  const names = [...report.assignees].sort(([, a], [, b]) => b - a);
  if (names.length === 0) return null;
  const none = Symbol('none');
  const chosen = await choose<string | typeof none>({
    title: vscode.l10n.t('Which of these assignees are you?'),
    placeholder: vscode.l10n.t('Their tickets become yours, {0}: "mine" shows them.', person.name),
    step: 2,
    steps: 3,
    choices: [
      { label: `$(circle-slash) ${vscode.l10n.t('None of them')}`, value: none, alwaysShow: true },
      ...names.map(([name, count]) => ({
        label: name,
        description: ticketCount(count, vscode.l10n.t),
        value: name,
      })),
    ],
    active: (value) => value === (before ?? person.name),
  });
  if (chosen === undefined) return undefined;
  return typeof chosen === 'string' ? { assignee: chosen, person } : null;
}

export type PreviewAnswer = 'import' | 'mapping' | 'report';

/** The first tickets as they will be, and what will be left out. */
export async function askPreview(
  table: Table,
  { report, preview }: Scan,
): Promise<PreviewAnswer | undefined> {
  const left = report.leftOutCount;
  const [first] = report.leftOut;
  return choose<PreviewAnswer>({
    title: vscode.l10n.t('Import {0}: preview', table.source.name),
    placeholder: vscode.l10n.t('Nothing has been imported yet.'),
    step: 3,
    steps: 3,
    choices: [
      ...(report.tickets === 0
        ? []
        : [
            {
              label: `$(cloud-download) ${vscode.l10n.t('Import {0}', ticketCount(report.tickets, vscode.l10n.t))}`,
              description:
                report.rows === 1 ? vscode.l10n.t('from 1 row') : vscode.l10n.t('from {0} rows', report.rows),
              value: 'import' as const,
            },
          ]),
      { label: `$(edit) ${vscode.l10n.t('Change what the columns mean')}`, value: 'mapping' as const },
      ...(first === undefined
        ? []
        : [
            {
              label: `$(warning) ${left === 1 ? vscode.l10n.t('1 row will be left out') : vscode.l10n.t('{0} rows will be left out', left)}`,
              detail: vscode.l10n.t('Line {0}: {1}', first.line, first.reason),
              value: 'report' as const,
            },
          ]),
      separator(vscode.l10n.t('The first tickets')),
      ...preview.map(({ ticket, entries }) => row(ticket, entries.length)),
    ],
  });
}

function row(ticket: Ticket, entries: number): Choice<PreviewAnswer> {
  const facts = [ticket.status.name, ticket.priority.name, ticket.team, ticket.assignee?.name];
  const created = dateTime(ticket.createdAt);
  return {
    label: `${ticket.key}  ${ticket.subject}`,
    description: facts.filter((fact) => fact !== undefined).join(' · '),
    detail: [
      ...(ticket.requester === undefined ? [] : [vscode.l10n.t('from {0}', ticket.requester.name)]),
      vscode.l10n.t('created {0}', created),
      entries === 1 ? vscode.l10n.t('1 entry') : vscode.l10n.t('{0} entries', entries),
    ].join(' · '),
    alwaysShow: true,
  };
}
