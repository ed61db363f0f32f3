import * as vscode from 'vscode';

/** The user wants the step before this one again. */
export const back = Symbol('back');
export type Answer<T> = T | typeof back | undefined;

/** One question among several: asks and keeps the answer itself. */
export type Step = (place: Place) => Promise<'next' | 'back' | 'cancel'>;

export interface Place {
  step: number;
  totalSteps: number;
}

/** Asks one question after the other, back and forth. Gives whether all were answered. */
export async function runSteps(steps: readonly Step[]): Promise<boolean> {
  let index = 0;
  for (let step = steps[0]; step; step = steps[index]) {
    const done = await step({ step: index + 1, totalSteps: steps.length });
    if (done === 'cancel') return false;
    index = Math.max(0, index + (done === 'next' ? 1 : -1));
  }
  return true;
}

/** What an answer means for the sequence; an actual one is handed to `keep`. */
export function settle<T>(answer: Answer<T>, keep: (value: T) => void): 'next' | 'back' | 'cancel' {
  if (answer === back) return 'back';
  if (answer === undefined) return 'cancel';
  keep(answer);
  return 'next';
}

export interface InputQuestion {
  title: string;
  prompt: string;
  value?: string;
  placeholder?: string;
  password?: boolean;
  /** A sentence where the value will not do. */
  validate?: (value: string) => string | undefined;
  /** Beside the title, each with what it does. */
  buttons?: readonly { button: vscode.QuickInputButton; press: () => void }[];
}

/** Asks for a text. Does not vanish when the focus goes elsewhere: a token is fetched from another window. */
export function askText(question: InputQuestion, place: Place): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  const buttons = question.buttons ?? [];
  Object.assign(input, {
    title: question.title,
    prompt: question.prompt,
    value: question.value ?? '',
    placeholder: question.placeholder ?? '',
    password: question.password ?? false,
    ignoreFocusOut: true,
    buttons: [
      ...(place.step > 1 ? [vscode.QuickInputButtons.Back] : []),
      ...buttons.map(({ button }) => button),
    ],
    ...(place.totalSteps > 1 && place),
  });
  return new Promise((resolve) => {
    const finish = (answer: Answer<string>) => {
      resolve(answer);
      input.dispose();
    };
    input.onDidChangeValue(() => (input.validationMessage = ''));
    input.onDidAccept(() => {
      const problem = question.validate?.(input.value);
      if (problem === undefined) finish(input.value);
      else input.validationMessage = problem;
    });
    input.onDidTriggerButton((pressed) => {
      if (pressed === vscode.QuickInputButtons.Back) finish(back);
      else buttons.find(({ button }) => button === pressed)?.press();
    });
    input.onDidHide(() => finish(undefined));
    input.show();
  });
}

/** Asks for one of `items`; `active` is the one to begin with. */
export function askChoice<T extends vscode.QuickPickItem>(
  question: { title: string; placeholder: string; items: readonly T[]; active?: T },
  place: Place,
): Promise<Answer<T>> {
  const pick = vscode.window.createQuickPick<T>();
  Object.assign(pick, {
    title: question.title,
    placeholder: question.placeholder,
    items: question.items,
    matchOnDescription: true,
    buttons: place.step > 1 ? [vscode.QuickInputButtons.Back] : [],
    ...place,
  });
  if (question.active) pick.activeItems = [question.active];
  return new Promise((resolve) => {
    const finish = (answer: Answer<T>) => {
      resolve(answer);
      pick.dispose();
    };
    pick.onDidAccept(() => finish(chosen(pick)));
    pick.onDidTriggerButton(() => finish(back));
    pick.onDidHide(() => finish(undefined));
    pick.show();
  });
}

export interface LoadedQuestion {
  title: string;
  placeholder: string;
  /** Said where there is nothing to choose from. */
  none: string;
}

type Load<T> = (signal: AbortSignal) => Promise<{ items: T[]; hint?: string }>;

/** Asks for one of items that have to be fetched: shows at once that it does, and Escape ends it. */
export async function pickLoaded<T extends vscode.QuickPickItem>(
  question: LoadedQuestion,
  load: Load<T>,
): Promise<T | undefined> {
  const [first] = await askLoaded(question, load, false);
  return first;
}

/** The same for any number of them; none where it was cancelled. */
export function pickLoadedMany<T extends vscode.QuickPickItem>(
  question: LoadedQuestion,
  load: Load<T>,
): Promise<readonly T[]> {
  return askLoaded(question, load, true);
}

function askLoaded<T extends vscode.QuickPickItem>(
  question: LoadedQuestion,
  load: Load<T>,
  canSelectMany: boolean,
): Promise<readonly T[]> {
  const pick = vscode.window.createQuickPick<T>();
  const loading = new AbortController();
  Object.assign(pick, {
    title: question.title,
    placeholder: question.placeholder,
    busy: true,
    canSelectMany,
  });
  void load(loading.signal).then(({ items, hint }) => {
    if (loading.signal.aborted) return;
    pick.busy = false;
    pick.items = items;
    if (hint !== undefined) pick.title = `${question.title} (${hint})`;
    if (items.length === 0) pick.placeholder = question.none;
  });
  return new Promise((resolve) => {
    pick.onDidAccept(() => {
      if (pick.busy) return;
      const one = chosen(pick);
      resolve(canSelectMany ? pick.selectedItems : one ? [one] : []);
      pick.hide();
    });
    pick.onDidHide(() => {
      loading.abort();
      resolve([]);
      pick.dispose();
    });
    pick.show();
  });
}

/** What was accepted: a click is told as the selection, and the row it is on becomes the active one only later. */
export function chosen<T extends vscode.QuickPickItem>(pick: vscode.QuickPick<T>): T | undefined {
  return pick.selectedItems[0] ?? pick.activeItems[0];
}
