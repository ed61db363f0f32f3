import type * as vscode from 'vscode';

/**
 * VS Code's memory for all windows, written one value after the other. An extension host is told of its own writes too,
 * and takes what it wrote for all there is: a value that was set meanwhile would be forgotten.
 */
export class OrderlyMemory implements vscode.Memento {
  readonly #memory: vscode.Memento;
  /** What is being written, or waits to be. */
  readonly #unwritten = new Map<string, unknown>();
  #last: Promise<void> = Promise.resolve();

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  keys(): readonly string[] {
    const all = new Set([...this.#memory.keys(), ...this.#unwritten.keys()]);
    return [...all].filter((key) => this.get(key) !== undefined);
  }

  get<T>(key: string, otherwise?: T): T {
    const value = this.#unwritten.has(key) ? this.#unwritten.get(key) : this.#memory.get<unknown>(key);
    return (value ?? otherwise) as T;
  }

  update(key: string, value: unknown): Promise<void> {
    this.#unwritten.set(key, value);
    const written = this.#last.then(async () => {
      try {
        await this.#memory.update(key, value);
      } finally {
        if (this.#unwritten.get(key) === value) this.#unwritten.delete(key);
      }
    });
    this.#last = written.catch(() => undefined);
    return written;
  }
}
