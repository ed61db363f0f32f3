import * as vscode from 'vscode';
import { nextStep, runningAttempt, type Run } from '../../desk/run.ts';

/** In the status bar: the run in progress and its next step; a click offers what can be done with it. */
export class RunStatus implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor() {
    this.#item = vscode.window.createStatusBarItem('deskside.run', vscode.StatusBarAlignment.Left, -9.5);
    this.#item.name = vscode.l10n.t('Run in progress');
  }

  show(runs: readonly Run[]): void {
    const [run] = runs;
    if (!run) {
      this.#item.hide();
      return;
    }
    const running = runningAttempt(run);
    const step = (running?.step ?? nextStep(run)) + 1;
    const icon = running ? 'loading~spin' : 'checklist';
    const more = runs.length > 1 ? ` +${runs.length - 1}` : '';
    this.#item.text = `$(${icon}) ${vscode.l10n.t('{0}: step {1} of {2}', run.ticketKey, step, run.steps.length)}${more}`;
    this.#item.tooltip = run.document.title;
    this.#item.accessibilityInformation = {
      label: vscode.l10n.t(
        'Run of "{0}" for {1}, step {2} of {3}',
        run.document.title,
        run.ticketKey,
        step,
        run.steps.length,
      ),
    };
    this.#item.command = { command: 'deskside._runActions', title: '', arguments: [{ runId: run.id }] };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** What can be done with a run, as a list. */
export async function offerRunActions(run: Run): Promise<void> {
  const next = nextStep(run);
  const step = run.steps[next];
  const about = { runId: run.id };
  const ofStep = { ...about, step: next };
  type Item = vscode.QuickPickItem & { command: string; about: object };
  const items: Item[] = [];
  if (step && !runningAttempt(run)) {
    const detail = { description: step.title };
    if (step.command !== undefined)
      items.push({
        label: `$(play) ${vscode.l10n.t('Run step {0}', next + 1)}`,
        ...detail,
        command: 'deskside.runStep',
        about: ofStep,
      });
    items.push(
      {
        label: `$(check) ${vscode.l10n.t('Tick step {0}', next + 1)}`,
        ...detail,
        command: 'deskside.tickStep',
        about: ofStep,
      },
      {
        label: `$(debug-step-over) ${vscode.l10n.t('Skip step {0}', next + 1)}`,
        ...detail,
        command: 'deskside.skipStep',
        about: ofStep,
      },
    );
  }
  items.push(
    {
      label: `$(book) ${vscode.l10n.t('Open the runbook')}`,
      command: 'deskside._showRunStep',
      about: ofStep,
    },
    { label: `$(attach) ${vscode.l10n.t('Attach run record…')}`, command: 'deskside.attachRunRecord', about },
    { label: `$(arrow-swap) ${vscode.l10n.t('Hand over run…')}`, command: 'deskside.handOverRun', about },
    { label: `$(debug-stop) ${vscode.l10n.t('Stop run')}`, command: 'deskside.stopRun', about },
  );
  const title = `${run.ticketKey} · ${run.document.title}`;
  const picked = await vscode.window.showQuickPick(items, { title, matchOnDescription: true });
  if (picked) await vscode.commands.executeCommand(picked.command, picked.about);
}
