import {
  CodeActionKind,
  TextDocumentSyncKind,
  type Connection,
  type Position,
  type ServerCapabilities,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { FrontMatter } from '../runbooks/frontMatter.ts';
import { CodeActionsFeature } from './codeActions.ts';
import { CodeLensFeature } from './codeLenses.ts';
import { CompletionFeature, completionTriggers } from './completion.ts';
import { DefinitionFeature } from './definition.ts';
import { DocumentHoverFeature } from './documentHover.ts';
import { DocumentLinksFeature } from './documentLinks.ts';
import { FileMovesFeature } from './fileMoves.ts';
import { FrontMatterCompletionFeature } from './frontMatterCompletion.ts';
import { HoverFeature } from './hover.ts';
import { InlayHintsFeature } from './inlayHints.ts';
import type { Outlines } from './outlines.ts';
import { ReferencesFeature } from './references.ts';
import { RenameFeature } from './rename.ts';
import type { Texts } from './texts.ts';
import type { TicketLookup } from './ticketLookup.ts';
import { fileOf, type WorkspaceIndex } from './workspaceIndex.ts';

const everyFile = { filters: [{ scheme: 'file', pattern: { glob: '**' } }] };

export const capabilities: ServerCapabilities = {
  textDocumentSync: TextDocumentSyncKind.Incremental,
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  renameProvider: { prepareProvider: true },
  documentLinkProvider: { resolveProvider: false },
  inlayHintProvider: true,
  codeLensProvider: { resolveProvider: false },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
  completionProvider: { triggerCharacters: [...completionTriggers, ':', '(', '[', ','] },
  workspace: {
    workspaceFolders: { supported: true, changeNotifications: true },
    fileOperations: { willRename: everyFile },
  },
};

export interface AnswerOptions {
  connection: Connection;
  opened: (uri: string) => TextDocument | undefined;
  index: WorkspaceIndex;
  tickets: TicketLookup;
  outlines: Outlines;
  texts: Texts;
  /** Links are to be kept right when files move: nobody else does. */
  movesFiles: () => boolean;
  isRunbook: (path: string, outline: { frontMatter: FrontMatter | undefined }) => boolean;
}

/** Connects each request of the editor to the feature that answers it. */
export function answer(options: AnswerOptions): void {
  const { connection, opened, index, tickets, outlines, texts, movesFiles } = options;
  const at = <P extends { textDocument: { uri: string }; position: Position }, R>(
    provide: (document: TextDocument, position: Position, params: P) => R,
  ) => {
    return (params: P) => {
      const document = opened(params.textDocument.uri);
      return document && provide(document, params.position, params);
    };
  };
  const hover = new HoverFeature(tickets, index);
  const documentHover = new DocumentHoverFeature(index, tickets, outlines);
  const definition = new DefinitionFeature(tickets, index, texts);
  const completion = new CompletionFeature(tickets);
  const frontMatter = new FrontMatterCompletionFeature(index, tickets);
  const references = new ReferencesFeature(index, tickets, texts);
  const rename = new RenameFeature(index, tickets, texts);
  const moves = new FileMovesFeature(index, texts);
  const links = new DocumentLinksFeature(index, tickets, outlines, texts);
  const hints = new InlayHintsFeature(tickets, outlines);
  const actions = new CodeActionsFeature({ index, tickets, outlines, texts });
  const isRunbook = (document: TextDocument) => {
    const outline = outlines.of(document);
    return outline !== undefined && options.isRunbook(fileOf(document.uri), outline);
  };
  const lenses = new CodeLensFeature({ index, tickets, outlines, isRunbook });

  connection.onHover(
    at(
      (document, position) => hover.provide(document, position) ?? documentHover.provide(document, position),
    ),
  );
  connection.onDefinition(at((document, position) => definition.provide(document, position)));
  connection.onReferences(at((document, position) => references.provide(document, position)));
  connection.onPrepareRename(at((document, position) => rename.prepare(document, position) ?? null));
  connection.onRenameRequest(
    at((document, position, { newName }) => rename.provide(document, position, newName)),
  );
  connection.onCompletion(
    at((document, position) => {
      const fields = frontMatter.provide(document, position);
      return fields.length > 0
        ? { isIncomplete: false, items: fields }
        : completion.provide(document, position);
    }),
  );
  connection.onDocumentLinks(({ textDocument }) => {
    const document = opened(textDocument.uri);
    return document && links.provide(document);
  });
  connection.languages.inlayHint.on(({ textDocument, range }) => {
    const document = opened(textDocument.uri);
    return document && hints.provide(document, range);
  });
  connection.onCodeLens(({ textDocument }) => {
    const document = opened(textDocument.uri);
    return document && lenses.provide(document);
  });
  connection.onCodeAction(({ textDocument, context }) => {
    const document = opened(textDocument.uri);
    return document && actions.provide(document, context.diagnostics);
  });
  connection.workspace.onWillRenameFiles(({ files }) => (movesFiles() ? moves.provide(files) : null));
}
