import { setImmediate } from 'node:timers/promises';
import * as vscode from 'vscode';
import { DryRun, type Period } from '../../desk/policy/dryRun.ts';
import { labelsOf } from '../../desk/policy/holds.ts';
import type { Policy } from '../../desk/policy/policy.ts';
import { ticketRef, type Instant, type Ticket, type TicketRef } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { showProgress } from '../progress.ts';
import { ReportDocuments } from '../reportDocuments.ts';
import { dateTime } from '../dates.ts';
import { choosePolicy } from './choosePolicy.ts';
import { dryRunText } from './dryRunText.ts';

let reports: ReportDocuments | undefined;
const day = 86_400_000;
/** So long nothing else is kept waiting. */
const slice = 8;

/** Shows what the workspace's policy would have done with the tickets that are here. */
export async function dryRunPolicy(deps: CommandDeps): Promise<void> {
  const file = await choosePolicy(vscode.l10n.t('Dry-Run Escalation Policy'));
  if (!file?.policy) return;
  const { policy } = file;
  const period = await pickPeriod(deps.now());
  if (!period) return;
  const done = await showProgress(vscode.l10n.t('Trying the escalation policy…'), (signal) =>
    run(deps, policy, period.during, signal),
  );
  if (!done) return;
  const { dryRun, milliseconds } = done;
  const outcomes = dryRun.outcomes();
  const tickets = new Map<string, TicketRef>(
    outcomes.flatMap(({ firings }) => firings.map(({ ticket }) => [ticket.key, ticketRef(ticket)] as const)),
  );
  const text = dryRunText(
    {
      outcomes,
      tickets: dryRun.tickets,
      period: period.label,
      during: period.during,
      milliseconds: Math.round(milliseconds),
      time: dateTime,
    },
    vscode.l10n.t,
  );
  reports ??= new ReportDocuments('deskside-dry-run');
  await reports.show(vscode.l10n.t('Dry run'), text, tickets);
}

async function pickPeriod(now: Instant): Promise<{ label: string; during: Period } | undefined> {
  const back = (days: number): Period => ({ from: now - days * day, until: now });
  const whole: Period = { from: -Infinity, until: now };
  return vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('The last 30 days'), during: back(30) },
      { label: vscode.l10n.t('The last 90 days'), during: back(90) },
      { label: vscode.l10n.t('The last year'), during: back(365) },
      { label: vscode.l10n.t('All tickets that are here'), during: whole },
    ],
    { title: vscode.l10n.t('Dry-Run Escalation Policy'), placeHolder: vscode.l10n.t('Over which time?') },
  );
}

async function run(
  { reader, accounts, now }: CommandDeps,
  policy: Policy,
  during: Period,
  signal: AbortSignal,
): Promise<{ dryRun: DryRun; milliseconds: number } | undefined> {
  const begun = now();
  const refs = reader.ticketIds({ accountIds: accounts.all().map(({ id }) => id) });
  const goesOn = async (act: (ticket: Ticket) => void): Promise<boolean> => {
    let paused = performance.now();
    for (const ref of refs) {
      const ticket = reader.ticket(ref);
      if (ticket) act(ticket);
      if (performance.now() - paused < slice) continue;
      await setImmediate();
      if (signal.aborted) return false;
      paused = performance.now();
    }
    return true;
  };
  const known: Pick<Ticket, 'priority' | 'status'>[] = [];
  if (!(await goesOn(({ priority, status }) => known.push({ priority, status })))) return undefined;
  const dryRun = new DryRun(policy, labelsOf(known), during);
  if (!(await goesOn((ticket) => dryRun.add(ticket, reader.entries(ticket))))) return undefined;
  return { dryRun, milliseconds: now() - begun };
}
