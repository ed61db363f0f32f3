import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Attempt } from '../../desk/run.ts';
import { withoutSecrets } from '../../runbooks/runOutput.ts';
import { tell } from '../errors.ts';
import type { RunDeps } from './deps.ts';
import { stepFor } from './pickRun.ts';
import { userOf } from './start.ts';
import { tellProgress } from './tellProgress.ts';

/** A person did a step, and says so; with a remark if they like. */
export async function tickStep(deps: RunDeps, argument: unknown): Promise<void> {
  await settle(deps, argument, 'hand');
}

/** A step is left out, and the record says why. */
export async function skipStep(deps: RunDeps, argument: unknown): Promise<void> {
  await settle(deps, argument, 'skipped');
}

async function settle(deps: RunDeps, argument: unknown, how: 'hand' | 'skipped'): Promise<void> {
  const found = await stepFor(deps, argument);
  const step = found?.run.steps[found.step];
  if (!found || !step) return;
  const number = found.step + 1;
  const note = await vscode.window.showInputBox({
    title:
      how === 'hand'
        ? vscode.l10n.t('Step {0} is done: {1}', number, step.title)
        : vscode.l10n.t('Skip step {0}: {1}', number, step.title),
    prompt:
      how === 'hand'
        ? vscode.l10n.t('What was seen? It goes into the run record; Enter alone ticks the step off.')
        : vscode.l10n.t('Why? It goes into the run record.'),
  });
  if (note === undefined) return;
  const at = deps.now();
  const attempt: Attempt = {
    id: randomUUID(),
    how,
    by: userOf(deps, found.run.ticket),
    at,
    endedAt: at,
    ...(step.command !== undefined && { command: withoutSecrets(step.command).text }),
    ...(note.trim() !== '' && { note: withoutSecrets(note.trim()).text }),
  };
  const settled = await deps.runs.advance(found.run.id, { type: 'settled', step: found.step, attempt });
  if (!settled.ok) void tell(settled.error, vscode.l10n.t('The step was not ticked off.'));
  else if (settled.value === undefined) cannot();
  else tellProgress(settled.value, found.step);
}

/** Another step is running, or the run is over. */
function cannot(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('That can not be done now: a step of this run is running, or the run is over.'),
  );
}
