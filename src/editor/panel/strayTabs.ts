import * as vscode from 'vscode';

/** Longer than VS Code takes to hand over the panel of a tab that came to the front. */
const patience = 3_000;

/**
 * Tabs of panels that nobody answers in: VS Code leaves them behind when an extension host ends, and hands a restored one
 * over only when it comes to the front. Nothing but their title says what they show.
 */
export class StrayTabs implements vscode.Disposable {
  readonly #viewType: string;
  readonly #isAnswered: (title: string) => boolean;
  readonly #disposables: vscode.Disposable[] = [];
  #looking: NodeJS.Timeout | undefined;

  /** `replace` is asked for a living panel in the place of a stray one that is in front of its group. */
  constructor(
    viewType: string,
    isAnswered: (title: string) => boolean,
    replace: (title: string, column: vscode.ViewColumn) => boolean,
  ) {
    this.#viewType = viewType;
    this.#isAnswered = isAnswered;
    const look = () => {
      clearTimeout(this.#looking);
      this.#looking = setTimeout(() => {
        for (const tab of this.#all()) {
          if (tab.isActive && replace(tab.label, tab.group.viewColumn)) void this.#close(tab);
        }
      }, patience);
    };
    this.#disposables.push(vscode.window.tabGroups.onDidChangeTabs(look));
    look();
  }

  /** Closes what is left of this title: there is a living panel instead. */
  close(title: string): void {
    for (const tab of this.#all()) if (tab.label === title) void this.#close(tab);
  }

  dispose(): void {
    clearTimeout(this.#looking);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #all(): vscode.Tab[] {
    return vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(
        ({ input, label }) =>
          input instanceof vscode.TabInputWebview &&
          input.viewType.endsWith(this.#viewType) &&
          !this.#isAnswered(label),
      );
  }

  #close(tab: vscode.Tab): Thenable<boolean> {
    // It may be gone already, by the user's hand.
    return vscode.window.tabGroups.close(tab, true).then(undefined, () => false);
  }
}
