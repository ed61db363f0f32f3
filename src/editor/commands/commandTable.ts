import * as vscode from 'vscode';

type Act = (...args: unknown[]) => unknown;

/** Registers what a command does; gives what takes it back. */
export interface CommandRegistry {
  registerCommand(id: string, act: Act): vscode.Disposable;
}

/**
 * The commands of the manifest, which exist from the start. What they do is told later: a command that runs before waits
 * until all is `ready`.
 */
export class CommandTable implements CommandRegistry, vscode.Disposable {
  readonly #acts = new Map<string, Act>();
  readonly #declared: ReadonlyMap<string, vscode.Disposable>;

  constructor(declared: readonly string[], ready: () => Promise<unknown>) {
    const runWhenReady = (id: string) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        await ready();
        return this.#acts.get(id)?.(...args);
      });
    this.#declared = new Map(declared.map((id) => [id, runWhenReady(id)]));
  }

  /** A command that the manifest does not declare, because only our own rows run it, exists from now on. */
  registerCommand(id: string, act: Act): vscode.Disposable {
    if (!this.#declared.has(id)) return vscode.commands.registerCommand(id, act);
    this.#acts.set(id, act);
    return new vscode.Disposable(() => this.#acts.delete(id));
  }

  dispose(): void {
    for (const registration of this.#declared.values()) registration.dispose();
  }
}
