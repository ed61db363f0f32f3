import * as vscode from 'vscode';
import { oneLine } from '../../desk/plainText.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { findRedactions } from '../../runbooks/redaction.ts';
import { addToRunbook, type Addition } from '../../runbooks/runbookAddition.ts';
import { peopleOf, ticketSections } from '../../runbooks/runbookFromTicket.ts';
import { runbookSections } from '../../runbooks/runbookTemplate.ts';
import { changeBetween } from '../../runbooks/textChange.ts';
import { firstWords } from '../../runbooks/timelineText.ts';
import type { CommandDeps } from '../commands/deps.ts';
import type { WorkspaceDocument } from './documents.ts';
import { pickDocument } from './linkDocument.ts';
import { targetFolder } from './newFile.ts';
import { review } from './review.ts';
import { linkWrittenFrom } from './writtenFrom.ts';

const detailLength = 120;
/** Stands between the pieces while they are looked through together; no text of a ticket has it. */
const between = '\n\n\u0001\n\n';
const usual = new Set(['steps', 'cause', 'history']);

/** Puts what a ticket knows into a runbook that is there already: steps, other sections, or a section of its own. */
export async function addToRunbookFromTicket(deps: CommandDeps, argument: unknown): Promise<void> {
  if (!(await targetFolder())) return;
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const picked = await pickDocument(deps, ticket, {
    title: vscode.l10n.t('Add {0} to which runbook?', ticket.key),
  });
  if (picked?.document) await addTicketTo(deps, ticket, picked.document);
}

export async function addTicketTo(
  deps: CommandDeps,
  ticket: Ticket,
  document: WorkspaceDocument,
): Promise<void> {
  const chosen = await pickAdditions(deps, ticket);
  if (!chosen || chosen.length === 0) return;
  const people = peopleOf(ticket, deps.reader.entries(ticket));
  const joined = chosen.map(({ heading = '', text }) => `${heading}${between}${text}`).join(between);
  const title = vscode.l10n.t('Add to Runbook (2/2): what is to be taken out of the text?');
  const reviewed = await review(joined, findRedactions(joined, people), title);
  if (reviewed === undefined) return;
  const pieces = reviewed.split(between);
  const additions = chosen.map(({ section }, at): Addition => {
    const heading = pieces[at * 2];
    return { section, text: pieces[at * 2 + 1] ?? '', ...(heading && { heading }) };
  });
  if (!(await change(document.uri, (text) => addToRunbook(text, additions, ticket.key)))) return;
  const { id, title: name, path } = document.ref;
  await linkWrittenFrom(
    deps,
    ticket,
    { ...(id !== undefined && { id }), title: name, path },
    vscode.l10n.t('What {0} taught is in {1}. Read it through, and save it.', ticket.key, path),
  );
}

/** What the ticket has for each section; steps, cause and history are ticked. */
async function pickAdditions(deps: CommandDeps, ticket: Ticket): Promise<Addition[] | undefined> {
  const known = ticketSections(ticket, deps.reader.entries(ticket), deps.now());
  const items = runbookSections.flatMap(({ id, heading }) => {
    const text = known[id]?.trim() ?? '';
    const addition: Addition = { section: id, text };
    return text === ''
      ? []
      : [{ label: heading, detail: firstWords(text, detailLength), picked: usual.has(id), addition }];
  });
  const own = ['issue', 'steps', 'verify', 'cause'] as const;
  const heading = oneLine(ticket.subject) || ticket.key;
  const whole = own.flatMap((id) => known[id]?.trim() || []).join('\n\n');
  const section = {
    label: `$(list-tree) ${vscode.l10n.t('A section of its own')}`,
    detail: heading,
    picked: false,
    addition: { section: 'own' as const, heading, text: whole },
  };
  const picked = await vscode.window.showQuickPick([...items, ...(whole === '' ? [] : [section])], {
    canPickMany: true,
    title: vscode.l10n.t('Add to Runbook (1/2): what does {0} add?', ticket.key),
    placeHolder: vscode.l10n.t('Each goes to the end of its section'),
  });
  return picked?.map(({ addition }) => addition);
}

/** Changes an open or closed document by one edit, which can be undone, and shows it unsaved. */
async function change(uri: vscode.Uri, made: (text: string) => string): Promise<boolean> {
  const document = await vscode.workspace.openTextDocument(uri);
  const edit = new vscode.WorkspaceEdit();
  const { start, end, text } = changeBetween(document.getText(), made(document.getText()));
  edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t(
        '{0} could not be changed. It is as it was.',
        vscode.workspace.asRelativePath(uri, false),
      ),
    );
    return false;
  }
  await vscode.window.showTextDocument(document, { preview: false });
  return true;
}
