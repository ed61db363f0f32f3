import * as vscode from 'vscode';
import { parseDraft } from '../../replies/draftText.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { ownMacros, putOwnMacro } from './ownMacros.ts';

/**
 * Makes a macro of what is written in the panel's box, or selected or written in a draft; where nothing is, of what the
 * user types. `readers` says which of the two boxes of the panel.
 */
export async function newMacro(deps: CommandDeps, readers: unknown): Promise<void> {
  const written = await writtenText(deps, readers);
  if (written === undefined) return;
  const name = await askName(written);
  if (name === undefined) return;
  const text = written === '' ? await askForText(name) : written;
  if (text === undefined) return;
  const kept = await putOwnMacro({ name, text });
  if (kept.ok) void sayKept(name);
  else await tell(kept.error);
}

/** Empty where nothing is written; `undefined`: Escape. */
async function writtenText(deps: CommandDeps, readers: unknown): Promise<string | undefined> {
  const ref = deps.panels.active();
  if (ref) {
    const textFor = (kind: 'reply' | 'note') => bodyOf(deps.drafts.read(kind, ref));
    if (readers === 'public') return textFor('reply');
    if (readers === 'internal') return textFor('note');
    return pickText(textFor('reply'), textFor('note'));
  }
  const editor = vscode.window.activeTextEditor;
  return editor && deps.drafts.of(editor.document) ? textOf(editor) : '';
}

async function pickText(reply: string, note: string): Promise<string | undefined> {
  if (reply === '' || note === '') return reply || note;
  const picked = await vscode.window.showQuickPick(
    [
      { label: `$(lock) ${vscode.l10n.t('Internal note')}`, detail: beginning(note), text: note },
      { label: `$(globe) ${vscode.l10n.t('Public reply')}`, detail: beginning(reply), text: reply },
    ],
    {
      title: vscode.l10n.t('New Macro'),
      placeHolder: vscode.l10n.t('Of which text?'),
    },
  );
  return picked?.text;
}

async function askName(text: string): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('New Macro'),
    prompt:
      text === ''
        ? vscode.l10n.t('What is it called?')
        : vscode.l10n.t('What is it called? Its text: “{0}”', beginning(text)),
    ignoreFocusOut: true,
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
  return name?.trim();
}

async function askForText(name: string): Promise<string | undefined> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('New Macro: {0}', name),
    prompt: vscode.l10n.t(
      'Its text, one line here. Placeholders such as {0} are filled in for each ticket.',
      '{{requester.firstname}}',
    ),
    ignoreFocusOut: true,
    validateInput: (value) => (value.trim() === '' ? vscode.l10n.t('A macro needs a text.') : undefined),
  });
  return text?.trim();
}

async function sayKept(name: string): Promise<void> {
  const edit = vscode.l10n.t('Edit');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The macro “{0}” is kept in your user settings ({1}). Placeholders such as {2} can be put into it.',
      name,
      'deskside.macros',
      '{{requester.name}}',
    ),
    edit,
  );
  if (answer !== edit) return;
  await vscode.commands.executeCommand('workbench.action.openSettingsJson', {
    revealSetting: { key: 'deskside.macros' },
  });
}

function textOf({ document, selection }: vscode.TextEditor): string {
  const selected = document.getText(selection).trim();
  return selected === '' ? bodyOf(document.getText()) : selected;
}

function bodyOf(draft: string): string {
  const parsed = parseDraft(draft);
  return parsed.ok ? parsed.value.body.trim() : '';
}

function beginning(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
