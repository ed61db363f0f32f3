import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { nextStep, type Run } from '../../desk/run.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { realClock } from '../../sync/clock.ts';
import { runArgument } from './argument.ts';
import type { RunDeps } from './deps.ts';
import { attachRunRecord, handOverRun, stopRun } from './endRun.ts';
import { RunDocuments, showRecord } from './runDocuments.ts';
import { runbookOf, showStep } from './runbook.ts';
import { Runs } from './runs.ts';
import { RunStatus, offerRunActions } from './runStatus.ts';
import { runStep } from './runStep.ts';
import { RunsView } from './runsView.ts';
import { skipStep, tickStep } from './settleStep.ts';
import { startRun } from './start.ts';
import { RunTerminals } from './terminals.ts';

/** All that runs need, loaded with the first of them: they are found where the last window left them. */
export class Running implements vscode.Disposable {
  readonly #deps: RunDeps;
  readonly #view: RunsView;
  readonly #status = new RunStatus();
  readonly #disposables: { dispose(): unknown }[];

  constructor(deps: CommandDeps, workspaceMemory: vscode.Memento) {
    const { reader, writer, now } = deps;
    const runs = new Runs({ reader, writer, clock: realClock(now), windowId: randomUUID() });
    const terminals = new RunTerminals(workspaceMemory);
    const documents = new RunDocuments(reader, runs);
    this.#deps = { ...deps, runs, terminals, documents, secrets: new Map(), beginning: new Set() };
    this.#view = new RunsView(reader);
    this.#disposables = [
      runs,
      terminals,
      this.#view,
      this.#status,
      documents,
      runs.onDidChange(() => this.#show()),
      deps.sync.onDidChange(() => this.#show()),
    ];
    this.#show();
    void runs.findLost();
  }

  readonly startRun = (argument: unknown): Promise<unknown> => startRun(this.#deps, argument);
  readonly runStep = (argument: unknown): Promise<void> => runStep(this.#deps, this.#meant(argument));
  readonly tickStep = (argument: unknown): Promise<void> => tickStep(this.#deps, this.#meant(argument));
  readonly skipStep = (argument: unknown): Promise<void> => skipStep(this.#deps, argument);
  readonly stopRun = (argument: unknown): Promise<void> => stopRun(this.#deps, argument);
  readonly handOverRun = (argument: unknown): Promise<void> => handOverRun(this.#deps, argument);
  readonly attachRunRecord = (argument: unknown): Promise<boolean> => attachRunRecord(this.#deps, argument);

  readonly showRunStep = async (argument: unknown): Promise<void> => {
    const run = this.#named(argument);
    const runbook = run && (await runbookOf(run));
    if (runbook) await showStep(runbook, runArgument(argument).step ?? nextStep(run));
    else if (run) await showRecord(run.id);
  };

  readonly showRunRecord = async (argument: unknown): Promise<void> => {
    const run = this.#named(argument);
    if (run) await showRecord(run.id);
  };

  readonly runActions = async (argument: unknown): Promise<void> => {
    const run = this.#named(argument);
    if (run) await offerRunActions(run);
  };

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** A key is about the row that is selected. */
  #meant(argument: unknown): unknown {
    return runArgument(argument).selected === true ? this.#view.selected : argument;
  }

  #named(argument: unknown): Run | undefined {
    const { runId } = runArgument(argument);
    return runId === undefined ? undefined : this.#deps.reader.run(runId);
  }

  #show(): void {
    const open = this.#deps.reader.runs('open');
    void vscode.commands.executeCommand('setContext', 'deskside.running', open.length > 0);
    this.#status.show(open);
    this.#view.refresh();
    this.#deps.runs.watchOthers();
  }
}
