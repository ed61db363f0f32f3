import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  FileChangeType,
  TextDocuments,
  TextDocumentSyncKind,
  type Connection,
  type InitializeParams,
  type InitializeResult,
  type WorkspaceFolder,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  settingsNotification,
  type LanguageServerOptions,
  type LanguageSettings,
} from '../runbooks/languageSettings.ts';
import { FrontMatterCheck } from './checks/frontMatterCheck.ts';
import { LinkCheck } from './checks/linkCheck.ts';
import { TicketCheck } from './checks/ticketCheck.ts';
import { CompletionFeature, completionTriggers } from './completion.ts';
import { DefinitionFeature } from './definition.ts';
import { Diagnostics } from './diagnostics.ts';
import { HoverFeature } from './hover.ts';
import { Outlines } from './outlines.ts';
import { TicketLookup } from './ticketLookup.ts';
import { WorkspaceIndex } from './workspaceIndex.ts';

/** How often the store is asked whether it changed, in milliseconds. */
const storeInterval = 1000;

const result: InitializeResult = {
  serverInfo: { name: 'Deskside' },
  capabilities: {
    textDocumentSync: TextDocumentSyncKind.Incremental,
    hoverProvider: true,
    definitionProvider: true,
    completionProvider: { triggerCharacters: completionTriggers },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  },
};

/** Builds the server's parts once the editor has said what it needs to know, and answers from then on. */
export function startServer(connection: Connection): void {
  connection.onInitialize((params) => {
    const server = new Server(connection, params);
    connection.onInitialized(() => void server.readWorkspace());
    connection.onShutdown(() => server.stop());
    return result;
  });
  connection.listen();
}

class Server {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #outlines = new Outlines();
  readonly #index = new WorkspaceIndex();
  readonly #tickets: TicketLookup;
  readonly #diagnostics: Diagnostics;
  readonly #watch: NodeJS.Timeout;
  #settings: LanguageSettings;
  #folders: string[];

  constructor(connection: Connection, params: InitializeParams) {
    const options = params.initializationOptions as LanguageServerOptions;
    this.#connection = connection;
    this.#settings = options;
    this.#folders = foldersOf(params.workspaceFolders ?? []);
    this.#tickets = new TicketLookup(options.storeFolder);
    this.#tickets.configure(options.keyPatterns);
    this.#diagnostics = new Diagnostics({
      checks: [
        new FrontMatterCheck(),
        new TicketCheck(this.#tickets),
        new LinkCheck({
          index: this.#index,
          workspaceFolderOf: (file) => this.#folderOf(file),
          isRedundant: () => this.#settings.linksAreChecked,
        }),
      ],
      outlines: this.#outlines,
      isInRunbooksFolder: (uri) => this.#isInRunbooksFolder(uri),
      publish: (uri, version, diagnostics) => void connection.sendDiagnostics({ uri, version, diagnostics }),
      log: (line) => connection.console.log(line),
    });
    this.#watch = this.#watchStore();
    this.#answer();
    this.#follow();
  }

  async readWorkspace(): Promise<void> {
    await Promise.all(this.#folders.map((folder) => this.#readFolder(folder)));
  }

  stop(): void {
    clearInterval(this.#watch);
    this.#tickets.close();
  }

  #answer(): void {
    const hover = new HoverFeature(this.#tickets, this.#index);
    const definition = new DefinitionFeature(this.#tickets);
    const completion = new CompletionFeature(this.#tickets);
    const opened = (uri: string) => this.#documents.get(uri);
    this.#connection.onHover(({ textDocument, position }) => {
      const document = opened(textDocument.uri);
      return document && hover.provide(document, position);
    });
    this.#connection.onDefinition(({ textDocument, position }) => {
      const document = opened(textDocument.uri);
      return document && definition.provide(document, position);
    });
    this.#connection.onCompletion(({ textDocument, position }) => {
      const document = opened(textDocument.uri);
      return document && completion.provide(document, position);
    });
  }

  #follow(): void {
    this.#documents.onDidChangeContent(({ document }) => {
      const outline = this.#outlines.of(document);
      if (outline !== undefined) this.#index.documentChanged(document.uri, outline);
      this.#diagnostics.changed(document);
    });
    this.#documents.onDidClose(({ document }) => {
      this.#diagnostics.closed(document.uri);
      void this.#index.documentClosed(document.uri);
    });
    this.#documents.listen(this.#connection);
    this.#connection.onDidChangeWatchedFiles(async ({ changes }) => {
      for (const { uri, type } of changes) {
        if (type === FileChangeType.Deleted) this.#index.fileDeleted(uri);
        else await this.#index.fileChanged(uri);
      }
      this.#diagnostics.refresh();
    });
    this.#connection.onNotification(settingsNotification, (settings: LanguageSettings) => {
      this.#settings = settings;
      this.#tickets.configure(settings.keyPatterns);
      this.#diagnostics.refresh();
    });
    this.#connection.onNotification('workspace/didChangeWorkspaceFolders', (params: FoldersChange) => {
      const removed = new Set(foldersOf(params.event.removed));
      const added = foldersOf(params.event.added);
      for (const folder of removed) this.#index.removeFolder(folder);
      this.#folders = [...this.#folders.filter((folder) => !removed.has(folder)), ...added];
      for (const folder of added) void this.#readFolder(folder);
    });
  }

  #watchStore(): NodeJS.Timeout {
    let seen = this.#tickets.version();
    return setInterval(() => {
      const version = this.#tickets.version();
      if (version === seen) return;
      seen = version;
      this.#diagnostics.refresh();
    }, storeInterval);
  }

  async #readFolder(folder: string): Promise<void> {
    const leftOut = await this.#index.addFolder(folder);
    for (const one of leftOut.slice(0, 50))
      this.#connection.console.log(`${one.path} ${one.reason}: left out.`);
    if (leftOut.length > 50) this.#connection.console.log(`${leftOut.length - 50} more were left out.`);
    this.#diagnostics.refresh();
  }

  #folderOf(file: string): string | undefined {
    return this.#folders.find((folder) => file.startsWith(folder + path.sep));
  }

  #isInRunbooksFolder(uri: string): boolean {
    if (!uri.startsWith('file:')) return false;
    const file = fileURLToPath(uri);
    const folder = this.#folderOf(file);
    if (folder === undefined || this.#settings.runbooksFolder === '') return false;
    return file.startsWith(path.join(folder, this.#settings.runbooksFolder) + path.sep);
  }
}

interface FoldersChange {
  event: { added: WorkspaceFolder[]; removed: WorkspaceFolder[] };
}

function foldersOf(folders: readonly WorkspaceFolder[]): string[] {
  return folders.filter(({ uri }) => uri.startsWith('file:')).map(({ uri }) => fileURLToPath(uri));
}
