import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  RevealOutputChannelOn,
  TransportKind,
  type CloseHandlerResult,
} from 'vscode-languageclient/node';
import {
  settingsNotification,
  type LanguageServerOptions,
  type LanguageSettings,
} from '../../runbooks/languageSettings.ts';
import type { LanguageOptions } from './options.ts';

/** A server that dies this often within {@link restartWindow} is not started again. */
const mostRestarts = 10;
const restartWindow = 180_000;

/** Starts the language server and keeps it running and told. */
export async function startLanguageServer(options: LanguageOptions): Promise<{ stop(): Promise<void> }> {
  const module = vscode.Uri.joinPath(options.extensionUri, 'dist', 'server.cjs').fsPath;
  const settings = new ToldSettings(() => settingsOf(options));
  const watcher = vscode.workspace.createFileSystemWatcher('**/*.{md,markdown}');
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
        ...settings.tell(),
      }),
      synchronize: { fileEvents: watcher },
      outputChannel: options.log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
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
  const stop = async () => {
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
  return { stop };
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
      const ours = event.affectsConfiguration('deskside.runbooks');
      if (ours || event.affectsConfiguration('markdown.validate')) changed();
    }),
  );
}
