import * as vscode from 'vscode';
import type { Operation } from '../../desk/operation.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type { Accounts } from '../accounts.ts';
import { explain } from '../errors.ts';
import { timeOfDay } from '../dates.ts';
import {
  conflictSide,
  obstacle,
  operationContext,
  operationDescription,
  operationIcon,
  operationTitle,
} from './outboxText.ts';

export interface OutboxViewOptions {
  reader: StoreReader;
  accounts: Pick<Accounts, 'get'>;
}

/** A change that is not confirmed yet, and, below it, what stands in its way. */
export type OutboxNode =
  | { type: 'operation'; id: string; operation: Operation }
  | { type: 'obstacle'; id: string; text: string; parent: OutboxNode };

/** Documents that show the two sides of a conflict: `deskside-conflict:/<operation>/<mine|theirs>` */
export const conflictScheme = 'deskside-conflict';

/** The *Outbox* view: what was changed here and has not arrived yet. What has, vanishes. */
export class OutboxView implements vscode.TreeDataProvider<OutboxNode>, vscode.Disposable {
  readonly #options: OutboxViewOptions;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<OutboxNode>;
  readonly #disposables: { dispose(): unknown }[];
  #shown = '';

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(options: OutboxViewOptions) {
    this.#options = options;
    this.#view = vscode.window.createTreeView('deskside.outbox', { treeDataProvider: this });
    this.#disposables = [
      this.#view,
      this.#changed,
      vscode.workspace.registerTextDocumentContentProvider(conflictScheme, {
        provideTextDocumentContent: (uri) => {
          const [, id = '', side] = uri.path.split('/');
          const operation = options.reader.operation(id);
          return operation ? conflictSide(operation, side === 'mine' ? 'mine' : 'theirs', vscode.l10n.t) : '';
        },
      }),
    ];
  }

  /** From now on the view follows what is sent. */
  attach(sync: Pick<Sync, 'onDidChange'>): void {
    this.#disposables.push(sync.onDidChange(() => this.#refresh()));
    this.#refresh();
  }

  getTreeItem(node: OutboxNode): vscode.TreeItem {
    return node.type === 'operation' ? this.#operationItem(node.operation) : obstacleItem(node.id, node.text);
  }

  getChildren(node?: OutboxNode): OutboxNode[] {
    if (!node) {
      return this.#options.reader
        .outbox()
        .map((operation) => ({ type: 'operation', id: operation.id, operation }) as const);
    }
    if (node.type === 'obstacle') return [];
    const text = obstacle(node.operation, explain, vscode.l10n.t);
    return text === undefined ? [] : [{ type: 'obstacle', id: `${node.id}:obstacle`, text, parent: node }];
  }

  getParent(node: OutboxNode): OutboxNode | undefined {
    return node.type === 'obstacle' ? node.parent : undefined;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #refresh(): void {
    const operations = this.#options.reader.outbox();
    const shown = JSON.stringify(
      operations.map(({ id, state, done, error, conflict }) => [id, state, done, error, conflict]),
    );
    if (shown === this.#shown) return;
    this.#shown = shown;
    const stuck = operations.filter(({ state }) => state === 'failed' || state === 'conflict').length;
    this.#view.badge =
      stuck === 0
        ? undefined
        : {
            value: stuck,
            tooltip:
              stuck === 1
                ? vscode.l10n.t('1 change needs a decision')
                : vscode.l10n.t('{0} changes need a decision', stuck),
          };
    this.#changed.fire(undefined);
  }

  #operationItem(operation: Operation): vscode.TreeItem {
    const { accounts } = this.#options;
    const title = operationTitle(operation, vscode.l10n.t);
    const text = obstacle(operation, explain, vscode.l10n.t);
    const item = new vscode.TreeItem(
      title,
      text === undefined ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Expanded,
    );
    const { notBefore } = operation;
    const again = notBefore !== undefined && notBefore > Date.now() ? timeOfDay(notBefore) : undefined;
    const time = timeOfDay(operation.createdAt);
    const accountLabel = accounts.get(operation.accountId)?.label ?? operation.accountId;
    const { icon, color } = operationIcon(operation);
    item.id = operation.id;
    item.description = operationDescription(operation, { accountLabel, time, again }, vscode.l10n.t);
    item.iconPath = new vscode.ThemeIcon(
      icon,
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
    item.contextValue = operationContext(operation);
    item.accessibilityInformation = { label: [title, item.description, text ?? ''].join(', ') };
    item.tooltip = text === undefined ? title : `${title}\n${text}`;
    if (operation.ticketId !== undefined) {
      const ref = { accountId: operation.accountId, id: operation.ticketId };
      item.command = { command: 'deskside.openTicket', title: vscode.l10n.t('Open'), arguments: [ref] };
    }
    return item;
  }
}

function obstacleItem(id: string, text: string): vscode.TreeItem {
  const item = new vscode.TreeItem(text, vscode.TreeItemCollapsibleState.None);
  item.id = id;
  item.tooltip = text;
  item.iconPath = new vscode.ThemeIcon('info');
  return item;
}
