import * as vscode from 'vscode';
import { outcomePhrase } from '../../desk/resolutionNote.ts';
import type { DocumentRef, StoredLink } from '../../desk/links.ts';
import type { SimilarTicket, SuggestedDocument } from '../../runbooks/knowledgeMessages.ts';

/** A row of the *Knowledge* view. */
export type KnowledgeNode =
  | { type: 'section'; id: string; label: string; detail?: string; open: boolean; children: KnowledgeNode[] }
  | { type: 'gaps'; id: string }
  | { type: 'document'; id: string; ref: DocumentRef; uri?: string; description: string; rates: boolean }
  | { type: 'ticket'; id: string; ticket: SimilarTicket }
  | { type: 'message'; id: string; text: string };

export function section(id: string, label: string, children: KnowledgeNode[], open = true): KnowledgeNode {
  return { type: 'section', id, label, open, children };
}

export function suggestedNode(document: SuggestedDocument): KnowledgeNode {
  const proof =
    document.used === 0
      ? vscode.l10n.t('not used yet')
      : vscode.l10n.t('solved {0} of {1}', document.solved, document.used);
  return {
    type: 'document',
    id: `suggested:${document.uri}`,
    ref: document.ref,
    uri: document.uri,
    description: document.namesTicket ? vscode.l10n.t('names this ticket · {0}', proof) : proof,
    rates: true,
  };
}

export function linkedNode(link: StoredLink): KnowledgeNode {
  const { document, outcome } = link;
  return {
    type: 'document',
    id: `linked:${link.id}`,
    ref: document,
    description: [document.heading, outcome === undefined ? vscode.l10n.t('linked') : outcomePhrase(outcome)]
      .filter(Boolean)
      .join(' · '),
    rates: false,
  };
}

export function ticketNode(prefix: string, ticket: SimilarTicket): KnowledgeNode {
  return { type: 'ticket', id: `${prefix}:${ticket.ref.accountId}/${ticket.ref.id}`, ticket };
}

export function treeItem(node: KnowledgeNode): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  if (node.type === 'section') {
    const item = new vscode.TreeItem(node.label, node.open ? Expanded : Collapsed);
    if (node.detail !== undefined) item.description = node.detail;
    return item;
  }
  if (node.type === 'gaps') {
    const item = new vscode.TreeItem(vscode.l10n.t('Gaps'), Collapsed);
    item.tooltip = vscode.l10n.t('Where knowledge is missing, stale or never used');
    item.iconPath = new vscode.ThemeIcon('search-sparkle');
    return item;
  }
  if (node.type === 'message') {
    const item = new vscode.TreeItem(node.text, None);
    item.iconPath = new vscode.ThemeIcon('info');
    return item;
  }
  return node.type === 'document' ? documentItem(node) : ticketItem(node.ticket);
}

function documentItem(node: KnowledgeNode & { type: 'document' }): vscode.TreeItem {
  const item = new vscode.TreeItem(node.ref.title, vscode.TreeItemCollapsibleState.None);
  item.description = node.description;
  item.tooltip = node.ref.path;
  item.iconPath = new vscode.ThemeIcon('book');
  item.contextValue = node.rates ? 'document.suggested' : 'document';
  item.command = {
    command: 'deskside._openDocument',
    title: vscode.l10n.t('Open'),
    arguments: [node.uri ?? node.ref],
  };
  return item;
}

function ticketItem(ticket: SimilarTicket): vscode.TreeItem {
  const item = new vscode.TreeItem(`${ticket.key} ${ticket.subject}`, vscode.TreeItemCollapsibleState.None);
  item.description = ticket.solution ?? ticket.status;
  const lines = [`${ticket.key} ${ticket.subject}`, ticket.status, ticket.solution, ticket.document?.title];
  item.tooltip = lines.filter(Boolean).join('\n');
  item.iconPath = new vscode.ThemeIcon(ticket.isDone ? 'pass' : 'circle-large-outline');
  item.contextValue = 'ticket';
  item.command = { command: 'deskside.openTicket', title: vscode.l10n.t('Open'), arguments: [ticket.ref] };
  return item;
}
