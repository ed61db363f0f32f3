import * as vscode from 'vscode';
import { outcomes, type DocumentRef, type ResolutionLink } from '../../desk/links.ts';
import { describeDocument } from '../../runbooks/document.ts';
import { permalinkTo } from './git.ts';

/** Documents looked at when suggesting one: enough for a team's knowledge base, little enough to read at once. */
const documentLimit = 2000;
const excluded = '{**/node_modules/**,**/.git/**}';

export interface WorkspaceDocument {
  uri: vscode.Uri;
  ref: DocumentRef;
  text: string;
}

/** The Markdown files of the workspace. */
export async function workspaceDocuments(token?: vscode.CancellationToken): Promise<WorkspaceDocument[]> {
  const uris = await vscode.workspace.findFiles('**/*.md', excluded, documentLimit, token);
  const documents = await Promise.all(uris.map(readDocument));
  return documents.filter((document) => document !== undefined);
}

/** A document as it is in the editor or, unless open, on disk; nothing where it can't be read. */
export async function readDocument(uri: vscode.Uri): Promise<WorkspaceDocument | undefined> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  try {
    const text = open?.getText() ?? new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    const { id, title } = describeDocument(text, uri.path);
    return {
      uri,
      text,
      ref: { ...(id === undefined ? {} : { id }), title, path: vscode.workspace.asRelativePath(uri, false) },
    };
  } catch {
    return undefined;
  }
}

/** Finds what a link points to: by its stable id first, then by its path. */
export async function findDocument(
  ref: Pick<DocumentRef, 'id' | 'path'>,
): Promise<WorkspaceDocument | undefined> {
  const there = await documentAt(ref.path);
  if (there && (ref.id === undefined || there.ref.id === ref.id)) return there;
  if (ref.id === undefined) return undefined;
  return (await workspaceDocuments()).find((document) => document.ref.id === ref.id);
}

/** What a resolution draft names as `document: path#heading` and `outcome: …`, with its permalink. */
export async function resolveDocument(name: string, outcome: string): Promise<ResolutionLink | undefined> {
  const { document, heading } = await documentNamed(name);
  if (!document) return undefined;
  const permalink = await permalinkTo(document.uri, heading);
  return {
    document: { ...document.ref, ...(heading ? { heading } : {}), ...(permalink ? { permalink } : {}) },
    outcome: outcomes.find((one) => one === outcome) ?? 'solved',
  };
}

/** A file may have a # in its name, too: the longest path that there is counts. */
async function documentNamed(name: string): Promise<{ document?: WorkspaceDocument; heading?: string }> {
  for (let end = name.length; end > 0; end = name.lastIndexOf('#', end - 1)) {
    const document = await documentAt(name.slice(0, end));
    if (document) return { document, heading: name.slice(end + 1) };
  }
  return {};
}

/** A path never leaves the workspace folder it is relative to. */
async function documentAt(path: string): Promise<WorkspaceDocument | undefined> {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const uri = vscode.Uri.joinPath(folder.uri, path);
    if (!uri.path.startsWith(`${folder.uri.path}/`)) continue;
    const document = await readDocument(uri);
    if (document) return document;
  }
  return undefined;
}
