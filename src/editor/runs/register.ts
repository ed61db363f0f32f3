import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import type { Running } from './running.ts';

/** Registers the commands of runs. Their code is loaded with the first of them, or when a run is in progress. */
export function registerRuns(deps: CommandDeps, workspaceMemory: vscode.Memento): vscode.Disposable {
  let running: Promise<Running> | undefined;
  const load = (): Promise<Running> =>
    (running ??= import('./running.ts').then(({ Running }) => new Running(deps, workspaceMemory)));
  const command = (id: string, act: (running: Running) => (argument: unknown) => Promise<unknown>) =>
    deps.commands.registerCommand(id, async (argument: unknown) => act(await load())(argument));
  const loadForRuns = () => {
    if (running === undefined && deps.reader.runs('open').length > 0) void load();
  };
  loadForRuns();
  return vscode.Disposable.from(
    command('deskside.startRun', ({ startRun }) => startRun),
    command('deskside.runStep', ({ runStep }) => runStep),
    command('deskside.tickStep', ({ tickStep }) => tickStep),
    command('deskside.skipStep', ({ skipStep }) => skipStep),
    command('deskside.stopRun', ({ stopRun }) => stopRun),
    command('deskside.handOverRun', ({ handOverRun }) => handOverRun),
    command('deskside.attachRunRecord', ({ attachRunRecord }) => attachRunRecord),
    command('deskside._showRunStep', ({ showRunStep }) => showRunStep),
    command('deskside._showRunRecord', ({ showRunRecord }) => showRunRecord),
    command('deskside._runActions', ({ runActions }) => runActions),
    deps.sync.onDidChange(loadForRuns),
    { dispose: () => void running?.then((loaded) => loaded.dispose()) },
  );
}
