import * as vscode from 'vscode';
import { needsReload, type DeskError } from '../desk/errors.ts';
import { errorText } from './errorText.ts';
import { timeOfDay } from './dates.ts';

/** The last error each context reported, so that the same one does not pop up twice. */
const reported = new Map<string, string>();

export const reloadWindow = 'workbench.action.reloadWindow';

/** What happened, what was kept and what to do, in the user's language. */
export function explain(error: DeskError): string {
  return errorText(error, vscode.l10n.t, timeOfDay);
}

/** Tells the user of an error in the background: once, until the context has another one or {@link settled}. */
export function report(error: DeskError, context: string): void {
  if (error.reason === 'cancelled') return;
  const identity = `${error.reason}\n${error.message}`;
  if (reported.get(context) === identity) return;
  reported.set(context, identity);
  void tell(error);
}

/** The context works again: its next error is news. */
export function settled(context: string): void {
  reported.delete(context);
}

/** Tells the user why what they just asked for did not happen, and what was `kept`. */
export async function tell(error: DeskError, kept = ''): Promise<void> {
  if (error.reason === 'cancelled') return;
  const [button, command] = needsReload(error)
    ? [vscode.l10n.t('Reload Window'), reloadWindow]
    : [vscode.l10n.t('Show Log'), 'deskside.showLog'];
  const chosen = await vscode.window.showErrorMessage(`${explain(error)} ${kept}`.trimEnd(), button);
  if (chosen === button) await vscode.commands.executeCommand(command);
}
