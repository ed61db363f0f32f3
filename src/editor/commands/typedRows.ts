import * as vscode from 'vscode';
import { chosen } from './steps.ts';

/**
 * The rows of a quick pick that change while it is open. VS Code tells which row was taken by its place in the list; so
 * while other rows are on their way to the window, a place may still be one of the rows before them.
 */
export class TypedRows<T extends vscode.QuickPickItem> {
  readonly #pick: vscode.QuickPick<T>;
  readonly #places = new WeakMap<T, number>();
  /** How often rows were shown, and how many of these times the window is known to have caught up with. */
  #shown = 0;
  #arrived = 0;

  constructor(pick: vscode.QuickPick<T>) {
    this.#pick = pick;
    // Else VS Code shows what it thinks fits best first, while another row is the one in focus. Not yet part of the stable
    // API, though it has been there since 2019 (microsoft/vscode#73904); where it is not, nothing comes of this.
    Object.assign(pick, { sortByLabel: false });
  }

  /** Shows these rows in place of those before. */
  show(rows: readonly T[]): void {
    this.#shown += 1;
    const count = this.#shown;
    for (const [place, row] of rows.entries()) this.#places.set(row, place);
    this.#pick.items = rows;
    // VS Code hands the rows on at the end of this turn; whatever the window is asked after that, it answers with the rows
    // in it, and after all that was pressed before.
    setTimeout(() => {
      void vscode.commands.executeCommand('setContext', 'deskside.rowsShown', count).then(() => {
        this.#arrived = count;
      });
    });
  }

  /**
   * The row that was taken. Before the newest rows are in the window, Enter takes `early`, and a click nothing: it was on a
   * row that is gone.
   */
  taken(early?: T): T | undefined {
    if (this.#arrived === this.#shown) return chosen(this.#pick);
    return this.#isClick() ? undefined : early;
  }

  /** Enter takes the row in focus; a click another one, which is told to be in focus only later. */
  #isClick(): boolean {
    const [selected] = this.#pick.selectedItems;
    const [active] = this.#pick.activeItems;
    return selected && active ? this.#places.get(selected) !== this.#places.get(active) : false;
  }
}
