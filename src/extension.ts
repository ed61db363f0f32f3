import { randomUUID } from 'node:crypto';
import path from 'node:path';
import * as vscode from 'vscode';
import { needsReload } from './desk/errors.ts';
import { Accounts } from './editor/accounts.ts';
import { CommandTable } from './editor/commands/commandTable.ts';
import { Drafts } from './editor/drafts/drafts.ts';
import { tell } from './editor/errors.ts';
import { TicketsView } from './editor/tickets/ticketsView.ts';
import { startStore } from './store/open.ts';

/** When the rest of the program is loaded, in milliseconds: after the first rows were handed over, at the latest after the start. */
const restAfterRows = 400;
const restAfterStart = 1_500;

/**
 * Builds what the first rows and the restored drafts need. Everything else is another bundle, loaded once the rows are
 * handed over, or when a command needs it: the price of a start is code that is loaded before it is needed.
 */
export function activate(context: vscode.ExtensionContext): void {
  const keep = <T extends { dispose(): unknown }>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const now = () => Date.now();
  const folder = storeFolder(context);
  const store = startStore({
    folder,
    workerFile: vscode.Uri.joinPath(context.extensionUri, 'dist', 'storeWorker.cjs').fsPath,
    onNotice: (message) => void vscode.window.showWarningMessage(message),
  });
  const noStore = vscode.l10n.t('Deskside can not work without its store in {0}.', folder);
  if (!store.ok) {
    void tell(store.error, noStore);
    return;
  }
  const { reader, writer } = store.value;
  const accounts = keep(new Accounts());
  const tickets = keep(new TicketsView({ reader, accounts, memory: context.workspaceState, now }));
  const drafts = keep(new Drafts({ reader, writer, now, newId: randomUUID }));

  let rest: Promise<void> | undefined;
  const loadRest = (): Promise<void> =>
    (rest ??= import('./editor/parts.ts').then(async ({ connectParts }) => {
      connectParts({ context, folder, reader, writer, accounts, tickets, drafts, commands, now }).forEach(
        keep,
      );
      const opened = await store.value.open();
      if (!opened.ok && !needsReload(opened.error)) void tell(opened.error, noStore);
    }));
  const commands = keep(new CommandTable(declaredCommands(context.extension), loadRest));
  let waiting = setTimeout(() => void loadRest(), restAfterStart);
  const handedOver = tickets.onDidHandOver(() => {
    handedOver.dispose();
    clearTimeout(waiting);
    waiting = setTimeout(() => void loadRest(), restAfterRows);
  });
  keep({ dispose: () => clearTimeout(waiting) });
}

function declaredCommands({ packageJSON }: vscode.Extension<unknown>): string[] {
  const { contributes } = packageJSON as { contributes: { commands: { command: string }[] } };
  return contributes.commands.map(({ command }) => command);
}

/** Only the user chooses where tickets are kept, never a workspace. */
function storeFolder(context: vscode.ExtensionContext): string {
  const chosen = vscode.workspace.getConfiguration('deskside').inspect<string>('storage.folder')?.globalValue;
  return chosen ? path.resolve(chosen) : path.join(context.globalStorageUri.fsPath, 'store');
}
