import * as vscode from 'vscode';
import { nextStep, stateOf, type Run, type RunStep, type StepState } from '../../desk/run.ts';
import { duration } from '../../desk/runRecord.ts';
import type { StoreReader } from '../../store/api.ts';
import { progress } from './pickRun.ts';

/** A row: a run, or one of its steps. */
export interface RunNode {
  runId: string;
  step?: number;
}

/** The *Runs* view: what is being followed, and how each step went. There while a run is in progress. */
export class RunsView implements vscode.TreeDataProvider<RunNode>, vscode.Disposable {
  readonly #reader: Pick<StoreReader, 'run' | 'runs'>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<RunNode>;
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(reader: Pick<StoreReader, 'run' | 'runs'>) {
    this.#reader = reader;
    this.#view = vscode.window.createTreeView('deskside.runs', { treeDataProvider: this });
  }

  get selected(): RunNode | undefined {
    return this.#view.selection[0];
  }

  refresh(): void {
    this.#changed.fire(undefined);
  }

  getChildren(node?: RunNode): RunNode[] {
    if (node === undefined) return this.#reader.runs('open').map(({ id }) => ({ runId: id }));
    const steps = this.#reader.run(node.runId)?.steps ?? [];
    return steps.map((_, step) => ({ runId: node.runId, step }));
  }

  getTreeItem({ runId, step: at }: RunNode): vscode.TreeItem {
    const run = this.#reader.run(runId);
    const step = at === undefined ? undefined : run?.steps[at];
    const item = run && (step === undefined || at === undefined ? runItem(run) : stepItem(run, step, at));
    return Object.assign(item ?? new vscode.TreeItem(''), { id: `${runId}/${at ?? ''}` });
  }

  dispose(): void {
    this.#view.dispose();
    this.#changed.dispose();
  }
}

function runItem(run: Run): vscode.TreeItem {
  const item = new vscode.TreeItem(run.document.title, vscode.TreeItemCollapsibleState.Expanded);
  item.description = `${run.ticketKey} · ${progress(run)}`;
  item.tooltip = `${run.document.path}\n${run.by}`;
  item.contextValue = 'run';
  item.iconPath = new vscode.ThemeIcon('checklist');
  return item;
}

function stepItem(run: Run, step: RunStep, at: number): vscode.TreeItem {
  const state = stateOf(step);
  const item = new vscode.TreeItem(`${at + 1}. ${step.title}`, vscode.TreeItemCollapsibleState.None);
  item.description = said(step);
  item.iconPath = icon(state, nextStep(run) === at);
  item.contextValue = `runStep.${step.command === undefined ? 'hand' : 'command'}.${state}`;
  item.tooltip = tooltip(step);
  item.accessibilityInformation = { label: `${at + 1}. ${step.title}, ${stateName(state)}, ${said(step)}` };
  item.command = {
    command: 'deskside._showRunStep',
    title: vscode.l10n.t('Open'),
    arguments: [{ runId: run.id, step: at }],
  };
  return item;
}

function tooltip(step: RunStep): vscode.MarkdownString {
  const text = new vscode.MarkdownString().appendText(`${step.title}\n`);
  if (step.command !== undefined) text.appendCodeblock(step.command, 'shellscript');
  return text;
}

/** What is known of it, shortly. */
function said(step: RunStep): string {
  const last = step.attempts.at(-1);
  const state = stateOf(step);
  if (last === undefined) return '';
  const parts = [state === 'done' ? '' : stateName(state)];
  if (last.exitCode !== undefined && last.exitCode !== 0)
    parts.push(vscode.l10n.t('exit status {0}', last.exitCode));
  if (last.exitCode !== undefined && last.endedAt !== undefined) parts.push(duration(last.endedAt - last.at));
  if (last.how === 'record') parts.push(last.by);
  if (last.note !== undefined) parts.push(last.note);
  return parts.filter((part) => part !== '').join(' · ');
}

export function stateName(state: StepState): string {
  switch (state) {
    case 'waiting':
      return vscode.l10n.t('not done');
    case 'running':
      return vscode.l10n.t('running');
    case 'done':
      return vscode.l10n.t('done');
    case 'failed':
      return vscode.l10n.t('failed');
    case 'unclear':
      return vscode.l10n.t('ended, exit status unknown');
    case 'interrupted':
      return vscode.l10n.t('interrupted, outcome unknown');
    case 'ticked':
      return vscode.l10n.t('ticked by hand');
    case 'skipped':
      return vscode.l10n.t('skipped');
  }
}

function icon(state: StepState, isNext: boolean): vscode.ThemeIcon {
  switch (state) {
    case 'waiting':
      return isNext
        ? new vscode.ThemeIcon('arrow-circle-right', new vscode.ThemeColor('charts.blue'))
        : new vscode.ThemeIcon('circle-large-outline');
    case 'running':
      return new vscode.ThemeIcon('loading~spin');
    case 'done':
      return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
    case 'failed':
      return new vscode.ThemeIcon('error', new vscode.ThemeColor('testing.iconFailed'));
    case 'unclear':
    case 'interrupted':
      return new vscode.ThemeIcon('question', new vscode.ThemeColor('list.warningForeground'));
    case 'ticked':
      return new vscode.ThemeIcon('check');
    case 'skipped':
      return new vscode.ThemeIcon('debug-step-over');
  }
}
