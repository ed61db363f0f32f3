import * as vscode from 'vscode';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import { isBurning } from '../../desk/urgency.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type { Accounts } from '../accounts.ts';
import { explain } from '../errors.ts';
import { groupings, type Grouping } from './grouping.ts';
import { noticesOf, offlineMessage } from './notices.ts';
import { treeItem, unseenDecorations } from './ticketItems.ts';
import type { MoreNode, TicketsNode } from './ticketNodes.ts';
import { TicketsModel } from './ticketsModel.ts';
import { ticketTooltip } from './tooltip.ts';

export interface TicketsViewOptions {
  reader: StoreReader;
  accounts: Accounts;
  /** Remembers which groups are closed, and whose tickets are shown. */
  memory: vscode.Memento;
  now: () => Instant;
}

export type Scope = 'mine' | 'all';

const collapsedKey = 'deskside.tickets.collapsed';
const scopeKey = 'deskside.tickets.scope';
/** Changes that come in a row, as while syncing, are drawn together. */
const refreshWithin = 250;

/** The *Tickets* view: shows what the store holds, whether or not anything else is there yet. */
export class TicketsView implements vscode.TreeDataProvider<TicketsNode>, vscode.Disposable {
  readonly #options: TicketsViewOptions;
  readonly #model = new TicketsModel(vscode.l10n.t);
  readonly #changed = new vscode.EventEmitter<TicketsNode[] | undefined>();
  readonly #view: vscode.TreeView<TicketsNode>;
  readonly #collapsed: Set<string>;
  readonly #disposables: { dispose(): unknown }[];
  #scope: Scope;
  #loaded = false;
  #refreshing: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: TicketsViewOptions) {
    this.#options = options;
    this.#collapsed = new Set(options.memory.get<readonly string[]>(collapsedKey, []));
    this.#scope = options.memory.get<Scope>(scopeKey, 'mine');
    this.#view = vscode.window.createTreeView('deskside.tickets', { treeDataProvider: this });
    const minutes = setInterval(() => this.refreshSoon(), 60_000);
    this.#disposables = [
      this.#view,
      this.#changed,
      { dispose: () => clearInterval(minutes) },
      this.#view.onDidCollapseElement(({ element }) => this.#remember(element, true)),
      this.#view.onDidExpandElement(({ element }) => this.#remember(element, false)),
      this.#view.onDidChangeVisibility(({ visible }) => visible && this.refreshSoon()),
      options.accounts.onDidChange(() => this.refreshSoon()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('deskside.tickets')) this.refreshSoon();
      }),
      vscode.window.registerFileDecorationProvider(unseenDecorations),
      vscode.commands.registerCommand('deskside._showMore', (node: MoreNode) => this.#showMore(node)),
    ];
    void vscode.commands.executeCommand('setContext', 'deskside.scope', this.#scope);
  }

  /** From now on the view follows what is synced. */
  attach(sync: Pick<Sync, 'onDidChange'>): void {
    this.#disposables.push(sync.onDidChange(() => this.refreshSoon()));
    this.refreshSoon();
  }

  get scope(): Scope {
    return this.#scope;
  }

  async setScope(scope: Scope): Promise<void> {
    this.#scope = scope;
    this.#refresh();
    await this.#options.memory.update(scopeKey, scope);
    await vscode.commands.executeCommand('setContext', 'deskside.scope', scope);
  }

  /** The tickets selected in the tree, for commands that were not told which. */
  get selected(): readonly Ticket[] {
    return this.#view.selection.flatMap((node) => (node.type === 'ticket' ? [node.ticket] : []));
  }

  refreshSoon(): void {
    this.#refreshing ??= setTimeout(() => {
      this.#refreshing = undefined;
      this.#refresh();
    }, refreshWithin);
  }

  getTreeItem(node: TicketsNode): vscode.TreeItem {
    return treeItem(node, (group) => this.#collapsed.has(group.id));
  }

  getChildren(node?: TicketsNode): TicketsNode[] {
    if (node) return this.#model.children(node);
    if (!this.#loaded) this.#load();
    return [...this.#model.roots];
  }

  getParent(node: TicketsNode): TicketsNode | undefined {
    return this.#model.parent(node);
  }

  resolveTreeItem(item: vscode.TreeItem, node: TicketsNode): vscode.TreeItem {
    if (node.type === 'ticket') {
      const { reader, accounts, now } = this.#options;
      item.tooltip = ticketTooltip(node.ticket, {
        now: now(),
        accountLabel: accounts.get(node.ref.accountId)?.label ?? node.ref.accountId,
        last: reader.entries(node.ref).findLast((entry) => entry.body !== undefined),
      });
    } else if (node.type === 'account') {
      item.tooltip = explain(node.error);
    }
    return item;
  }

  dispose(): void {
    clearTimeout(this.#refreshing);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #refresh(): void {
    const redraw = this.#load();
    if (redraw === 'all') this.#changed.fire(undefined);
    else if (redraw.length > 0) this.#changed.fire([...redraw]);
  }

  #load(): ReturnType<TicketsModel['update']> {
    const { reader, accounts, now } = this.#options;
    this.#loaded = true;
    const all = accounts.all();
    const mine = this.#scope === 'mine';
    const accountIds = all.map(({ id }) => id);
    const tickets = reader.tickets({ accountIds, active: true, ...(mine && { mine }) });
    const condition = {
      accounts: all,
      state: (id: string) => reader.accountState(id),
      settingProblems: accounts.problems(),
      storeProblem: reader.problem(),
    };
    const moment = { now: now(), endOfDay: endOfDay(now()) };
    const unseen = new Set<string>();
    const redraw = this.#model.update({
      notices: noticesOf(condition, vscode.l10n.t),
      tickets,
      by: groupingSetting(),
      moment,
      assignees: !mine,
      isUnseen: ({ accountId, id }) => unseen.has(`${accountId}/${id}`),
      accountLabel: (id) => accounts.get(id)?.label ?? id,
    });
    this.#view.message = offlineMessage(condition, timeOfDay, vscode.l10n.t);
    this.#showBadge(tickets, moment.now);
    const empty = tickets.length === 0 && reader.tickets({ accountIds, limit: 1 }).length === 0;
    void vscode.commands.executeCommand('setContext', 'deskside.empty', empty);
    void vscode.commands.executeCommand('setContext', 'deskside.ready', true);
    return redraw;
  }

  #showBadge(tickets: readonly Ticket[], now: Instant): void {
    const pressing = tickets.filter((ticket) => ticket.mine && isBurning(ticket, now)).length;
    if (this.#view.badge?.value === pressing || (pressing === 0 && !this.#view.badge)) return;
    this.#view.badge =
      pressing === 0
        ? undefined
        : {
            value: pressing,
            tooltip: vscode.l10n.t('{0} of your tickets need you within the hour', pressing),
          };
  }

  #showMore({ parent }: MoreNode): void {
    this.#model.showMore(parent);
    this.#changed.fire([parent]);
  }

  #remember(node: TicketsNode, collapsed: boolean): void {
    if (node.type !== 'group') return;
    if (collapsed) this.#collapsed.add(node.id);
    else this.#collapsed.delete(node.id);
    void this.#options.memory.update(collapsedKey, [...this.#collapsed]);
  }
}

function groupingSetting(): Grouping {
  const setting = vscode.workspace.getConfiguration('deskside.tickets').get<string>('groupBy');
  return groupings.find((by) => by === setting) ?? 'sla';
}

function endOfDay(now: Instant): Instant {
  return new Date(now).setHours(24, 0, 0, 0);
}

function timeOfDay(at: Instant): string {
  return new Date(at).toLocaleString(vscode.env.language, { dateStyle: 'short', timeStyle: 'short' });
}
