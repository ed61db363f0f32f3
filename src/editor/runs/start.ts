import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { isSameDocument } from '../../desk/links.ts';
import { nextStep, type Run, type RunStep } from '../../desk/run.ts';
import { isHandedOver, parseRunRecord, type RunRecord } from '../../desk/runRecord.ts';
import { ticketRef, type Ticket, type TicketRef } from '../../desk/ticket.ts';
import { tell } from '../errors.ts';
import { permalinkTo } from '../writing/git.ts';
import { runArgument } from './argument.ts';
import type { RunDeps } from './deps.ts';
import { runbookAt, showStep, type Runbook } from './runbook.ts';

/** Whose name a run's steps are done in. */
export function userOf(deps: Pick<RunDeps, 'reader'>, { accountId }: Pick<TicketRef, 'accountId'>): string {
  return deps.reader.accountState(accountId)?.me?.name ?? userInfo().username;
}

/** Begins to follow a runbook for a ticket, or goes on where somebody left it. Nothing is run yet. */
export async function startRun(deps: RunDeps, argument: unknown): Promise<Run | undefined> {
  const named = runArgument(argument).uri ?? (await activeRunbook());
  const ticket = await ticketFor(deps, argument, named);
  if (!ticket) return undefined;
  const uri = named ?? (await pickRunbook(deps, ticket));
  if (!uri) return undefined;
  const runbook = await runbookAt(uri);
  if (runbook.steps.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        '"{0}" has no steps to follow. Write them under the heading "Steps", one a number.',
        runbook.ref.title,
      ),
    );
    return undefined;
  }
  const run = await goOnOrBegin(deps, ticket, runbook);
  if (run) await showStep(runbook, Math.max(0, nextStep(run)));
  return run;
}

/** The document in front, if it has steps. */
async function activeRunbook(): Promise<vscode.Uri | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document?.languageId !== 'markdown' || document.uri.scheme !== 'file') return undefined;
  return (await runbookAt(document.uri)).steps.length > 0 ? document.uri : undefined;
}

/** A runbook is in front: the ticket is the one that was marked or named, or the one the user picks. */
async function ticketFor(
  deps: RunDeps,
  argument: unknown,
  runbook: vscode.Uri | undefined,
): Promise<Ticket | undefined> {
  const namesTicket =
    typeof argument === 'object' && argument !== null && ('ref' in argument || 'accountId' in argument);
  if (namesTicket || runbook === undefined) return deps.current.resolve(argument);
  return deps.current.inFront() ?? deps.current.pick(vscode.l10n.t('Follow this runbook for which ticket?'));
}

async function pickRunbook(deps: RunDeps, ticket: Ticket): Promise<vscode.Uri | undefined> {
  const title = vscode.l10n.t('Follow which runbook for {0}?', ticket.key);
  const { pickDocument } = await import('../writing/writing.ts');
  return (await pickDocument(deps, ticket, { title }))?.document?.uri;
}

/** The run that there is for this ticket and runbook, or a new one. */
async function goOnOrBegin(deps: RunDeps, ticket: Ticket, runbook: Runbook): Promise<Run | undefined> {
  const there = deps.reader
    .runs(ticketRef(ticket))
    .find(({ document }) => isSameDocument(document, runbook.ref));
  if (there?.state === 'open') return there;
  const left =
    there === undefined || there.state === 'finished' ? leftByColleague(deps, ticket, runbook) : undefined;
  if (left !== undefined || there?.state === 'stopped' || there?.state === 'handed-over') {
    const goOn = vscode.l10n.t('Go On');
    const anew = vscode.l10n.t('Start Anew');
    const answer = await vscode.window.showInformationMessage(
      left === undefined
        ? vscode.l10n.t('This runbook was begun for {0} before.', ticket.key)
        : vscode.l10n.t('{0} began this runbook for {1} and handed it over.', left.by, ticket.key),
      { modal: true, detail: vscode.l10n.t('Going on keeps what is known of its steps.') },
      goOn,
      anew,
    );
    if (answer === undefined) return undefined;
    if (answer === goOn && left === undefined && there) return resume(deps, there);
    if (answer === goOn && left !== undefined) return begin(deps, ticket, runbook, left);
  }
  return begin(deps, ticket, runbook, undefined);
}

function leftByColleague(deps: RunDeps, ticket: Ticket, { ref }: Runbook): RunRecord | undefined {
  const note = deps.reader.entries(ticketRef(ticket)).findLast(({ kind }) => kind === 'run');
  const record = note?.body && parseRunRecord(note.body.text);
  return record && isHandedOver(record) && isSameDocument(record, ref) ? record : undefined;
}

async function resume(deps: RunDeps, run: Run): Promise<Run | undefined> {
  const resumed = await deps.runs.advance(run.id, { type: 'resumed' });
  if (!resumed.ok) void tell(resumed.error, vscode.l10n.t('The run is kept as it was.'));
  return resumed.ok ? resumed.value : undefined;
}

async function begin(
  deps: RunDeps,
  ticket: Ticket,
  { document, ref, steps }: Runbook,
  left: RunRecord | undefined,
): Promise<Run | undefined> {
  const permalink = await permalinkTo(document.uri, undefined);
  const run: Run = {
    id: randomUUID(),
    ticket: ticketRef(ticket),
    ticketKey: ticket.key,
    document: { ...ref, ...(permalink !== undefined && { permalink }) },
    by: userOf(deps, ticket),
    startedAt: deps.now(),
    state: 'open',
    steps: steps.map(({ title, command }, at) => ({
      title,
      ...(command && { command: command.text }),
      attempts: attemptsBy(left, at, title, deps.now()),
    })),
    values: {},
    version: 1,
  };
  const added = await deps.runs.add(run);
  if (!added.ok) {
    void tell(added.error, vscode.l10n.t('The run was not started.'));
    return undefined;
  }
  return run;
}

/** What a colleague's record says of a step, if it is still the same one. */
function attemptsBy(
  left: RunRecord | undefined,
  at: number,
  title: string,
  now: number,
): RunStep['attempts'] {
  const step = left?.steps[at];
  if (left === undefined || step === undefined || step.title !== title || step.state === 'waiting') return [];
  const state = step.state === 'running' ? 'interrupted' : step.state;
  return [{ id: randomUUID(), how: 'record', by: left.by, at: now, endedAt: now, state }];
}
