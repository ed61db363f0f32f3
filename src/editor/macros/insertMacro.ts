import * as vscode from 'vscode';
import type { Draft } from '../../desk/draft.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { openPlaceholders } from '../../replies/placeholders.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { fillFor } from './fillFor.ts';
import { pickMacro, type MacroDeps, type Readers } from './pickMacro.ts';

/** Puts a macro where the user is writing: into the draft in the editor, the panel's box, or a ticket's reply or note. */
export async function insertMacro(deps: CommandDeps, argument: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const draft = editor && deps.drafts.of(editor.document);
  if (editor && draft) return insertIntoDocument(deps, editor, draft);
  if (deps.panels.insertMacro()) return;
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const readers = await pickReaders(ticket);
  if (readers === undefined) return;
  const text = await macroText(deps, ticket, readers);
  if (text === undefined) return;
  const kind = readers === 'public' ? 'reply' : 'note';
  const label =
    readers === 'public'
      ? vscode.l10n.t('Reply to {0}', ticket.key)
      : vscode.l10n.t('Note on {0}', ticket.key);
  const written = deps.drafts.read(kind, ticket).trimEnd();
  const whole = written === '' ? text : `${written}\n\n${text}`;
  const kept = await deps.drafts.update(kind, ticket, label, whole);
  if (kept.ok) deps.panels.open(ticket, { compose: readers });
  else await tell(kept.error);
}

/** The text of the macro that the user picks, as it reads for this ticket. */
export async function macroText(
  deps: MacroDeps,
  ticket: Ticket,
  readers: Readers,
): Promise<string | undefined> {
  const macro = await pickMacro(deps, ticket, {
    title:
      readers === undefined
        ? vscode.l10n.t('Insert Macro')
        : readers === 'public'
          ? vscode.l10n.t('Insert Macro into the Public Reply to {0}', ticket.key)
          : vscode.l10n.t('Insert Macro into the Internal Note on {0}', ticket.key),
    readers,
  });
  return macro && fillFor(deps, ticket, macro.text);
}

async function insertIntoDocument(deps: CommandDeps, editor: vscode.TextEditor, draft: Draft): Promise<void> {
  const ticket =
    draft.ticketId === undefined
      ? undefined
      : deps.reader.ticket({ accountId: draft.accountId, id: draft.ticketId });
  if (!ticket) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Macros are about a ticket: create it first.'));
    return;
  }
  const text = await macroText(deps, ticket, readersOf(draft));
  if (text === undefined) return;
  const start = editor.document.offsetAt(editor.selection.start);
  await editor.edit((edit) => edit.replace(editor.selection, text));
  const [open] = openPlaceholders(text);
  const at = (offset: number) => editor.document.positionAt(start + offset);
  editor.selection = open
    ? new vscode.Selection(at(open.start), at(open.end))
    : new vscode.Selection(at(text.length), at(text.length));
}

/** Who reads a draft of this kind; nobody knows of a resolution before it is written. */
export function readersOf({ kind }: Pick<Draft, 'kind'>): Readers {
  if (kind === 'resolution' || kind === 'new-ticket') return undefined;
  return kind === 'reply' ? 'public' : 'internal';
}

async function pickReaders(ticket: Ticket): Promise<'public' | 'internal' | undefined> {
  const picked = await vscode.window.showQuickPick(
    [
      { label: `$(lock) ${vscode.l10n.t('Internal note')}`, readers: 'internal' as const },
      { label: `$(globe) ${vscode.l10n.t('Public reply')}`, readers: 'public' as const },
    ],
    {
      title: vscode.l10n.t('Insert Macro for {0}', ticket.key),
      placeHolder: vscode.l10n.t('Who is to read it? Nothing is sent yet.'),
    },
  );
  return picked?.readers;
}
