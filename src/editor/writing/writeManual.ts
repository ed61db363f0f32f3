import * as vscode from 'vscode';
import { customerManual } from '../../runbooks/customerManual.ts';
import { valueOf } from '../../runbooks/frontMatter.ts';
import { outline } from '../../runbooks/markdown.ts';
import { KeyFinder } from '../../runbooks/ticketKeys.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { keyPatternsOf } from '../language/keyPatterns.ts';
import { readDocument, workspaceDocuments, type WorkspaceDocument } from './documents.ts';
import { askForFile, targetFolder, writeNewFile } from './newFile.ts';
import { review } from './review.ts';

/** Writes a manual that customers may read, from the runbook that is open or one that is asked for. */
export async function writeManual(deps: CommandDeps): Promise<void> {
  const folder = await targetFolder();
  if (!folder) return;
  const documents = await workspaceDocuments();
  const runbook = (await openRunbook()) ?? (await pickRunbook(documents));
  if (!runbook) return;
  if (valueOf(outline(runbook.text).frontMatter, 'audience') === 'customer') {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('"{0}" is for customers already (audience: customer).', runbook.ref.title),
    );
    return;
  }
  const finder = new KeyFinder(keyPatternsOf(deps.accounts, deps.connections));
  const written = customerManual(runbook.text, runbook.uri.path, {
    takenIds: new Set(documents.flatMap(({ ref }) => ref.id ?? [])),
    withoutKeys: (text) => withoutKeys(text, finder),
  });
  const reviewing = vscode.l10n.t('Write Manual (1/2): what is to be taken out of the text?');
  const text = await review(written.text, written.redactions, reviewing);
  if (text === undefined) return;
  const uri = await askForFile(folder, written.fileName, vscode.l10n.t('Write Manual (2/2): where?'));
  if (!uri || !(await writeNewFile(uri, text))) return;
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Read it through as a customer would: it was made of "{0}", which is internal.',
      runbook.ref.title,
    ),
  );
}

async function openRunbook(): Promise<WorkspaceDocument | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  return document?.languageId === 'markdown' && document.uri.scheme === 'file'
    ? readDocument(document.uri)
    : undefined;
}

async function pickRunbook(documents: readonly WorkspaceDocument[]): Promise<WorkspaceDocument | undefined> {
  const items = documents.map((document) => ({
    label: document.ref.title,
    description: document.ref.path,
    document,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Write a manual for customers from which runbook?'),
    matchOnDescription: true,
  });
  return picked?.document;
}

/** Ticket keys mean nothing to customers. */
function withoutKeys(text: string, finder: KeyFinder): string {
  return finder
    .find(text)
    .reverse()
    .reduce((rest, { range }) => rest.slice(0, range.start) + rest.slice(range.end), text)
    .replace(/\((?:see |as in )?\s*\)/gi, '')
    .replace(/(?<=\S)[ \t]{2,}/g, ' ');
}
