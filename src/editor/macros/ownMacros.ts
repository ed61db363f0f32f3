import * as vscode from 'vscode';
import { fail, ok, type Result } from '../../desk/errors.ts';
import { macrosOfSetting, type Macro } from '../../replies/macros.ts';

/** The user's own macros. What a workspace says of this setting is never read. */
export function ownMacros(): Macro[] {
  return macrosOfSetting(
    vscode.workspace.getConfiguration('deskside').inspect<unknown>('macros')?.globalValue,
  );
}

/** Keeps a macro, in the place of the one with the same name. */
export async function putOwnMacro(macro: Macro): Promise<Result<void>> {
  const macros = [...ownMacros().filter(({ name }) => name !== macro.name), macro];
  try {
    await vscode.workspace
      .getConfiguration('deskside')
      .update('macros', macros, vscode.ConfigurationTarget.Global);
    return ok();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return fail({
      reason: 'storage',
      message: vscode.l10n.t('The settings could not be written ({0})', said),
    });
  }
}
