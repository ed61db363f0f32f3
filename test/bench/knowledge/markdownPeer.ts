import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import {
  createLanguageService,
  githubSlugifier,
  LogLevel,
  type IMdLanguageService,
  type ITextDocument,
  type IWorkspace,
} from 'vscode-markdown-languageservice';
import { CancellationToken, Emitter } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { corpusPath } from './corpus.ts';

/** VS Code's own Markdown language service asked who links to a file, of a folder it has not seen. Gives how many. */
export async function firstReferences(folder: string): Promise<number> {
  const file = URI.file(path.join(folder, corpusPath(0)));
  return (await serviceOver(folder).getFileReferences(file, CancellationToken.None)).length;
}

/** The same service asked what a move changes, once it knows the folder: how many documents, in how many milliseconds. */
export async function renameEdits(
  folder: string,
  from: string,
  to: string,
): Promise<{ documents: number; time: number }> {
  const service = serviceOver(folder);
  const [oldUri, newUri] = [URI.file(from), URI.file(to)];
  await service.getFileReferences(oldUri, CancellationToken.None);
  const begin = performance.now();
  const renamed = await service.getRenameFilesInWorkspaceEdit([{ oldUri, newUri }], CancellationToken.None);
  const time = performance.now() - begin;
  const { changes = {}, documentChanges = [] } = renamed?.edit ?? {};
  const edited = documentChanges.filter((change) => 'edits' in change && change.edits.length > 0);
  return { documents: Object.keys(changes).length + edited.length, time };
}

function serviceOver(folder: string): IMdLanguageService {
  const markdown = new MarkdownIt({ html: true });
  return createLanguageService({
    workspace: workspaceOf(folder),
    parser: {
      slugifier: githubSlugifier,
      tokenize: (document) => Promise.resolve(markdown.parse(document.getText(), {})),
    },
    logger: { level: LogLevel.Off, log: () => undefined },
  });
}

function workspaceOf(folder: string): IWorkspace {
  const documents = new Map<string, ITextDocument>();
  const open = (uri: URI): ITextDocument | undefined => {
    const known = documents.get(uri.toString());
    if (known !== undefined) return known;
    const document = TextDocument.create(uri.toString(), 'markdown', 1, readFileSync(uri.fsPath, 'utf8'));
    documents.set(uri.toString(), document);
    return document;
  };
  const stat = (uri: URI) => {
    const found = statSync(uri.fsPath, { throwIfNoEntry: false });
    return found && { isDirectory: found.isDirectory() };
  };
  return {
    workspaceFolders: [URI.file(folder)],
    onDidChangeMarkdownDocument: new Emitter<ITextDocument>().event,
    onDidCreateMarkdownDocument: new Emitter<ITextDocument>().event,
    onDidDeleteMarkdownDocument: new Emitter<URI>().event,
    getAllMarkdownDocuments: () => {
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
      return Promise.resolve(
        files
          .filter((name) => name.endsWith('.md'))
          .flatMap((name) => open(URI.file(path.join(folder, name))) ?? []),
      );
    },
    hasMarkdownDocument: (uri) => documents.has(uri.toString()),
    openMarkdownDocument: (uri) => Promise.resolve(stat(uri) && open(uri)),
    stat: (uri) => Promise.resolve(stat(uri)),
    readDirectory: (uri) =>
      Promise.resolve(
        readdirSync(uri.fsPath, { withFileTypes: true }).map(
          (child) => [child.name, { isDirectory: child.isDirectory() }] as const,
        ),
      ),
  };
}
