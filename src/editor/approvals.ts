import * as vscode from 'vscode';

const memoryKey = 'deskside.approved';
/** Content that nobody has any more is forgotten at last. */
const mostKept = 500;

/**
 * What the user approved on this machine, by hash: whoever changes a file that comes with a repository has to be
 * approved anew. Kept with the editor, not in the workspace.
 */
export class Approvals {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  has(hash: string): boolean {
    return vscode.workspace.isTrusted && this.#all().includes(hash);
  }

  async add(hash: string): Promise<void> {
    await this.#memory.update(
      memoryKey,
      [...this.#all().filter((one) => one !== hash), hash].slice(-mostKept),
    );
  }

  async remove(hash: string): Promise<void> {
    await this.#memory.update(
      memoryKey,
      this.#all().filter((one) => one !== hash),
    );
  }

  #all(): string[] {
    const kept = this.#memory.get<unknown>(memoryKey);
    return Array.isArray(kept) ? kept.filter((one) => typeof one === 'string') : [];
  }
}
