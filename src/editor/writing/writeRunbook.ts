import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ResolutionLink } from '../../desk/links.ts';
import { formatResolution } from '../../desk/resolutionNote.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { describeDocument } from '../../runbooks/document.ts';
import { applyRedactions, type Redaction } from '../../runbooks/redaction.ts';
import { runbookFromTicket } from '../../runbooks/runbookFromTicket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { workspaceDocuments } from './documents.ts';

/** How much of the line before a redaction is shown, in characters. */
const wordsBefore = 30;

/** Writes a runbook from what a ticket's timeline knows, after the user has seen what is taken out of it. */
export async function writeRunbook(deps: CommandDeps, argument: unknown): Promise<void> {
  const folder = await targetFolder();
  if (!folder) return;
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const takenIds = new Set((await workspaceDocuments()).flatMap(({ ref }) => ref.id ?? []));
  const written = runbookFromTicket(ticket, deps.reader.entries(ticket), { now: deps.now(), takenIds });
  const redactions = await review(written.text, written.redactions);
  if (!redactions) return;
  const uri = await askForFile(folder, written.fileName);
  if (!uri) return;
  const text = applyRedactions(written.text, redactions);

  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { contents: new TextEncoder().encode(text) });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t('{0} could not be written. Nothing was changed.', uri.path),
    );
    return;
  }
  await vscode.window.showTextDocument(uri, { preview: false });

  const { id, title } = describeDocument(text, uri.path);
  const link: ResolutionLink = {
    document: { ...(id !== undefined && { id }), title, path: vscode.workspace.asRelativePath(uri, false) },
    outcome: 'written-from',
  };
  const stored = await deps.writer.run('putLink', {
    id: randomUUID(),
    ticket: { accountId: ticket.accountId, id: ticket.id },
    ticketKey: ticket.key,
    ...link,
    at: deps.now(),
    by: deps.reader.accountState(ticket.accountId)?.me?.name ?? '',
  });
  if (!stored.ok)
    void tell(stored.error, vscode.l10n.t('The runbook is written, but not linked to the ticket.'));
  await offerNote(deps, ticket, link);
}

/** The folder runbooks are written to; never outside a trusted workspace. */
async function targetFolder(): Promise<vscode.Uri | undefined> {
  if (!vscode.workspace.isTrusted) {
    const manage = vscode.l10n.t('Manage Trust');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('Runbooks are written only to a workspace you trust.'),
      manage,
    );
    if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
    return undefined;
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length === 0) {
    const openFolder = vscode.l10n.t('Open Folder');
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t('Open the folder that keeps your runbooks first.'),
      openFolder,
    );
    if (answer === openFolder) await vscode.commands.executeCommand('workbench.action.files.openFolder');
    return undefined;
  }
  const folder = folders.length === 1 ? folders[0] : await vscode.window.showWorkspaceFolderPick();
  if (!folder) return undefined;
  const configured = vscode.workspace
    .getConfiguration('deskside', folder.uri)
    .get('runbooks.folder', 'runbooks');
  const target = vscode.Uri.joinPath(folder.uri, configured);
  return isInside(folder.uri, target) ? target : folder.uri;
}

/** Shows every secret and personal datum that was found; what stays ticked is taken out. */
async function review(
  text: string,
  redactions: readonly Redaction[],
): Promise<readonly Redaction[] | undefined> {
  if (redactions.length === 0) return [];
  const items = redactions.map((redaction) => ({
    label: redaction.text,
    description: `→ ${redaction.replacement}`,
    detail: lineAround(text, redaction),
    picked: true,
    redaction,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    canPickMany: true,
    matchOnDetail: true,
    title: vscode.l10n.t('Write Runbook (1/2): what is to be taken out of the text?'),
    placeHolder: vscode.l10n.t('Everything ticked is replaced. Untick what may stand in the runbook.'),
  });
  return picked?.map(({ redaction }) => redaction);
}

async function askForFile(folder: vscode.Uri, fileName: string): Promise<vscode.Uri | undefined> {
  const root = vscode.workspace.getWorkspaceFolder(folder);
  if (!root) return undefined;
  const proposed = path.posix.join(
    vscode.workspace.asRelativePath(folder, false),
    await freeName(folder, fileName),
  );
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('Write Runbook (2/2): where?'),
    prompt: vscode.l10n.t('Relative to {0}', root.name),
    value: proposed,
    valueSelection: [proposed.lastIndexOf('/') + 1, proposed.length - '.md'.length],
    validateInput: async (value) => {
      const uri = vscode.Uri.joinPath(root.uri, value);
      if (!value.endsWith('.md')) return vscode.l10n.t('A runbook is a Markdown file: end the name with .md');
      if (!isInside(root.uri, uri)) return vscode.l10n.t('The file must lie inside the workspace folder.');
      return (await exists(uri)) ? vscode.l10n.t('There is a file of this name already.') : undefined;
    },
  });
  return answer === undefined ? undefined : vscode.Uri.joinPath(root.uri, answer);
}

async function freeName(folder: vscode.Uri, fileName: string): Promise<string> {
  const base = fileName.replace(/\.md$/, '');
  for (let number = 1; ; number++) {
    const name = number === 1 ? `${base}.md` : `${base}-${number}.md`;
    if (!(await exists(vscode.Uri.joinPath(folder, name)))) return name;
  }
}

async function offerNote(deps: CommandDeps, ticket: Ticket, link: ResolutionLink): Promise<void> {
  const note = vscode.l10n.t('Tell Colleagues in a Note');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('{0} was written from {1}. Commit it when it is ready.', link.document.path, ticket.key),
    note,
  );
  if (answer !== note) return;
  const queued = await deps.sync.enqueue({
    accountId: ticket.accountId,
    ticket,
    label: ticket.key,
    intent: 'link',
    steps: [{ type: 'post', kind: 'note', visibility: 'internal', body: formatResolution('', link) }],
  });
  if (!queued.ok) void tell(queued.error, vscode.l10n.t('The note was not added.'));
}

function isInside(folder: vscode.Uri, uri: vscode.Uri): boolean {
  return uri.path.startsWith(`${folder.path}/`);
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** Its line, from a few words before it, so that it is seen in a list too. */
function lineAround(text: string, { range }: Redaction): string {
  const line = text.lastIndexOf('\n', range.start - 1) + 1;
  const end = text.indexOf('\n', range.end);
  const start = Math.max(line, text.lastIndexOf(' ', range.start - wordsBefore) + 1);
  return (start > line ? '… ' : '') + text.slice(start, end === -1 ? undefined : end).trim();
}
