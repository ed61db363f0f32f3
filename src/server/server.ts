import path from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CodeLensRefreshRequest,
  FileChangeType,
  TextDocuments,
  type Connection,
  type InitializeParams,
  type WorkspaceFolder,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  settingsNotification,
  type LanguageServerOptions,
  type LanguageSettings,
} from '../runbooks/languageSettings.ts';
import { isRunbook } from '../runbooks/fields.ts';
import { knowledgeGapsRequest, ticketKnowledgeRequest } from '../runbooks/knowledgeMessages.ts';
import type { TicketRef } from '../desk/ticket.ts';
import type { FrontMatter } from '../runbooks/frontMatter.ts';
import { answer, capabilities } from './answers.ts';
import { checksOf } from './checks/checks.ts';
import { Diagnostics } from './diagnostics.ts';
import { Knowledge } from './knowledge.ts';
import { Outlines } from './outlines.ts';
import { Texts } from './texts.ts';
import { TicketLookup } from './ticketLookup.ts';
import { fileOf, WorkspaceIndex } from './workspaceIndex.ts';

/** Files that were left out are named up to this number. */
const mostLeftOut = 50;
/** How often the store is asked whether it changed, in milliseconds. */
const storeInterval = 1000;

/** Builds the server's parts once the editor has said what it needs to know, and answers from then on. */
export function startServer(connection: Connection): void {
  connection.onInitialize((params) => {
    const server = new Server(connection, params);
    connection.onInitialized(() => void server.readWorkspace());
    connection.onShutdown(() => server.stop());
    return { serverInfo: { name: 'Deskside' }, capabilities };
  });
  connection.listen();
}

class Server {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments(TextDocument);
  readonly #outlines = new Outlines();
  readonly #texts = new Texts((uri) => this.#documents.get(uri));
  readonly #index: WorkspaceIndex;
  readonly #tickets: TicketLookup;
  readonly #diagnostics: Diagnostics;
  readonly #watch: NodeJS.Timeout;
  readonly #supports: InitializeParams['capabilities'];
  #settings: LanguageSettings;
  #folders: string[];
  /** The workspace as a whole: who asks about all of it waits for that. */
  #read: Promise<void> = Promise.resolve();

  constructor(connection: Connection, params: InitializeParams) {
    const options = params.initializationOptions as LanguageServerOptions;
    const { keyPatterns, cacheFolder } = options;
    this.#connection = connection;
    this.#supports = params.capabilities;
    this.#settings = options;
    this.#folders = foldersOf(params.workspaceFolders ?? []);
    this.#tickets = new TicketLookup(options.storeFolder);
    this.#tickets.configure(keyPatterns);
    this.#index = new WorkspaceIndex({
      keyPatterns,
      cacheFolder,
      changed: (change) => this.#diagnostics.dependentsChanged(change),
    });
    this.#diagnostics = new Diagnostics({
      checks: checksOf({
        index: this.#index,
        tickets: this.#tickets,
        isRunbook: (file) => this.#isRunbook(file, this.#index.at(file)),
        linksAreChecked: () => this.#settings.linksAreChecked,
        repliesAreChecked: () => this.#settings.repliesAreChecked !== false,
        requiredBy: (team) => this.#settings.handOffRequires?.[team] ?? [],
      }),
      outlines: this.#outlines,
      index: this.#index,
      texts: this.#texts,
      manual: options.manual,
      isRunbook: (file, outline) => this.#isRunbook(file, outline),
      checksAll: () => this.#settings.checksAll === true,
      publish: (uri, version, diagnostics) =>
        void connection.sendDiagnostics({ uri, ...(version !== undefined && { version }), diagnostics }),
      log: (line) => connection.console.log(line),
    });
    this.#watch = this.#watchStore();
    answer({
      connection,
      opened: (uri) => this.#documents.get(uri),
      index: this.#index,
      tickets: this.#tickets,
      outlines: this.#outlines,
      texts: this.#texts,
      movesFiles: () => this.#settings.linksAreMoved !== true,
      isRunbook: (file, outline) => this.#isRunbook(file, outline),
    });
    const knowledge = new Knowledge({
      index: this.#index,
      tickets: this.#tickets,
      texts: this.#texts,
      isRunbook: (document) => this.#isRunbook(document.path, document),
    });
    connection.onRequest(ticketKnowledgeRequest, async (ref: TicketRef) => {
      await this.#read;
      return knowledge.ofTicket(ref);
    });
    connection.onRequest(knowledgeGapsRequest, async () => {
      await this.#read;
      return knowledge.gaps();
    });
    this.#follow();
  }

  readWorkspace(): Promise<void> {
    this.#read = Promise.all(this.#folders.map((folder) => this.#readFolder(folder))).then(() => undefined);
    return this.#read;
  }

  stop(): void {
    clearInterval(this.#watch);
    this.#index.keep();
    this.#tickets.close();
  }

  #follow(): void {
    this.#documents.onDidChangeContent(({ document }) => {
      this.#texts.opened(document.uri);
      const outline = this.#outlines.of(document);
      if (outline !== undefined) this.#index.documentChanged(document.uri, outline);
      this.#diagnostics.changed(fileOf(document.uri));
    });
    this.#documents.onDidClose(({ document }) => {
      this.#texts.closed(document.uri);
      this.#index.documentClosed(document.uri);
      this.#diagnostics.closed(document);
    });
    this.#documents.listen(this.#connection);
    this.#connection.onDidChangeWatchedFiles(({ changes }) => {
      if (changes.some(({ uri }) => uri.endsWith('/.gitignore'))) void this.#readAgain();
      for (const { uri, type } of changes) {
        if (type === FileChangeType.Deleted) this.#index.fileDeleted(uri);
        else this.#index.fileChanged(uri);
      }
    });
    this.#connection.onNotification(settingsNotification, (settings: LanguageSettings) => {
      this.#settings = settings;
      this.#tickets.configure(settings.keyPatterns);
      if (this.#index.configure(settings.keyPatterns)) void this.#readAgain();
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
      this.#askAgain();
    }, storeInterval);
  }

  /** What is shown of tickets within text may be wrong now. An editor that is gone needs no answer. */
  #askAgain(): void {
    const { inlayHint, codeLens } = this.#supports.workspace ?? {};
    const failed = (error: unknown) => this.#connection.console.log(String(error));
    if (inlayHint?.refreshSupport === true) this.#connection.languages.inlayHint.refresh().catch(failed);
    if (codeLens?.refreshSupport === true)
      this.#connection.sendRequest(CodeLensRefreshRequest.type).catch(failed);
  }

  async #readAgain(): Promise<void> {
    for (const folder of this.#folders) this.#index.removeFolder(folder);
    await this.readWorkspace();
  }

  async #readFolder(folder: string): Promise<void> {
    const leftOut = await this.#index.addFolder(folder);
    for (const one of leftOut.slice(0, mostLeftOut))
      this.#connection.console.log(`${one.path} ${one.reason}: left out.`);
    if (leftOut.length > mostLeftOut)
      this.#connection.console.log(`${leftOut.length - mostLeftOut} more were left out.`);
    this.#diagnostics.refresh();
  }

  #isRunbook(file: string, said: { frontMatter: FrontMatter | undefined } | undefined): boolean {
    return isRunbook(said?.frontMatter) || this.#isInRunbooksFolder(file);
  }

  #isInRunbooksFolder(file: string): boolean {
    const folder = this.#index.folderOf(file);
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
