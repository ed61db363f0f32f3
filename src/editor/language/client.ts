import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
  type CloseHandlerResult,
  type RenameMiddleware,
} from 'vscode-languageclient/node';
import {
  settingsNotification,
  type LanguageServerOptions,
  type LanguageSettings,
} from '../../runbooks/languageSettings.ts';
import { allRequired } from '../escalating/required.ts';
import { followId, registerDocumentCommands } from './documentCommands.ts';
import type { LanguageServer } from './lazyStart.ts';
import type { LanguageOptions } from './options.ts';

/** A server that dies this often within {@link restartWindow} is not started again. */
const mostRestarts = 10;
const restartWindow = 180_000;
/** Where {@link settingsOf} looks. */
const followed = ['deskside.runbooks', 'deskside.escalation', 'deskside.replies', 'markdown'];
/** The edits of a rename are made within that time, after its preview at the latest, in milliseconds. */
const renameWindow = 120_000;

/** Starts the language server and keeps it running and told. */
export async function startLanguageServer(options: LanguageOptions): Promise<LanguageServer> {
  const module = vscode.Uri.joinPath(options.extensionUri, 'dist', 'server.cjs').fsPath;
  const settings = new ToldSettings(() => settingsOf(options));
  const watcher = vscode.workspace.createFileSystemWatcher('**/{*.md,*.markdown,.gitignore}');
  const client = new LanguageClient(
    'deskside',
    'Deskside Language Server',
    {
      module,
      transport: TransportKind.ipc,
      options: { execArgv: ['--disable-warning=ExperimentalWarning'] },
    },
    {
      documentSelector: ['file', 'untitled', 'deskside-draft'].map((scheme) => ({
        scheme,
        language: 'markdown',
      })),
      initializationOptions: (): LanguageServerOptions => ({
        storeFolder: options.storeFolder,
        ...(options.cacheFolder !== undefined && { cacheFolder: options.cacheFolder }),
        manual: vscode.Uri.joinPath(options.extensionUri, 'docs', 'runbooks.md').fsPath,
        ...settings.tell(),
      }),
      synchronize: { fileEvents: watcher },
      outputChannel: options.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      middleware: { provideRenameEdits: linksFollow(options) },
      errorHandler: {
        error: () => ({ action: ErrorAction.Continue, handled: true }),
        closed: restartPolicy(options),
      },
    },
  );
  const following = followSettings(options, () => {
    if (client.isRunning() && settings.areNew())
      void client.sendNotification(settingsNotification, settings.tell());
  });
  const commands = registerDocumentCommands(options);
  const stop = async () => {
    commands.dispose();
    following.dispose();
    watcher.dispose();
    await client.dispose();
  };
  try {
    await client.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop, request: (method, params) => client.sendRequest(method, params) };
}

const idLine = /^id:[ \t]*["']?([^"'\r\n]*?)["']?[ \t]*$/;

/** A document's new id reaches the stored links that name the old one, once the edits are made. */
function linksFollow(options: LanguageOptions): RenameMiddleware['provideRenameEdits'] {
  return (document, position, newName, token, next) => {
    const { line } = position;
    const before = idLine.exec(document.lineAt(line).text)?.[1];
    if (before !== undefined) {
      const applied = vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document !== document) return;
        const after = line < document.lineCount ? idLine.exec(document.lineAt(line).text)?.[1] : undefined;
        if (after === before) return;
        applied.dispose();
        if (after === newName.trim()) void followId(options, before, after);
      });
      setTimeout(() => void applied.dispose(), renameWindow);
    }
    return next(document, position, newName, token);
  };
}

/** Started again at once, but for a server that can't live. */
function restartPolicy({ log, now }: LanguageOptions): () => CloseHandlerResult {
  const deaths: number[] = [];
  return () => {
    deaths.push(now());
    const recent = deaths.filter((at) => at > now() - restartWindow).length;
    if (recent <= mostRestarts) {
      log.warn('The language server ended and is started again.');
      return { action: CloseAction.Restart, handled: true };
    }
    const message = vscode.l10n.t(
      'The language server ended {0} times in three minutes. Ticket keys in Markdown are plain text until the window is reloaded; nothing else is affected.',
      recent,
    );
    return { action: CloseAction.DoNotRestart, message };
  };
}

function settingsOf(options: LanguageOptions): LanguageSettings {
  return {
    keyPatterns: options.keyPatterns(),
    runbooksFolder: vscode.workspace.getConfiguration('deskside').get('runbooks.folder', 'runbooks'),
    linksAreChecked: vscode.workspace.getConfiguration('markdown').get('validate.enabled', false),
    linksAreMoved:
      vscode.workspace.getConfiguration('markdown').get<string>('updateLinksOnFileMove.enabled', 'never') !==
      'never',
    handOffRequires: allRequired(),
    repliesAreChecked: vscode.workspace.getConfiguration('deskside').get('replies.check', true),
    checksAll: vscode.workspace.getConfiguration('deskside').get('runbooks.checkAll', false),
  };
}

/** The settings as the server knows them: told at its start, also after a crash, and when they change. */
class ToldSettings {
  readonly #read: () => LanguageSettings;
  #told = '';

  constructor(read: () => LanguageSettings) {
    this.#read = read;
  }

  areNew(): boolean {
    return JSON.stringify(this.#read()) !== this.#told;
  }

  tell(): LanguageSettings {
    const settings = this.#read();
    this.#told = JSON.stringify(settings);
    return settings;
  }
}

function followSettings(options: LanguageOptions, changed: () => void): vscode.Disposable {
  return vscode.Disposable.from(
    options.onDidChangeAccounts(changed),
    options.onDidChangeTickets(changed),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (followed.some((section) => event.affectsConfiguration(section))) changed();
    }),
  );
}
