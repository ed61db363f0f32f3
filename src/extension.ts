import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { readLocalDeskSettings } from './backends/local/settings.ts';
import { backendKinds } from './backends/registry.ts';
import { Accounts } from './editor/accounts.ts';
import { registerTicketCommands } from './editor/commands/register.ts';
import { Connections } from './editor/connections.ts';
import { Credentials } from './editor/credentials.ts';
import { CurrentTicket } from './editor/currentTicket.ts';
import { registerDraftLens } from './editor/drafts/draftLens.ts';
import { editorSessionOf, editorToken } from './editor/editorSession.ts';
import { Drafts } from './editor/drafts/drafts.ts';
import { report, tell } from './editor/errors.ts';
import { keyPatternsOf } from './editor/language/keyPatterns.ts';
import { registerLanguage } from './editor/language/lazyStart.ts';
import { registerLinks } from './editor/links/register.ts';
import { OutboxView } from './editor/outbox/outboxView.ts';
import { registerImportCommands } from './editor/import/register.ts';
import { TicketPanels } from './editor/panel/ticketPanels.ts';
import { StatusBar } from './editor/statusBar.ts';
import { TicketsView } from './editor/tickets/ticketsView.ts';
import { openLinkedDocument, registerWritingCommands } from './editor/writing/register.ts';
import { startStore } from './store/open.ts';
import { createSync } from './sync/engine.ts';

/** The first sync loads a connector and HTTP; the first rows need neither, so they come first. */
const firstSyncAfter = 1_000;

/** Builds the parts and connects them, nothing else: nothing here waits for the disk's writer or for the network. */
export function activate(context: vscode.ExtensionContext): void {
  const keep = <T extends { dispose(): unknown }>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const { extensionUri, globalState: memory } = context;
  const now = () => Date.now();
  const folder = storeFolder(context);
  const channel = keep(vscode.window.createOutputChannel('Deskside', { log: true }));
  const log = (line: string) => channel.info(line);
  const notice = (message: string) => {
    channel.warn(message);
    void vscode.window.showWarningMessage(message);
  };

  const accounts = keep(new Accounts());
  const store = startStore({
    folder,
    workerFile: vscode.Uri.joinPath(extensionUri, 'dist', 'storeWorker.cjs').fsPath,
    onNotice: notice,
  });
  const noStore = vscode.l10n.t('Deskside can not work without its store in {0}.', folder);
  if (!store.ok) {
    void tell(store.error, noStore);
    return;
  }
  const { reader, writer, opened } = store.value;
  const tickets = keep(new TicketsView({ reader, accounts, memory: context.workspaceState, now }));

  const credentials = keep(new Credentials({ secrets: context.secrets, memory, accounts, log }));
  const connections = new Connections({
    kinds: backendKinds({
      reader,
      run: (command, argument) => writer.run(command, argument),
      settings: localDesk,
    }),
    account: (id) => accounts.get(id),
    token: (account, kind) => {
      const session = account.session ? editorSessionOf(kind, account) : undefined;
      return session ? editorToken(session, false) : credentials.get(account);
    },
    known: (ref) => reader.ticket(ref)?.revision,
    log,
    now,
  });
  const sync = createSync({
    reader,
    writer,
    accounts: () => accounts.all(),
    connect: (id) => connections.connect(id),
    now,
    intervalMs: () => vscode.workspace.getConfiguration('deskside').get('sync.interval', 60) * 1000,
    windowId: `${vscode.env.sessionId}-${randomUUID()}`,
    log,
  });
  keep({ dispose: async () => sync.dispose().then(() => writer.close()) });

  const drafts = keep(new Drafts({ reader, writer, now, newId: randomUUID }));
  const panels = keep(
    new TicketPanels({
      extensionUri,
      reader,
      sync,
      accounts,
      drafts,
      runAction: (action, ref) =>
        void (action === 'showOutbox'
          ? vscode.commands.executeCommand('deskside.outbox.focus')
          : vscode.commands.executeCommand(`deskside.${action}`, ref)),
      openDocument: openLinkedDocument,
      markSeen: (ref, until) =>
        void writer.run('markSeen', { ref, until }).then((seen) => seen.ok || report(seen.error, 'store')),
      now,
    }),
  );
  const current = new CurrentTicket({
    reader,
    accounts,
    activePanel: () => panels.active(),
    selected: () => tickets.selected,
    now,
  });
  const deps = {
    reader,
    writer,
    sync,
    accounts,
    credentials,
    connections,
    current,
    drafts,
    panels,
    view: tickets,
    log: channel,
    memory,
    now,
  };
  keep(new OutboxView({ reader, accounts })).attach(sync);
  keep(new StatusBar({ reader, accounts, sync }));
  keep(registerTicketCommands(deps));
  keep(registerWritingCommands(deps));
  keep(registerDraftLens(drafts, reader));
  const keyPatterns = () => keyPatternsOf(accounts, connections);
  keep(registerLinks(deps, keyPatterns));
  keep(
    registerLanguage({
      extensionUri,
      storeFolder: folder,
      reader,
      keyPatterns,
      onDidChangeAccounts: accounts.onDidChange,
      onDidChangeTickets: (listener) => sync.onDidChange(listener),
      log: channel,
      now,
    }),
  );

  keep(accounts.onDidChange(() => accounts.all().forEach(({ id }) => connections.forget(id))));
  keep(vscode.window.onDidChangeWindowState(({ focused }) => sync.setFocused(focused)));
  keep(
    registerImportCommands({
      reader,
      writer,
      sync,
      accounts,
      globalState: memory,
      extensionUri,
      localUser: () => localDesk().user,
      now,
    }),
  );

  tickets.attach(sync);
  const firstSync = setTimeout(() => sync.start(), firstSyncAfter);
  keep({ dispose: () => clearTimeout(firstSync) });
  void opened.then(async (done) => {
    if (!done.ok) await tell(done.error, noStore);
  });
}

function localDesk() {
  const setting = vscode.workspace.getConfiguration('deskside').inspect<unknown>('localDesk')?.globalValue;
  return readLocalDeskSettings(setting, userInfo().username).settings;
}

/** Only the user chooses where tickets are kept, never a workspace. */
function storeFolder(context: vscode.ExtensionContext): string {
  const chosen = vscode.workspace.getConfiguration('deskside').inspect<string>('storage.folder')?.globalValue;
  return chosen ? path.resolve(chosen) : path.join(context.globalStorageUri.fsPath, 'store');
}
