import * as vscode from 'vscode';
import { nextStep, stateOf, type Run } from '../../desk/run.ts';

/** Says how a step went, and offers what comes next. */
export function tellProgress(run: Run, step: number): void {
  const state = run.steps[step] && stateOf(run.steps[step]);
  if (run.state === 'finished') void offerRecord(run);
  else if (state === 'failed' || state === 'unclear' || state === 'interrupted') void offerWayOut(run, step);
  else
    vscode.window.setStatusBarMessage(
      `$(check) ${vscode.l10n.t('Step {0} is done; next is step {1}', step + 1, nextStep(run) + 1)}`,
      5000,
    );
}

async function offerRecord(run: Run): Promise<void> {
  const attach = vscode.l10n.t('Attach Run Record…');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0}: every step of "{1}" is settled.', run.ticketKey, run.document.title),
    attach,
  );
  if (answer === attach) await vscode.commands.executeCommand('deskside.attachRunRecord', { runId: run.id });
}

async function offerWayOut(run: Run, step: number): Promise<void> {
  const again = vscode.l10n.t('Run Again');
  const tick = vscode.l10n.t('Tick It Off');
  const skip = vscode.l10n.t('Skip It');
  const exitCode = run.steps[step]?.attempts.at(-1)?.exitCode;
  const said =
    exitCode === undefined
      ? vscode.l10n.t('Nobody knows how step {0} ended.', step + 1)
      : vscode.l10n.t('Step {0} failed with exit status {1}.', step + 1, exitCode);
  const answer = await vscode.window.showWarningMessage(said, again, tick, skip);
  const command =
    answer === again
      ? 'deskside.runStep'
      : answer === tick
        ? 'deskside.tickStep'
        : answer === skip
          ? 'deskside.skipStep'
          : undefined;
  if (command !== undefined) await vscode.commands.executeCommand(command, { runId: run.id, step });
}
