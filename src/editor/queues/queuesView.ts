import * as vscode from 'vscode';
import { localCalendar } from '../../desk/query/dates.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { draggedTickets, ticketsMime } from '../tickets/dragging.ts';
import { ReadRhythm } from '../tickets/readRhythm.ts';
import { ticketCount } from '../ticketCount.ts';
import { ownQueries } from './ownQueries.ts';
import { problemText } from './problemText.ts';
import { queuesOf, type Queue } from './queue.ts';

export type QueuesDeps = Pick<CommandDeps, 'reader' | 'accounts' | 'view' | 'sync' | 'now'>;

/** A queue with the number of its tickets, once they are counted. */
interface Row {
  queue: Queue;
  count: number | undefined;
}

/** The *Queues* view: a click shows a queue's tickets in the tree. */
export class QueuesView implements vscode.TreeDataProvider<string>, vscode.Disposable {
  readonly #deps: QueuesDeps;
  readonly #changed = new vscode.EventEmitter<string[] | undefined>();
  readonly #view: vscode.TreeView<string>;
  readonly #disposables: { dispose(): unknown }[];
  #rows = new Map<string, Row>();
  readonly #rhythm = new ReadRhythm(() => this.refresh());
  /** Counts the countings, so that one that was overtaken is given up. */
  #counting = 0;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: QueuesDeps) {
    this.#deps = deps;
    this.#rows = this.#list();
    this.#view = vscode.window.createTreeView<string>('deskside.queues', {
      treeDataProvider: this,
      dragAndDropController: {
        dragMimeTypes: [],
        dropMimeTypes: [ticketsMime],
        handleDrop: async (id, data) => {
          const queue = id === undefined ? undefined : this.#rows.get(id)?.queue;
          if (!queue) return;
          const refs = await draggedTickets(data);
          await vscode.commands.executeCommand('deskside._dropOnQueue', refs, queue);
        },
      },
    });
    const minutes = setInterval(() => this.refresh(), 60_000);
    this.#disposables = [
      this.#view,
      this.#changed,
      { dispose: () => clearInterval(minutes) },
      this.#rhythm,
      this.#view.onDidChangeVisibility(({ visible }) => visible && this.#rhythm.changed()),
      deps.sync.onDidChange(() => this.#rhythm.changed()),
      deps.sync.onDidChangeActivity((busy) => !busy && this.#rhythm.rested()),
      deps.accounts.onDidChange(() => this.refresh()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('deskside.queues')) this.refresh();
      }),
    ];
    this.refresh();
  }

  /** All queues there are, in their order. */
  get queues(): readonly Row[] {
    return [...this.#rows.values()];
  }

  getTreeItem(id: string): vscode.TreeItem {
    const row = this.#rows.get(id);
    if (!row) return new vscode.TreeItem(id);
    const { queue, count } = row;
    const item = new vscode.TreeItem(queue.label);
    item.id = id;
    item.description = count === undefined ? '' : String(count);
    item.iconPath = new vscode.ThemeIcon(queue.icon);
    item.tooltip = [
      queue.about,
      ...queue.problems.map((problem) => problemText(problem, vscode.l10n.t)),
    ].join('\n');
    item.contextValue = queue.own ? 'queue.own' : 'queue';
    item.accessibilityInformation = {
      label: count === undefined ? queue.label : `${queue.label}, ${ticketCount(count, vscode.l10n.t)}`,
    };
    item.command = { command: 'deskside.showQueue', title: vscode.l10n.t('Show'), arguments: [id] };
    return item;
  }

  getChildren(id?: string): string[] {
    return id === undefined ? [...this.#rows.keys()] : [];
  }

  getParent(): undefined {
    return undefined;
  }

  /** Shows a queue in the tree of tickets, and marks it here. */
  async show(queue: Queue): Promise<void> {
    await this.#deps.view.show(shown(queue));
    await this.#mark(queue.id);
  }

  /** Draws what changed, and counts anew. */
  refresh(): void {
    const before = this.#rows;
    this.#rows = this.#list();
    const changed = [...this.#rows]
      .filter(([id, row]) => look(before.get(id)) !== look(row))
      .map(([id]) => id);
    const sameList = [...before.keys()].join('\n') === [...this.#rows.keys()].join('\n');
    if (!sameList) this.#changed.fire(undefined);
    else if (changed.length > 0) this.#changed.fire(changed);
    this.#follow();
    void this.#countAnew();
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** What is in the queue that is shown may be defined otherwise now: it is another day, or its query was changed. */
  #follow(): void {
    const { view } = this.#deps;
    const row = this.#rows.get(view.queue.id);
    if (row) void this.show(row.queue);
    else if (view.queue.id.startsWith('own:')) {
      const first = this.queues[0];
      if (first) void this.show(first.queue);
    }
  }

  async #mark(id: string): Promise<void> {
    if (!this.#view.visible || this.#view.selection[0] === id) return;
    await this.#view.reveal(id, { select: true, focus: false });
  }

  /** The queues with the counts that are known. */
  #list(): Map<string, Row> {
    const { accounts, now } = this.#deps;
    const input = { calendar: localCalendar(now()), accounts: accounts.all(), own: ownQueries() };
    const queues = queuesOf(input, vscode.l10n.t);
    return new Map(queues.map((queue) => [queue.id, { queue, count: this.#rows.get(queue.id)?.count }]));
  }

  /** One after the other, so that the extension host can do other things in between. */
  async #countAnew(): Promise<void> {
    const counting = ++this.#counting;
    const began = performance.now();
    const changed: string[] = [];
    for (const [id, row] of this.#rows) {
      await new Promise((resolve) => setImmediate(resolve));
      if (counting !== this.#counting) break;
      const count = this.#count(row.queue);
      if (count !== row.count) changed.push(id);
      row.count = count;
    }
    this.#rhythm.took(began);
    if (changed.length > 0) this.#changed.fire(changed);
  }

  #count({ filter, done }: Queue): number {
    const { reader, accounts } = this.#deps;
    const accountIds = accounts.all().map(({ id }) => id);
    return reader.countTickets({ accountIds, ...filter, active: done !== true });
  }
}

/** Only what the tree of tickets has to remember. */
function shown({ id, label, filter, done }: Queue): Pick<Queue, 'id' | 'label' | 'filter' | 'done'> {
  return { id, label, filter, ...(done && { done }) };
}

function look(row: Row | undefined): string {
  return row
    ? JSON.stringify([row.count, row.queue.label, row.queue.icon, row.queue.about, row.queue.problems])
    : '';
}
