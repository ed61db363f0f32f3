import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { ReportFigures, type Report, type ReportPeriod } from '../../desk/report/report.ts';
import { ticketRef } from '../../desk/ticket.ts';
import { knowledgeGapsRequest, type KnowledgeGaps } from '../../runbooks/knowledgeMessages.ts';
import type { CommandDeps } from '../commands/deps.ts';
import type { LanguageServer } from '../language/lazyStart.ts';
import { showProgress } from '../progress.ts';
import { ReportDocuments } from '../reportDocuments.ts';
import { reportCsv, reportText, type Documentation } from './reportText.ts';

let documents: ReportDocuments | undefined;
const day = 86_400_000;
/** So long nothing else is kept waiting. */
const slice = 8;

interface Scope {
  accountIds: string[];
  teams?: string[];
  name: string;
}

/** Counts a period's tickets, and shows the figures; they can be saved for others. */
export async function openReport(deps: CommandDeps, server: Pick<LanguageServer, 'request'>): Promise<void> {
  const period = await pickPeriod(deps.now());
  if (!period) return;
  const scope = await pickScope(deps);
  if (!scope) return;
  const made = await showProgress(vscode.l10n.t('Counting…'), async (signal) => {
    const report = await countAll(deps, period.during, scope, signal);
    return report && { report, documentation: await documentationOf(server) };
  });
  if (!made) return;
  const { report, documentation } = made;
  const title = vscode.l10n.t('Report: {0}', period.label);
  const text = reportText(report, { title, scope: `${scope.name}.`, documentation }, vscode.l10n.t);
  documents ??= new ReportDocuments('deskside-report');
  const tickets = new Map(report.undocumented.map((ticket) => [ticket.key, ticketRef(ticket)]));
  await documents.show(vscode.l10n.t('Report'), text, tickets);
  await offerToSave(text, reportCsv(report));
}

function pickPeriod(now: number): Thenable<{ label: string; during: ReportPeriod } | undefined> {
  const back = (days: number) => ({ from: now - days * day, until: now, now });
  return vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('The last 7 days'), during: back(7) },
      { label: vscode.l10n.t('The last 30 days'), during: back(30) },
      { label: vscode.l10n.t('The last 90 days'), during: back(90) },
      { label: vscode.l10n.t('The last year'), during: back(365) },
      { label: vscode.l10n.t('All tickets that are here'), during: { from: -Infinity, until: now, now } },
    ],
    { title: vscode.l10n.t('Report (1/2)'), placeHolder: vscode.l10n.t('Over which time?') },
  );
}

async function pickScope({ accounts, reader }: CommandDeps): Promise<Scope | undefined> {
  const all = accounts.all();
  const whole = { accountIds: all.map(({ id }) => id), name: vscode.l10n.t('All accounts') };
  const parts = all.flatMap(({ id, label }): Scope[] => {
    const teams = new Set(
      reader.tickets({ accountIds: [id], limit: 5000 }).flatMap(({ team }) => team ?? []),
    );
    return [
      ...(all.length > 1 ? [{ accountIds: [id], name: label }] : []),
      ...[...teams].sort().map((team) => ({ accountIds: [id], teams: [team], name: `${label}, ${team}` })),
    ];
  });
  const picked = await vscode.window.showQuickPick(
    [whole, ...parts].map((scope) => ({ label: scope.name, scope })),
    { title: vscode.l10n.t('Report (2/2)'), placeHolder: vscode.l10n.t('Whose tickets?') },
  );
  return picked?.scope;
}

async function countAll(
  { reader }: CommandDeps,
  period: ReportPeriod,
  { accountIds, teams }: Scope,
  signal: AbortSignal,
): Promise<Report | undefined> {
  const figures = new ReportFigures(period);
  let paused = performance.now();
  for (const ref of reader.ticketIds({ accountIds, ...(teams && { teams }) })) {
    if (signal.aborted) return undefined;
    const ticket = reader.ticket(ref);
    const entries = reader.hasTimeline(ref) ? reader.entries(ref) : undefined;
    if (ticket) figures.add(ticket, entries, reader.linksOf(ref));
    if (performance.now() - paused < slice) continue;
    await setImmediate();
    paused = performance.now();
  }
  return figures.result();
}

/** Nothing where no workspace has any, or the language server is not there: the figures do not need it. */
async function documentationOf(server: Pick<LanguageServer, 'request'>): Promise<Documentation> {
  if (!vscode.workspace.workspaceFolders?.length) return { stale: [], unused: [] };
  const gaps = await server.request<KnowledgeGaps>(knowledgeGapsRequest).catch(() => undefined);
  const { stale, unused } = gaps ?? { stale: [], unused: [] };
  return { stale: stale.map(({ title }) => title), unused: unused.map(({ title }) => title) };
}

async function offerToSave(markdown: string, csv: string): Promise<void> {
  const forms = [
    { label: vscode.l10n.t('Save as Markdown…'), ending: 'md', text: markdown },
    { label: vscode.l10n.t('Save as CSV…'), ending: 'csv', text: csv },
  ];
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('The report can be saved for others.'),
    ...forms.map(({ label }) => label),
  );
  const form = forms.find(({ label }) => label === chosen);
  if (!form) return;
  const uri = await vscode.window.showSaveDialog({ filters: { [form.ending.toUpperCase()]: [form.ending] } });
  if (uri) await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(form.text));
}
