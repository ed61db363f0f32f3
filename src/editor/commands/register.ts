import * as vscode from 'vscode';
import type * as commandsBundle from './commands.ts';
import type { Queue } from '../queues/queue.ts';
import { allQueue, mineQueue } from '../tickets/shownQueue.ts';
import type { CommandDeps } from './deps.ts';

type Commands = typeof commandsBundle;
type Act = (commands: Commands, argument: unknown, selection: unknown) => Promise<void>;

/** Registers the commands about accounts, tickets and the outbox. */
export function registerTicketCommands(deps: CommandDeps): vscode.Disposable {
  const command = (id: string, act: Act) =>
    deps.commands.registerCommand(id, async (argument: unknown, selection: unknown) =>
      act(await import('./commands.ts'), argument, selection),
    );
  return vscode.Disposable.from(
    command('deskside.addAccount', (commands) => commands.addAccount(deps)),
    command('deskside.signIn', (commands, argument) => commands.signIn(deps, argument)),
    command('deskside.signOut', (commands, argument) => commands.signOut(deps, argument)),
    command('deskside.clientCertificate', (commands, argument) => commands.clientCertificate(deps, argument)),
    command('deskside.checkAccount', (commands, argument) => commands.checkAccount(deps, argument)),
    command('deskside._accountProblem', (commands, argument) => commands.accountProblem(deps, argument)),
    command('deskside.openTicket', (commands, argument) => commands.openTicket(deps, argument)),
    command('deskside.searchTickets', async () => (await import('./searchTickets.ts')).searchTickets(deps)),
    command('deskside.changeStatus', (commands, ...about) => commands.changeStatus(deps, ...about)),
    command('deskside.changePriority', (commands, ...about) => commands.changePriority(deps, ...about)),
    command('deskside.changeTeam', (commands, ...about) => commands.changeTeam(deps, ...about)),
    command('deskside.assign', (commands, ...about) => commands.assign(deps, ...about)),
    command('deskside._dropOnGroup', (commands, ...about) => commands.dropOnGroup(deps, ...about)),
    command('deskside._dropOnQueue', (commands, refs, queue) =>
      commands.dropOnQueue(deps, refs, queue as Queue),
    ),
    command('deskside.changeTags', (commands, ...about) => commands.changeTags(deps, ...about)),
    command('deskside.logCallOrChat', (commands, argument) => commands.logCallOrChat(deps, argument)),
    command('deskside.addWatcher', (commands, argument) => commands.addWatcher(deps, argument)),
    command('deskside.relateTicket', (commands, argument) => commands.relateTicket(deps, argument)),
    command('deskside.mergeTicket', (commands, argument) => commands.mergeTicket(deps, argument)),
    command('deskside.logTime', (commands, argument) => commands.logTime(deps, argument)),
    command('deskside.startTimer', (commands, argument) => commands.startTimer(deps, argument)),
    command('deskside.pauseTimer', (commands) => commands.pauseTimer(deps)),
    command('deskside.workTimer', (commands) => commands.workTimer(deps)),
    command('deskside.openInBrowser', (commands, argument) => commands.openInBrowser(deps, argument)),
    command('deskside.copyKey', (commands, argument) => commands.copyKey(deps, argument)),
    command('deskside.follow', (commands, argument) => commands.follow(deps, argument)),
    command('deskside.muteTicket', (commands, argument) => commands.muteTicket(deps, argument)),
    command('deskside.snoozeNotifications', (commands) => commands.snoozeNotifications(deps)),
    command('deskside.syncNow', (commands, argument) => commands.syncNow(deps, argument)),
    command('deskside.workOffline', (commands) => commands.workOffline(deps, true)),
    command('deskside.goOnline', (commands) => commands.workOffline(deps, false)),
    command('deskside.groupTickets', (commands) => commands.groupTickets(deps)),
    command('deskside.nextTicket', (commands) => commands.nextTicket(deps)),
    command('deskside.pinTicket', (commands, argument) => commands.pinTicket(deps, argument)),
    deps.commands.registerCommand('deskside.unpinTicket', () => deps.inHand.pin(undefined)),
    command('deskside.sortTickets', (commands) => commands.sortTickets(deps)),
    command('deskside.exportWork', (commands) => commands.exportWork(deps)),
    command('deskside.outbox.retry', (commands, argument) => commands.retry(deps, argument)),
    command('deskside.outbox.force', (commands, argument) => commands.force(deps, argument)),
    command('deskside.outbox.compare', (commands, argument) => commands.compare(deps, argument)),
    command('deskside.outbox.edit', (commands, argument) => commands.edit(deps, argument)),
    command('deskside.outbox.discard', (commands, argument) => commands.discard(deps, argument)),
    deps.commands.registerCommand('deskside.showMine', () => deps.view.show(mineQueue(vscode.l10n.t))),
    deps.commands.registerCommand('deskside.showAll', () => deps.view.show(allQueue(vscode.l10n.t))),
    deps.commands.registerCommand('deskside.showLog', () => deps.log.show()),
  );
}
