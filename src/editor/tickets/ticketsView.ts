import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { sameTicket, ticketRef, type Instant, type Ticket, type TicketRef } from '../../desk/ticket.ts';
import { isBurning } from '../../desk/urgency.ts';
import type { StoreReader, TicketFilter } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type { Accounts } from '../accounts.ts';
import { explain } from '../errors.ts';
import { remembered } from '../translate.ts';
import { timeOrDate } from '../dates.ts';
import { Layouts, type Layout } from './layouts.ts';
import { dragging } from './dragging.ts';
import { Marks } from './marks.ts';
import { noticesOf, offlineMessage, type DeskCondition } from './notices.ts';
import { markDecorations, treeItem } from './ticketItems.ts';
import type { GroupNode, MoreNode, TicketsNode } from './ticketNodes.ts';
import { ReadRhythm } from './readRhythm.ts';
import { readTickets } from './readTickets.ts';
import { mineQueue, type ShownQueue } from './shownQueue.ts';
import { TicketsModel, type Redraw } from './ticketsModel.ts';
import { ticketTooltip } from './tooltip.ts';

export interface TicketsViewOptions {
  reader: StoreReader;
  accounts: Accounts;
  /** Remembers the queue that is shown, how queues are arranged, and which groups are closed. */
  memory: vscode.Memento;
  now: () => Instant;
}

const collapsedKey = 'deskside.tickets.collapsed';
const queueKey = 'deskside.tickets.queue';
/** More than fit on a screen. */
const firstRows = 40;
/** Longer than a window takes to fetch some rows, in milliseconds. */
const mostPatience = 200;
/** What a window needs to paint rows that it was given, in milliseconds: all else it is told would come first. */
const untilPainted = 60;
/** Enough for a badge. */
const mostPressing = 500;

/** The *Tickets* view: shows what the store holds, whether or not anything else is there yet. */
export class TicketsView implements vscode.TreeDataProvider<TicketsNode>, vscode.Disposable {
  readonly #options: TicketsViewOptions;
  readonly #model = new TicketsModel(remembered(vscode.l10n.t));
  readonly #changed = new vscode.EventEmitter<TicketsNode[] | undefined>();
  readonly #handedOver = new vscode.EventEmitter<void>();
  readonly #view: vscode.TreeView<TicketsNode>;
  /** Groups that the user has collapsed, or opened where they are closed at first. */
  readonly #collapsed: Set<string>;
  readonly #disposables: { dispose(): unknown }[];
  readonly #layouts: Layouts;
  #queue: ShownQueue;
  #pinned: TicketRef | undefined;
  #tickets: readonly Ticket[] = [];
  /** There may be more than those. */
  #partial = false;
  /** Counts the readings, so that one that was overtaken is given up. */
  #load = 0;
  /** What was read last: nothing has to be read again while it is the same. */
  #read = '';
  /** Whether the model holds something to show. */
  #drawn = false;
  readonly #rhythm = new ReadRhythm(() => void this.#reload());

  readonly onDidChangeTreeData = this.#changed.event;
  /** Rows were handed over, or there is none. */
  readonly onDidHandOver = this.#handedOver.event;

  constructor(options: TicketsViewOptions) {
    this.#options = options;
    this.#collapsed = new Set(options.memory.get<readonly string[]>(collapsedKey, []));
    this.#layouts = new Layouts(options.memory);
    this.#queue = options.memory.get<ShownQueue>(queueKey) ?? mineQueue(vscode.l10n.t);
    this.#view = vscode.window.createTreeView('deskside.tickets', {
      treeDataProvider: this,
      canSelectMany: true,
      dragAndDropController: dragging,
    });
    const minutes = setInterval(() => this.#draw(), 60_000);
    this.#disposables = [
      this.#view,
      this.#changed,
      this.#handedOver,
      { dispose: () => clearInterval(minutes) },
      this.#view.onDidCollapseElement(({ element }) => this.#remember(element, true)),
      this.#view.onDidExpandElement(({ element }) => this.#remember(element, false)),
      this.#view.onDidChangeVisibility(({ visible }) => visible && this.refreshSoon()),
      options.accounts.onDidChange(() => this.refreshSoon()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('deskside.tickets')) this.#draw();
      }),
      vscode.window.registerFileDecorationProvider(markDecorations),
      vscode.commands.registerCommand('deskside._showMore', (node: MoreNode) => this.#showMore(node)),
    ];
  }

  /** From now on the view follows what is synced. */
  attach(sync: Pick<Sync, 'onDidChange' | 'onDidChangeActivity'>): void {
    this.#disposables.push(
      sync.onDidChange(() => this.refreshSoon()),
      sync.onDidChangeActivity((busy) => !busy && this.#rhythm.rested()),
    );
    this.#tellQueue();
    this.refreshSoon();
  }

  /** How the tickets are arranged. */
  get layout(): Layout {
    return this.#layouts.of(this.#queue.id);
  }

  /** Arranges the tickets of this queue so from now on. */
  async arrange(change: Partial<Layout>): Promise<void> {
    await this.#layouts.set(this.#queue.id, change);
    this.#draw();
  }

  get queue(): ShownQueue {
    return this.#queue;
  }

  /** Shows the tickets of a queue; the same one again, where what is in it was defined anew. */
  async show(queue: ShownQueue): Promise<void> {
    if (JSON.stringify(queue) === JSON.stringify(this.#queue)) return;
    this.#queue = queue;
    if (this.layout.order === 'urgent') {
      this.#readFirstRows();
      const taken = this.#rowsTaken();
      this.#changed.fire(undefined);
      await taken;
      if (queue !== this.#queue) return;
    }
    this.#tellQueue();
    await this.#reload();
    await this.#options.memory.update(queueKey, queue);
  }

  /** Marks this ticket and no other as the one that is worked on. */
  markPinned(ref: TicketRef | undefined): void {
    this.#pinned = ref;
    this.refreshSoon();
  }

  /** The tickets selected in the tree, for commands that were not told which. */
  get selected(): readonly Ticket[] {
    return this.#view.selection.flatMap((node) => (node.type === 'ticket' ? [node.ticket] : []));
  }

  /** The ticket before (-1) or after (1) this one in the order of the view, seen or not; its ends where there is none. */
  async neighbour(of: TicketRef | undefined, step: 1 | -1): Promise<TicketRef | undefined> {
    if (!this.#drawn || this.#partial) await this.#reload();
    const order = this.#model.order;
    const at = of === undefined ? -1 : order.findIndex((ticket) => sameTicket(ticket, of));
    const next = at === -1 ? (step === 1 ? order[0] : order.at(-1)) : order[at + step];
    return next && ticketRef(next);
  }

  refreshSoon(): void {
    this.#rhythm.changed();
  }

  getTreeItem(node: TicketsNode): vscode.TreeItem {
    return treeItem(node, (group) => this.#collapsed.has(group.id) !== this.#isClosedAtFirst(group));
  }

  getChildren(node?: TicketsNode): TicketsNode[] {
    if (!this.#drawn) this.#readFirstRows();
    const nodes = node ? this.#model.children(node) : [...this.#model.roots];
    if (node || nodes.length === 0) this.#handedOver.fire();
    return nodes;
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
    this.#rhythm.dispose();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** The user's, of all accounts. */
  #teams(): string[] {
    return this.#options.accounts.all().flatMap(({ teams }) => teams ?? []);
  }

  /** What is needed to show something at once: the most urgent rows; the others follow. */
  #readFirstRows(): void {
    this.#load++;
    this.#tickets = this.#options.reader.tickets({ ...this.#filter(), order: 'urgent', limit: firstRows });
    this.#partial = this.#tickets.length === firstRows;
    this.#read = '';
    this.#update();
  }

  /** Until the window shows the rows, so that nothing keeps it from them; a view that is not to be seen never asks. */
  async #rowsTaken(): Promise<void> {
    let listener: vscode.Disposable | undefined;
    const handedOver = new Promise<void>((resolve) => (listener = this.onDidHandOver(resolve)));
    await Promise.race([handedOver, sleep(mostPatience)]);
    listener?.dispose();
    await sleep(untilPainted);
  }

  /** Reads the tickets anew, and draws what looks different. */
  async #reload(): Promise<void> {
    const { reader } = this.#options;
    const filter = this.#filter();
    const state = JSON.stringify([reader.version(), filter]);
    if (state !== this.#read) {
      const load = ++this.#load;
      const began = performance.now();
      const tickets = await readTickets(reader, filter, () => load === this.#load);
      if (!tickets) return;
      this.#rhythm.took(began);
      this.#tickets = tickets;
      this.#partial = false;
      this.#read = state;
    }
    this.#draw();
  }

  /** Draws what looks different now: time has passed, or the tickets or settings are others. */
  #draw(): void {
    const redraw = this.#update();
    this.#announce();
    if (redraw === 'all') this.#changed.fire(undefined);
    else if (redraw.length > 0) this.#changed.fire([...redraw]);
  }

  #filter(): TicketFilter {
    const accountIds = this.#options.accounts.all().map(({ id }) => id);
    return { accountIds, ...this.#queue.filter, active: true };
  }

  #update(): Redraw {
    this.#drawn = true;
    const { reader, accounts } = this.#options;
    const now = this.#options.now();
    const done = { ...this.#filter(), active: false };
    const marks = new Marks(reader, this.#pinned, this.#teams());
    return this.#model.update({
      notices: noticesOf(this.#condition(), vscode.l10n.t),
      tickets: this.#tickets,
      partial: this.#partial,
      done: {
        // They are far below the first rows.
        total: this.#partial ? 0 : reader.countTickets(done),
        read: (limit) => reader.tickets({ ...done, limit }),
      },
      queue: this.#queue.id,
      ...this.layout,
      moment: { now, endOfDay: new Date(now).setHours(24, 0, 0, 0) },
      assignees: this.#queue.filter.mine !== true,
      markOf: (ticket) => marks.of(ticket),
      accountLabel: (id) => accounts.get(id)?.label ?? id,
    });
  }

  /** What is said around the rows. The first rows come before it: each word of it costs the window some time. */
  #announce(): void {
    const now = this.#options.now();
    const marks = new Marks(this.#options.reader, this.#pinned, this.#teams());
    this.#view.message = offlineMessage(this.#condition(), timeOrDate, vscode.l10n.t);
    this.#showBadge(this.#mine().filter((ticket) => isBurning(ticket, now) || marks.isUnseen(ticket)).length);
    this.#tellWelcome();
  }

  #condition(): DeskCondition {
    const { reader, accounts } = this.#options;
    return {
      accounts: accounts.all(),
      state: (id) => reader.accountState(id),
      settingProblems: accounts.problems(),
      storeProblem: reader.problem(),
    };
  }

  /** The user's own tickets, whatever is shown; the most urgent first. */
  #mine(): readonly Ticket[] {
    const { filter } = mineQueue(vscode.l10n.t);
    if (JSON.stringify(this.#queue.filter) === JSON.stringify(filter)) return this.#tickets;
    const accountIds = this.#options.accounts.all().map(({ id }) => id);
    const mine = { accountIds, active: true, mine: true };
    return this.#options.reader.tickets({ ...mine, order: 'urgent', limit: mostPressing });
  }

  #tellQueue(): void {
    this.#view.description = this.#queue.label;
    void vscode.commands.executeCommand('setContext', 'deskside.queue', this.#queue.id);
  }

  /** Which of the texts for an empty view is the right one. */
  #tellWelcome(): void {
    const accountIds = this.#options.accounts.all().map(({ id }) => id);
    const empty =
      this.#tickets.length === 0 && this.#options.reader.tickets({ accountIds, limit: 1 }).length === 0;
    void vscode.commands.executeCommand('setContext', 'deskside.empty', empty);
    void vscode.commands.executeCommand('setContext', 'deskside.ready', true);
  }

  #showBadge(pressing: number): void {
    if ((this.#view.badge?.value ?? 0) === pressing) return;
    this.#view.badge =
      pressing === 0
        ? undefined
        : { value: pressing, tooltip: vscode.l10n.t('{0} of your tickets need you now', pressing) };
  }

  #showMore({ parent }: MoreNode): void {
    this.#model.showMore(parent);
    this.#changed.fire([parent]);
  }

  #remember(node: TicketsNode, collapsed: boolean): void {
    if (node.type !== 'group') return;
    if (collapsed !== this.#isClosedAtFirst(node)) this.#collapsed.add(node.id);
    else this.#collapsed.delete(node.id);
    void this.#options.memory.update(collapsedKey, [...this.#collapsed]);
  }

  #isClosedAtFirst(group: GroupNode): boolean {
    return group.done && this.#queue.done !== true;
  }
}
