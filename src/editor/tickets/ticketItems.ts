import * as vscode from 'vscode';
import { reloadWindow } from '../errors.ts';
import { ticketCount } from '../ticketCount.ts';
import { markName, type Mark } from './rowText.ts';
import type { AccountNode, GroupNode, TicketNode, TicketsNode } from './ticketNodes.ts';
import { pageSize } from './ticketsModel.ts';

const markScheme = 'deskside-mark';

/** The row of a node; what needs more than the node itself is added when it is hovered over. */
export function treeItem(node: TicketsNode, isCollapsed: (group: GroupNode) => boolean): vscode.TreeItem {
  const item = itemOf(node, isCollapsed);
  item.id = node.id;
  return item;
}

function itemOf(node: TicketsNode, isCollapsed: (group: GroupNode) => boolean): vscode.TreeItem {
  switch (node.type) {
    case 'ticket':
      return ticketItem(node);
    case 'group': {
      const item = new vscode.TreeItem(
        node.label,
        isCollapsed(node)
          ? vscode.TreeItemCollapsibleState.Collapsed
          : vscode.TreeItemCollapsibleState.Expanded,
      );
      item.description = String(node.total ?? '…');
      item.contextValue = 'group';
      item.accessibilityInformation = {
        label:
          node.total === undefined
            ? vscode.l10n.t('{0}, more tickets are being read', node.label)
            : `${node.label}, ${ticketCount(node.total, vscode.l10n.t)}`,
      };
      return item;
    }
    case 'more': {
      const item = new vscode.TreeItem(
        vscode.l10n.t('Show {0} more…', Math.min(pageSize, node.hidden)),
        vscode.TreeItemCollapsibleState.None,
      );
      item.description = vscode.l10n.t('{0} not shown', node.hidden);
      item.iconPath = new vscode.ThemeIcon('unfold');
      item.command = { command: 'deskside._showMore', title: '', arguments: [node] };
      return item;
    }
    case 'account':
      return accountItem(node);
    case 'problems': {
      const item = new vscode.TreeItem(node.label, vscode.TreeItemCollapsibleState.Collapsed);
      item.iconPath = new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
      item.contextValue = 'problems';
      if (node.reload) item.command = { command: reloadWindow, title: vscode.l10n.t('Reload Window') };
      return item;
    }
    case 'problem': {
      const item = new vscode.TreeItem(node.text, vscode.TreeItemCollapsibleState.None);
      item.tooltip = node.text;
      item.contextValue = 'problem';
      return item;
    }
  }
}

function ticketItem({ ticket, ref, row }: TicketNode): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, vscode.TreeItemCollapsibleState.None);
  item.description = row.description;
  item.iconPath = new vscode.ThemeIcon(
    row.icon.icon,
    row.icon.color === undefined ? undefined : new vscode.ThemeColor(row.icon.color),
  );
  item.contextValue = ticket.url === undefined ? 'ticket' : 'ticket.web';
  item.accessibilityInformation = { label: row.spoken };
  item.command = { command: 'deskside.openTicket', title: vscode.l10n.t('Open'), arguments: [ref] };
  if (row.mark) {
    const path = `/${ref.accountId}/${ref.id}`;
    item.resourceUri = vscode.Uri.from({ scheme: markScheme, path, query: row.mark });
  }
  return item;
}

function accountItem({ accountId, label, error }: AccountNode): vscode.TreeItem {
  const signedOut = error.reason === 'unauthorised';
  const item = new vscode.TreeItem(
    signedOut
      ? vscode.l10n.t('{0}: signed out — Sign in', label)
      : vscode.l10n.t('{0}: {1}', label, shortly(error.reason)),
    vscode.TreeItemCollapsibleState.None,
  );
  item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
  item.contextValue = `account.${error.reason}`;
  item.command = {
    command: signedOut ? 'deskside.signIn' : 'deskside._accountProblem',
    title: signedOut ? vscode.l10n.t('Sign In') : vscode.l10n.t('What To Do'),
    arguments: [{ accountId }],
  };
  return item;
}

function shortly(reason: AccountNode['error']['reason']): string {
  switch (reason) {
    case 'tls':
      return vscode.l10n.t('the connection is not trusted');
    case 'forbidden':
      return vscode.l10n.t('not allowed');
    case 'not-found':
    case 'protocol':
      return vscode.l10n.t('not what such a system answers');
    case 'unsupported':
      return vscode.l10n.t('the account can’t be used');
    case 'storage':
      return vscode.l10n.t('tickets could not be kept');
    case 'offline':
    case 'unauthorised':
    case 'conflict':
    case 'server':
    case 'unknown-outcome':
    case 'rate-limited':
    case 'rejected':
    case 'cancelled':
      return vscode.l10n.t('the server has a problem');
  }
}

/** Marks rows by a sign for the eye; the row's spoken label says it in words. */
export const markDecorations: vscode.FileDecorationProvider = {
  provideFileDecoration({ scheme, query }) {
    if (scheme !== markScheme) return undefined;
    const mark = (Object.keys(signs) as Mark[]).find((one) => one === query);
    if (!mark) return undefined;
    const [sign, color] = signs[mark];
    return new vscode.FileDecoration(
      sign,
      markName(mark, vscode.l10n.t),
      color === undefined ? undefined : new vscode.ThemeColor(color),
    );
  },
};

/** The whole row has the colour, so it must be one for text: orange and yellow are too pale in light themes. */
const signs: Record<Mark, [sign: string, color?: string]> = {
  collision: ['!', 'list.warningForeground'],
  unseen: ['●', 'charts.blue'],
  handed: ['↑', 'list.warningForeground'],
  pinned: ['★'],
};
