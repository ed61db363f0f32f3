import path from 'node:path';
import * as vscode from 'vscode';
import type { Interruption } from '../../desk/run.ts';
import type { Instant } from '../../desk/ticket.ts';
import { Capture, type Captured } from '../../runbooks/capture.ts';
import { commandLine } from '../../runbooks/commandLine.ts';
import type { Shell } from '../../runbooks/runSteps.ts';

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
  env: Record<string, string>;
}

/** The terminals of runs: one a run and shell, so that steps can build on each other. They stay when the run is over. */
export class RunTerminals implements vscode.Disposable {
  readonly #kept = new Map<string, Kept>();
  /** Something is running in them, ours or what the user typed. */
  readonly #busy = new Set<vscode.Terminal>();
  readonly #disposables: vscode.Disposable[];

  constructor() {
    this.#disposables = [
      vscode.window.onDidStartTerminalShellExecution(({ terminal }) => this.#busy.add(terminal)),
      vscode.window.onDidEndTerminalShellExecution(({ terminal }) => this.#busy.delete(terminal)),
      vscode.window.onDidCloseTerminal((terminal) => {
        this.#busy.delete(terminal);
        for (const [key, kept] of this.#kept) if (kept.terminal === terminal) this.#kept.delete(key);
      }),
    ];
  }

  /** The run's terminal for a shell, with these variables: the one it had, unless that is busy or has others. */
  open(
    run: { id: string; ticketKey: string },
    shell: Shell,
    options: { env: Record<string, string>; cwd?: vscode.Uri },
  ): vscode.Terminal {
    const program = programFor(shell);
    const key = `${run.id} ${program ?? ''}`;
    const kept = this.#kept.get(key);
    const { env, cwd } = options;
    const isSame = kept && Object.entries(env).every(([name, value]) => kept.env[name] === value);
    if (kept && isSame && !this.#busy.has(kept.terminal)) return kept.terminal;
    const terminal = vscode.window.createTerminal({
      name: `Deskside ${run.ticketKey}`,
      iconPath: new vscode.ThemeIcon('checklist'),
      env,
      ...(program !== undefined && { shellPath: program }),
      ...(cwd !== undefined && { cwd }),
    });
    this.#kept.set(key, { terminal, env });
    return terminal;
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

const posixShells = /^(?:bash|zsh)(?:\.exe)?$/;

/** What a block's shell is started with; nothing for the user's own, where that can run it. */
function programFor(shell: Shell): string | undefined {
  const own = path.basename(vscode.env.shell.replaceAll('\\', '/')).toLowerCase();
  switch (shell) {
    case 'posix':
      return posixShells.test(own) ? undefined : 'bash';
    case 'powershell':
      return /^(?:pwsh|powershell)(?:\.exe)?$/.test(own)
        ? undefined
        : process.platform === 'win32'
          ? 'powershell.exe'
          : 'pwsh';
    case 'bash':
    case 'zsh':
    case 'fish':
      return own.replace(/\.exe$/, '') === shell ? undefined : shell;
  }
}

/** The terminal's shell integration, once it is there; nothing where there is none, or the user does not wait. */
export async function integrationOf(
  terminal: vscode.Terminal,
): Promise<vscode.TerminalShellIntegration | undefined> {
  if (terminal.shellIntegration) return terminal.shellIntegration;
  const isOn = vscode.workspace
    .getConfiguration('terminal.integrated.shellIntegration')
    .get<boolean>('enabled', true);
  if (!isOn) return undefined;
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t(
    'Waiting for the shell of the terminal "{0}"… If nothing comes of it, it has no shell integration: cancel.',
    terminal.name,
  );
  return vscode.window.withProgress({ location, title, cancellable: true }, (_progress, token) => {
    const disposables: { dispose(): unknown }[] = [];
    return new Promise<vscode.TerminalShellIntegration | undefined>((resolve) => {
      disposables.push(
        token.onCancellationRequested(() => resolve(undefined)),
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
    read(integration.executeCommand(commandLine(command, shell)));
  });
  return { ended, captured: () => capture.captured };
}

async function readInto(capture: Capture, execution: vscode.TerminalShellExecution): Promise<void> {
  for await (const text of execution.read()) capture.add(text);
}
