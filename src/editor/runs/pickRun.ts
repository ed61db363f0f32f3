import * as vscode from 'vscode';
import { isSameDocument } from '../../desk/links.ts';
import { isSettledStep, nextStep, type Run } from '../../desk/run.ts';
import { sameTicket } from '../../desk/ticket.ts';
import { runArgument } from './argument.ts';
import type { RunDeps } from './deps.ts';
import { runbookAt } from './runbook.ts';
import { startRun } from './start.ts';

/** A step that a command is about. */
export interface StepInRun {
  run: Run;
  step: number;
}

/** The step that a row or a lens names, else the next one of the run in front. Starts a run where there is none. */
export async function stepFor(deps: RunDeps, argument: unknown): Promise<StepInRun | undefined> {
  const isFirst = runArgument(argument).uri !== undefined || deps.reader.runs('open').length === 0;
  const named = await namedRun(deps, argument);
  const run = named ?? (await (isFirst ? startRun : runFor)(deps, argument));
  if (!run) return undefined;
  const step = runArgument(argument).step ?? nextStep(run);
  if (run.steps[step] !== undefined) return { run, step };
  void vscode.window.showInformationMessage(vscode.l10n.t('No step of this run is left to do.'));
  return undefined;
}

/** The run that a row names, else the one in front; the user is asked where there are several. */
export async function runFor(deps: RunDeps, argument: unknown): Promise<Run | undefined> {
  const named = await namedRun(deps, argument);
  if (named) return named;
  const runs = deps.reader.runs('open');
  if (runs.length === 0) void vscode.window.showInformationMessage(vscode.l10n.t('No run is in progress.'));
  return runs.length < 2 ? runs[0] : ((await inFront(deps, runs)) ?? pick(runs));
}

async function namedRun(deps: RunDeps, argument: unknown): Promise<Run | undefined> {
  const { runId, uri } = runArgument(argument);
  if (runId !== undefined) return deps.reader.run(runId);
  return uri === undefined ? undefined : openRunOf(deps, uri);
}

async function openRunOf(deps: RunDeps, uri: vscode.Uri): Promise<Run | undefined> {
  const { ref } = await runbookAt(uri);
  const runs = deps.reader.runs('open').filter(({ document }) => isSameDocument(document, ref));
  return runs.length < 2 ? runs[0] : ((await inFront(deps, runs)) ?? pick(runs));
}

async function inFront(deps: RunDeps, runs: readonly Run[]): Promise<Run | undefined> {
  const ticket = deps.current.inFront();
  const ofTicket = ticket && runs.filter((run) => sameTicket(run.ticket, ticket));
  if (ofTicket?.length === 1) return ofTicket[0];
  const document = vscode.window.activeTextEditor?.document;
  if (document?.uri.scheme !== 'file') return undefined;
  const { ref } = await runbookAt(document.uri);
  const ofDocument = runs.filter((run) => isSameDocument(run.document, ref));
  return ofDocument.length === 1 ? ofDocument[0] : undefined;
}

async function pick(runs: readonly Run[]): Promise<Run | undefined> {
  const items = runs.map((run) => ({
    label: run.document.title,
    description: `${run.ticketKey} · ${progress(run)}`,
    run,
  }));
  const title = vscode.l10n.t('Which run?');
  return (await vscode.window.showQuickPick(items, { title, matchOnDescription: true }))?.run;
}

/** `2 of 3` */
export function progress({ steps }: Run): string {
  return vscode.l10n.t('{0} of {1}', steps.filter(isSettledStep).length, steps.length);
}
