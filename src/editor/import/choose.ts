import * as vscode from 'vscode';

export interface Choice<T> extends vscode.QuickPickItem {
  /** Absent for separators. */
  value?: T;
}

export interface Question<T> {
  title: string;
  placeholder: string;
  step: number;
  steps: number;
  choices: readonly Choice<T>[];
  /** Chosen already when it opens. */
  active?: (value: T) => boolean;
}

/** One step of the import: stays open when the focus goes elsewhere; `undefined` is Escape. */
export function choose<T>(question: Question<T>): Promise<T | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Choice<T>>();
    pick.title = question.title;
    pick.placeholder = question.placeholder;
    pick.step = question.step;
    pick.totalSteps = question.steps;
    pick.items = question.choices;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    pick.ignoreFocusOut = true;
    const active = question.choices.filter(
      ({ value }) => value !== undefined && question.active?.(value) === true,
    );
    if (active.length > 0) pick.activeItems = active;
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen?.value === undefined) return;
      resolve(chosen.value);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

export function separator(label: string): Choice<never> {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}
