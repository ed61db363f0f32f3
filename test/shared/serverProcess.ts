import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type CompletionList,
  type Diagnostic,
  type Hover,
  type LocationLink,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver/node';
import type { LanguageServerOptions } from '../../src/runbooks/languageSettings.ts';

const main = fileURLToPath(new URL('../../src/server/main.ts', import.meta.url));

/** A real server process, and the requests an editor sends. Marks the cursor in a text with `|`. */
export class ServerProcess {
  readonly process: ChildProcess;
  readonly connection: ProtocolConnection;
  readonly log: string[] = [];
  readonly #published = new Map<string, Diagnostic[]>();
  readonly #waiting = new Set<() => void>();
  #opened = 0;

  static async start(
    options: LanguageServerOptions,
    folders: readonly string[] = [],
  ): Promise<ServerProcess> {
    const server = new ServerProcess();
    const workspaceFolders = folders.map((folder) => ({ uri: pathToFileURL(folder).href, name: folder }));
    await server.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders,
      initializationOptions: options,
    });
    await server.connection.sendNotification('initialized', {});
    return server;
  }

  constructor() {
    this.process = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdout, stdin } = this.process;
    this.connection = createProtocolConnection(
      new StreamMessageReader(stdout!),
      new StreamMessageWriter(stdin!),
    );
    this.connection.onError(() => undefined);
    this.connection.onNotification('window/logMessage', ({ message }: { message: string }) => {
      this.log.push(message);
      this.#wake();
    });
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#published.set(params.uri, params.diagnostics);
      this.#wake();
    });
    this.connection.listen();
  }

  async open(text: string, uri = `untitled:${++this.#opened}.md`): Promise<string> {
    const textDocument = { uri, languageId: 'markdown', version: 1, text: text.replace('|', '') };
    await this.connection.sendNotification('textDocument/didOpen', { textDocument });
    return uri;
  }

  async change(uri: string, version: number, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  hover = (text: string): Promise<Hover | null> => this.ask('textDocument/hover', text);
  complete = (text: string): Promise<CompletionList> => this.ask('textDocument/completion', text);
  define = (text: string): Promise<LocationLink[]> => this.ask('textDocument/definition', text);

  /** What was published of a document, as `code: the text underlined`, once that satisfies `until`. */
  async diagnostics(uri: string, text: string, until: (found: string[]) => boolean): Promise<string[]> {
    const lines = text.split('\n');
    const read = () =>
      (this.#published.get(uri) ?? []).map(({ code, range: { start, end } }) => {
        const line = lines[start.line] ?? '';
        return `${String(code)}: ${line.slice(start.character, end.line === start.line ? end.character : undefined)}`;
      });
    await this.until(() => this.#published.has(uri) && until(read()));
    return read();
  }

  /** Waits until something the server said makes it true. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiting.add(resolve);
      });
    }
  }

  async kill(): Promise<void> {
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
    this.connection.dispose();
  }

  async stop(): Promise<number | null> {
    const exited = once(this.process, 'exit');
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const [code] = (await exited) as [number | null];
    this.connection.dispose();
    return code;
  }

  /** Asks about the place in a new document where a text has its `|`. */
  async ask<T>(method: string, text: string): Promise<T> {
    const before = text.slice(0, text.indexOf('|')).split('\n');
    const position = { line: before.length - 1, character: before.at(-1)!.length };
    const uri = await this.open(text);
    return this.connection.sendRequest<T>(method, { textDocument: { uri }, position });
  }

  #wake(): void {
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
  }
}
