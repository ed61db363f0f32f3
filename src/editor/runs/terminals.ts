import path from 'node:path';
import * as vscode from 'vscode';
import type { Interruption } from '../../desk/run.ts';
import type { Instant } from '../../desk/ticket.ts';
import { Capture, type Captured } from '../../runbooks/capture.ts';
import { commandLine } from '../../runbooks/commandLine.ts';
import type { Shell } from '../../runbooks/runSteps.ts';
import { isSecretVariable } from '../../runbooks/runVariables.ts';
import { shellProgram } from '../../runbooks/shellProgram.ts';
import { showProgress } from '../progress.ts';

/** What was printed may arrive a little after the end was told. */
const outputWithin = 3_000;

/** How a command ended, as far as its terminal told. */
export interface Ended {
  /** When the end was told, not when the last of its output had come. */
  at: Instant;
  exitCode?: number;
  interrupted?: Interruption;
}

export interface Execution {
  ended: Promise<Ended>;
  /** What was printed so far. */
  captured(): Captured;
}

interface Kept {
  terminal: vscode.Terminal;
  /** What it was made with. */
  env: Record<string, string>;
}

/** A terminal that nothing runs in: that is how the next window finds it. */
interface Free {
  pid: number;
  /** As in {@link Kept}. */
  env: Record<string, string>;
}

/** By run and program, in this workspace. */
const freeKey = 'deskside.runs.terminals';
const mostFree = 20;

/**
 * The terminals of runs: one a run and shell, so that steps can build on each other. They stay when the run is over, and
 * outlive a reload of the window as other terminals do.
 */
export class RunTerminals implements vscode.Disposable {
  readonly #memory: vscode.Memento;
  readonly #kept = new Map<string, Kept>();
  /** Something is running in them, ours or what the user typed. */
  readonly #busy = new Set<vscode.Terminal>();
  readonly #disposables: vscode.Disposable[];

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
    this.#disposables = [
      vscode.window.onDidStartTerminalShellExecution(({ terminal }) => {
        this.#busy.add(terminal);
        for (const key of this.#keysOf(terminal)) this.#noteFree(key, undefined);
      }),
      vscode.window.onDidEndTerminalShellExecution(({ terminal }) => {
        this.#busy.delete(terminal);
        for (const key of this.#keysOf(terminal)) void this.#freed(key);
      }),
      vscode.window.onDidCloseTerminal((terminal) => {
        this.#busy.delete(terminal);
        for (const key of this.#keysOf(terminal)) {
          this.#kept.delete(key);
          this.#noteFree(key, undefined);
        }
      }),
    ];
  }

  /** The run's terminal for a shell: the one it had, unless that is busy or has other values of what is read. */
  async open(
    run: { id: string; ticketKey: string },
    shell: Shell,
    options: { env: Record<string, string>; reads: readonly string[]; cwd?: vscode.Uri },
  ): Promise<vscode.Terminal> {
    const own = path.parse(vscode.env.shell.replaceAll('\\', '/').toLowerCase()).name;
    const program = shellProgram(shell, own, process.platform);
    const key = `${run.id} ${program}`;
    const name = `Deskside ${run.ticketKey}`;
    const { env, reads, cwd } = options;
    const kept = this.#kept.get(key) ?? (await this.#left(key, name));
    const isSame = kept && reads.every((variable) => kept.env[variable] === env[variable]);
    if (kept && isSame && !this.#busy.has(kept.terminal)) {
      // What is asked for is about to be used, and a window can go away before the shell tells that it is.
      this.#noteFree(key, undefined);
      return kept.terminal;
    }
    const terminal = vscode.window.createTerminal({
      name,
      // VS Code writes down what a terminal was made with, to have it again in the next window.
      isTransient: hasSecret(env),
      iconPath: new vscode.ThemeIcon('checklist'),
      env,
      ...(program !== own && { shellPath: program }),
      ...(cwd !== undefined && { cwd }),
    });
    this.#kept.set(key, { terminal, env });
    return terminal;
  }

  /** The one that the last window left free. */
  async #left(key: string, name: string): Promise<Kept | undefined> {
    const free = this.#free[key];
    if (free === undefined) return undefined;
    for (const terminal of vscode.window.terminals) {
      if (terminal.name !== name || (await terminal.processId) !== free.pid) continue;
      const kept = { terminal, env: free.env };
      this.#kept.set(key, kept);
      return kept;
    }
    return undefined;
  }

  get #free(): Record<string, Free> {
    return this.#memory.get(freeKey, {});
  }

  #keysOf(terminal: vscode.Terminal): string[] {
    return [...this.#kept].flatMap(([key, kept]) => (kept.terminal === terminal ? key : []));
  }

  async #freed(key: string): Promise<void> {
    const { terminal, env } = this.#kept.get(key) ?? {};
    const pid = await terminal?.processId;
    if (terminal === undefined || env === undefined || pid === undefined || this.#busy.has(terminal)) return;
    if (!hasSecret(env)) this.#noteFree(key, { pid, env });
  }

  #noteFree(key: string, free: Free | undefined): void {
    const others = Object.entries(this.#free).filter(([other]) => other !== key);
    const all = free === undefined ? others : [...others, [key, free] as const];
    void this.#memory.update(freeKey, Object.fromEntries(all.slice(-mostFree)));
  }

  /** The interrupt key, in the terminals of a run. */
  interrupt(runId: string): void {
    for (const [key, { terminal }] of this.#kept)
      if (key.startsWith(`${runId} `) && this.#busy.has(terminal)) terminal.sendText('\u0003', false);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

function hasSecret(env: Record<string, string>): boolean {
  return Object.keys(env).some(isSecretVariable);
}

/** The terminal's shell integration, once it is there; nothing where there is none, or the user does not wait. */
export async function integrationOf(
  terminal: vscode.Terminal,
): Promise<vscode.TerminalShellIntegration | undefined> {
  if (terminal.shellIntegration || terminal.exitStatus) return terminal.shellIntegration;
  const isOn = vscode.workspace
    .getConfiguration('terminal.integrated.shellIntegration')
    .get<boolean>('enabled', true);
  if (!isOn) return undefined;
  const title = vscode.l10n.t(
    'Waiting for the shell of the terminal "{0}"… If nothing comes of it, it has no shell integration: cancel.',
    terminal.name,
  );
  return showProgress(title, (signal) => {
    const disposables: { dispose(): unknown }[] = [];
    return new Promise<vscode.TerminalShellIntegration | undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined));
      disposables.push(
        vscode.window.onDidCloseTerminal((closed) => closed === terminal && resolve(undefined)),
        vscode.window.onDidChangeTerminalShellIntegration(
          (changed) => changed.terminal === terminal && resolve(changed.shellIntegration),
        ),
      );
    }).finally(() => disposables.forEach((one) => void one.dispose()));
  });
}

/** Runs a command, and follows it to its end. */
export function execute(
  terminal: vscode.Terminal,
  integration: vscode.TerminalShellIntegration,
  { command, shell, now }: { command: string; shell: Shell; now: () => Instant },
): Execution {
  const capture = new Capture();
  const disposables: vscode.Disposable[] = [];
  const ended = new Promise<Ended>((resolve) => {
    const end = (how: Ended) => {
      disposables.forEach((one) => void one.dispose());
      resolve(how);
    };
    let own: vscode.TerminalShellExecution | undefined;
    let reading: Promise<void> = Promise.resolve();
    const read = (execution: vscode.TerminalShellExecution) => {
      own = execution;
      reading = readInto(capture, execution);
    };
    disposables.push(
      vscode.window.onDidStartTerminalShellExecution((started) => {
        // A command line that the shell tells of in other words is another execution to VS Code.
        if (started.terminal === terminal && own !== started.execution) read(started.execution);
      }),
      vscode.window.onDidEndTerminalShellExecution(({ terminal: where, execution, exitCode }) => {
        if (where !== terminal || execution !== own) return;
        const at = now();
        const late = new Promise((go) => setTimeout(go, outputWithin));
        void Promise.race([reading.catch(() => undefined), late]).then(() =>
          end({ at, ...(exitCode !== undefined && { exitCode }) }),
        );
      }),
      vscode.window.onDidCloseTerminal((closed) => {
        if (closed !== terminal) return;
        const { code, reason } = closed.exitStatus ?? {};
        const byItself = reason === vscode.TerminalExitReason.Process && code !== undefined;
        end({ at: now(), ...(byItself ? { exitCode: code } : { interrupted: 'terminal' as const }) });
      }),
    );
    if (terminal.exitStatus === undefined) read(integration.executeCommand(commandLine(command, shell)));
    else end({ at: now(), interrupted: 'terminal' });
  });
  return { ended, captured: () => capture.captured };
}

async function readInto(capture: Capture, execution: vscode.TerminalShellExecution): Promise<void> {
  for await (const text of execution.read()) capture.add(text);
}
