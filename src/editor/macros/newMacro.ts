import * as vscode from 'vscode';
import { parseDraft } from '../../replies/draftText.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { ownMacros, putOwnMacro } from './ownMacros.ts';

/** Makes a macro of what is selected or written in a draft; elsewhere shows the setting where macros are. */
export async function newMacro(deps: CommandDeps): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const draft = editor && deps.drafts.of(editor.document);
  const text = editor && draft ? textOf(editor) : '';
  if (text === '') {
    await vscode.commands.executeCommand('workbench.action.openSettingsJson', {
      revealSetting: { key: 'deskside.macros', edit: true },
    });
    return;
  }
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New Macro'),
    prompt: vscode.l10n.t('What is it called?'),
    validateInput: (value) =>
      value.trim() === ''
        ? vscode.l10n.t('A macro needs a name.')
        : ownMacros().some((macro) => macro.name === value.trim())
          ? {
              message: vscode.l10n.t('There is a macro of that name; it will be replaced.'),
              severity: vscode.InputBoxValidationSeverity.Warning,
            }
          : undefined,
  });
  if (name === undefined) return;
  const kept = await putOwnMacro({ name: name.trim(), text });
  if (!kept.ok) {
    await tell(kept.error);
    return;
  }
  const show = vscode.l10n.t('Show');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Macro kept: {0}. Placeholders such as {1} can be put into it.',
      name.trim(),
      '{{requester.name}}',
    ),
    show,
  );
  if (answer !== show) return;
  await vscode.commands.executeCommand('workbench.action.openSettingsJson', {
    revealSetting: { key: 'deskside.macros' },
  });
}

function textOf({ document, selection }: vscode.TextEditor): string {
  const selected = document.getText(selection).trim();
  if (selected !== '') return selected;
  const parsed = parseDraft(document.getText());
  return parsed.ok ? parsed.value.body : '';
}
