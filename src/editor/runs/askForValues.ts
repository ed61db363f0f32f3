import * as vscode from 'vscode';
import { fillPlaceholders } from '../../runbooks/placeholders.ts';
import type { DocumentStep } from '../../runbooks/runSteps.ts';
import { isSecretVariable, plainValue } from '../../runbooks/runVariables.ts';

/**
 * Asks for what the ticket does not know and the commands read: for all steps at once, because a terminal gets its
 * environment when it is made. An empty value would do something else than was meant, so there is none.
 */
export async function askForValues(
  steps: readonly DocumentStep[],
  known: Record<string, string>,
  needed: readonly string[],
): Promise<Record<string, string> | undefined> {
  const missing = (names: readonly string[]) => names.filter((name) => known[name] === undefined);
  const given: Record<string, string> = {};
  if (missing(needed).length === 0) return given;
  const all = steps.flatMap(({ command }) =>
    command === undefined ? [] : fillPlaceholders(command.text, command.shell).variables,
  );
  for (const name of new Set(missing([...needed, ...all]))) {
    const value = await vscode.window.showInputBox({
      title: vscode.l10n.t('Value of {0}', name.replace(/^DESKSIDE_/, '').toLowerCase()),
      prompt: vscode.l10n.t('The ticket does not say. Commands of this run read it from {0}.', name),
      ignoreFocusOut: true,
      password: isSecretVariable(name),
      validateInput: (text) => (plainValue(text) === '' ? vscode.l10n.t('It can not be empty.') : undefined),
    });
    if (value === undefined) return undefined;
    given[name] = plainValue(value);
  }
  return given;
}
