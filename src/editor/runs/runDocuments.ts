import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { formatRunRecord } from '../../desk/runRecord.ts';
import type { StoreReader } from '../../store/api.ts';
import { recordScheme as scheme } from './argument.ts';
import type { Runs } from './runs.ts';

const commandPath = `/${vscode.l10n.t('Command')}`;

/** Read-only documents: run records just as they would be attached, and commands that are asked about. */
export class RunDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #reader: StoreReader;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #disposables: { dispose(): unknown }[];
  readonly #commands = new Map<string, string>();
  readonly onDidChange = this.#changed.event;

  constructor(reader: StoreReader, runs: Pick<Runs, 'onDidChange'>) {
    this.#reader = reader;
    this.#disposables = [
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(scheme, this),
      runs.onDidChange(() => {
        for (const { uri } of vscode.workspace.textDocuments)
          if (uri.scheme === scheme) this.#changed.fire(uri);
      }),
    ];
  }

  /** Shows what is asked about and is too long for a dialog. */
  async showCommand(text: string): Promise<void> {
    const uri = vscode.Uri.from({ scheme, path: commandPath, query: randomUUID() });
    this.#commands.set(uri.query, text);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.languages.setTextDocumentLanguage(document, 'shellscript');
    await vscode.window.showTextDocument(document, { preview: true });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    if (uri.path === commandPath) return this.#commands.get(uri.query) ?? '';
    const run = this.#reader.run(uri.query);
    return run ? formatRunRecord(run, { output: true }) : vscode.l10n.t('This run is not here any more.');
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}

export async function showRecord(runId: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme, path: `/${vscode.l10n.t('Run record')}.md`, query: runId });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: true });
}
