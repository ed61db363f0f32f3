import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import * as vscode from 'vscode';
import { readLocalDeskSettings } from '../backends/local/settings.ts';
import { backendKinds } from '../backends/registry.ts';
import { needsReload } from '../desk/errors.ts';
import type { Accounts } from './accounts.ts';
import type { CommandRegistry } from './commands/commandTable.ts';
import { registerTicketCommands } from './commands/register.ts';
import { Connections } from './connections.ts';
import { Credentials } from './credentials.ts';
import { CurrentTicket } from './currentTicket.ts';
import { watchActivity } from './escalating/lastActive.ts';
import { registerDraftLens } from './drafts/draftLens.ts';
import type { Drafts } from './drafts/drafts.ts';
import { editorSessionOf, editorToken } from './editorSession.ts';
import { report } from './errors.ts';
import { registerImportCommands } from './import/register.ts';
import { KnowledgeView } from './knowledge/knowledgeView.ts';
import { keyPatternsOf } from './language/keyPatterns.ts';
import { registerLanguage } from './language/lazyStart.ts';
import { registerLinks } from './links/register.ts';
import { registerNotifications } from './notifications/register.ts';
import { OrderlyMemory } from './orderlyMemory.ts';
import { OutboxView } from './outbox/outboxView.ts';
import { registerPanelCommands } from './panel/register.ts';
import { registerPolicy } from './policy/register.ts';
import { WorkTimer } from './workTimer.ts';
import { TicketPanels } from './panel/ticketPanels.ts';
import { registerQueues } from './queues/register.ts';
import { registerRuns } from './runs/register.ts';
import { StatusBar } from './statusBar.ts';
import { TicketInHand } from './ticketInHand.ts';
import type { TicketsView } from './tickets/ticketsView.ts';
import { openLinkedDocument, registerWritingCommands } from './writing/register.ts';
import type { StoreReader, StoreWriter } from '../store/api.ts';
import type { Attention } from '../sync/api.ts';
import { createSync } from '../sync/engine.ts';

interface Disposable {
  dispose(): unknown;
}

/** What was there before: all that the first rows and the restored drafts need. */
export interface FirstParts {
  context: vscode.ExtensionContext;
  /** Where the store is. */
  folder: string;
  reader: StoreReader;
  writer: StoreWriter;
  accounts: Accounts;
  tickets: TicketsView;
  drafts: Drafts;
  commands: CommandRegistry;
  now: () => number;
}

/** Builds all other parts and connects them, nothing else: nothing here waits for the disk or for the network. */
export function connectParts(first: FirstParts): Disposable[] {
  const { context, folder, reader, writer, accounts, tickets, drafts, commands, now } = first;
  const { extensionUri, globalState } = context;
  const memory = new OrderlyMemory(globalState);
  const disposables: Disposable[] = [];
  const keep = <T extends { dispose(): unknown }>(part: T): T => {
    disposables.push(part);
    return part;
  };
  const channel = keep(vscode.window.createOutputChannel('Deskside', { log: true }));
  const log = (line: string) => channel.info(line);

  const credentials = keep(new Credentials({ secrets: context.secrets, memory, accounts, log }));
  const connections = new Connections({
    kinds: backendKinds({
      reader,
      run: (command, argument) => writer.run(command, argument),
      settings: localDesk,
    }),
    account: (id) => accounts.get(id),
    passphrase: (account) => credentials.passphrase(account),
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

  const timer = keep(new WorkTimer(memory, now));
  const panels: TicketPanels = keep(
    new TicketPanels({
      extensionUri,
      reader,
      sync,
      accounts,
      drafts,
      memory,
      runAction: (action, ref) =>
        void (action === 'showOutbox'
          ? vscode.commands.executeCommand('deskside.outbox.focus')
          : vscode.commands.executeCommand(`deskside.${action}`, ref)),
      openDocument: openLinkedDocument,
      openTicket: (ref) => panels.turnTo(ref),
      timer,
      property: async (message, tell, signal) =>
        (await import('./commands/commands.ts')).property(deps, message, tell, signal),
      openRun: (runId) => void vscode.commands.executeCommand('deskside._showRunRecord', { runId }),
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
  const inHand = keep(
    new TicketInHand({ reader, accounts, panels, view: tickets, sync, memory: context.workspaceState, now }),
  );
  const deps = {
    inHand,
    timer,
    commands,
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
  keep(registerNotifications({ reader, writer, accounts, sync, now }));
  keep(registerTicketCommands(deps));
  keep(registerPanelCommands({ commands, panels, queue: tickets }));
  keep(registerWritingCommands(deps));
  keep(registerRuns(deps, context.workspaceState));
  keep(registerQueues(deps));
  keep(registerPolicy(deps));
  keep(watchActivity(memory, now));
  keep(registerDraftLens(drafts, reader));
  const keyPatterns = () => keyPatternsOf(accounts, connections);
  keep(registerLinks(deps, keyPatterns));
  const language = keep(
    registerLanguage({
      extensionUri,
      storeFolder: folder,
      cacheFolder: context.storageUri && vscode.Uri.joinPath(context.storageUri, 'index').fsPath,
      writer,
      reader,
      keyPatterns,
      onDidChangeAccounts: accounts.onDidChange,
      onDidChangeTickets: (listener) => sync.onDidChange(listener),
      log: channel,
      now,
    }),
  );
  keep(new KnowledgeView(deps, language));
  keep(
    commands.registerCommand('deskside.openReport', async () =>
      (await import('./report/openReport.ts')).openReport(deps, language),
    ),
  );

  keep(accounts.onDidChange(() => accounts.all().forEach(({ id }) => connections.forget(id))));
  keep(vscode.window.onDidChangeWindowState((state) => sync.setAttention(attentionOf(state))));
  keep(
    registerImportCommands({
      commands,
      reader,
      writer,
      sync,
      accounts,
      memory,
      extensionUri,
      localDesk,
      now,
    }),
  );

  const tellOfNewerStore = () => {
    const problem = reader.problem();
    if (problem && needsReload(problem)) report(problem, 'store');
  };
  tellOfNewerStore();
  keep(sync.onDidChange(tellOfNewerStore));
  tickets.attach(sync);
  sync.start();
  return disposables;
}

function attentionOf({ focused, active }: vscode.WindowState): Attention {
  if (!focused) return 'away';
  return active ? 'active' : 'idle';
}

function localDesk() {
  const setting = vscode.workspace.getConfiguration('deskside').inspect<unknown>('localDesk')?.globalValue;
  return readLocalDeskSettings(setting, userInfo().username).settings;
}
