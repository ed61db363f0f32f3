import * as vscode from 'vscode';
import type { Outcome } from '../../desk/links.ts';
import { sameTicket, type Ticket } from '../../desk/ticket.ts';
import {
  knowledgeGapsRequest,
  ticketKnowledgeRequest,
  type KnowledgeGaps,
  type TicketKnowledge,
} from '../../runbooks/knowledgeMessages.ts';
import type { CommandDeps } from '../commands/deps.ts';
import type { LanguageServer } from '../language/lazyStart.ts';
import { openLinkedDocument, rateDocument } from '../writing/register.ts';
import { ticketCount } from '../ticketCount.ts';
import {
  linkedNode,
  section,
  suggestedNode,
  ticketNode,
  treeItem,
  type KnowledgeNode,
} from './knowledgeNodes.ts';

/** What is in front changes in a row while editors open: that is drawn once. */
const restsAfter = 150;

/** The *Knowledge* view: what helps with the ticket in front, how like ones were solved, and where knowledge is missing. */
export class KnowledgeView implements vscode.TreeDataProvider<KnowledgeNode>, vscode.Disposable {
  readonly #deps: CommandDeps;
  readonly #server: Pick<LanguageServer, 'request'>;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #view: vscode.TreeView<KnowledgeNode>;
  readonly #disposables: { dispose(): unknown }[];
  #ticket: Ticket | undefined;
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(deps: CommandDeps, server: Pick<LanguageServer, 'request'>) {
    this.#deps = deps;
    this.#server = server;
    this.#view = vscode.window.createTreeView('deskside.knowledge', { treeDataProvider: this });
    const soon = () => this.#refreshSoon();
    const command = (id: string, act: (node: KnowledgeNode | undefined) => Promise<void>) =>
      deps.commands.registerCommand(id, (node) => act(this.#nodeOf(node)));
    this.#disposables = [
      this.#view,
      this.#changed,
      vscode.window.tabGroups.onDidChangeTabs(soon),
      vscode.window.tabGroups.onDidChangeTabGroups(soon),
      vscode.window.onDidChangeActiveTextEditor(soon),
      this.#view.onDidChangeVisibility(soon),
      deps.sync.onDidChange(soon),
      command('deskside.documentHelped', (node) => this.#rate(node, 'solved')),
      command('deskside.documentDidNotHelp', (node) => this.#rate(node, 'did-not-help')),
      command('deskside.refreshKnowledge', () => {
        this.#changed.fire(undefined);
        return Promise.resolve();
      }),
      vscode.commands.registerCommand('deskside._openDocument', openDocument),
    ];
  }

  getTreeItem(node: KnowledgeNode): vscode.TreeItem {
    const item = treeItem(node);
    item.id = node.id;
    return item;
  }

  async getChildren(node?: KnowledgeNode): Promise<KnowledgeNode[]> {
    if (node?.type === 'section') return node.children;
    if (node?.type === 'gaps') {
      const gaps = await this.#ask<KnowledgeGaps>(knowledgeGapsRequest);
      return gaps ? gapNodes(gaps) : [unanswered('gaps')];
    }
    if (node !== undefined) return [];
    this.#ticket = this.#inFront();
    const ticket = this.#ticket;
    this.#view.description = ticket?.key;
    const nodes = [...this.#ofDocument(), ...(ticket ? await this.#ofTicket(ticket) : [])];
    return nodes.length === 0 && !this.#deps.accounts.all().length
      ? []
      : [...nodes, { type: 'gaps', id: 'gaps' }];
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  /** A runbook that is opened for a ticket does not make the ticket forgotten. */
  #inFront(): Ticket | undefined {
    const [selected] = this.#deps.current.selected();
    const ticket = this.#deps.current.inFront() ?? this.#ticket ?? selected;
    return ticket && this.#deps.reader.ticket(ticket);
  }

  async #ofTicket(ticket: Ticket): Promise<KnowledgeNode[]> {
    const ref = { accountId: ticket.accountId, id: ticket.id };
    const known = await this.#ask<TicketKnowledge>(ticketKnowledgeRequest, ref);
    const { documents, similar } = known ?? { documents: [], similar: [] };
    const links = this.#deps.reader.linksOf(ref);
    const none: KnowledgeNode = {
      type: 'message',
      id: 'none',
      text: vscode.l10n.t('No runbook fits yet: write one once it is solved.'),
    };
    const empty = known ? none : unanswered('suggested');
    const suggested = documents.length === 0 ? [empty] : documents.map(suggestedNode);
    const like = similar.map((one) => ticketNode('similar', one));
    return [
      section('suggested', vscode.l10n.t('Suggested documents'), suggested),
      ...(like.length === 0 ? [] : [section('similar', vscode.l10n.t('Similar tickets'), like)]),
      ...(links.length === 0
        ? []
        : [section('linked', vscode.l10n.t('Linked documents'), links.map(linkedNode))]),
    ];
  }

  /** Nothing while the language server is not there: what the store knows is shown all the same. */
  async #ask<R>(method: string, params?: unknown): Promise<R | undefined> {
    return this.#server.request<R>(method, params).catch(() => undefined);
  }

  /** For the runbook that is open: the tickets it was used for. */
  #ofDocument(): KnowledgeNode[] {
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme !== 'file') return [];
    const path = vscode.workspace.asRelativePath(uri, false);
    const id = /^id:[ \t]*["']?((?:[^"'\r\n#]|(?<=\S)#)+)/m.exec(
      vscode.window.activeTextEditor?.document.getText().slice(0, 2000) ?? '',
    )?.[1];
    const links = this.#deps.reader.linksTo({ ...(id !== undefined && { id: id.trim() }), path });
    if (links.length === 0) return [];
    const rows = links.map(({ ticket, ticketKey, outcome, id: linkId }): KnowledgeNode => {
      const known = this.#deps.reader.ticket(ticket);
      const row = ticketNode(`uses:${linkId}`, {
        ref: ticket,
        key: ticketKey,
        subject: known?.subject ?? '',
        status: known?.status.name ?? '',
        isDone: outcome === 'solved' || outcome === 'solved-with-changes',
        solution: outcome ?? vscode.l10n.t('linked'),
      });
      return row;
    });
    return [section('uses', vscode.l10n.t('Tickets of this document'), rows)];
  }

  async #rate(node: KnowledgeNode | undefined, outcome: Outcome): Promise<void> {
    const ticket = this.#ticket ?? this.#inFront() ?? (await this.#deps.current.resolve(undefined));
    if (!ticket) return;
    const named = node?.type === 'document' ? (node.uri ?? node.ref) : undefined;
    const document = node === undefined ? documentInFront() : named;
    if (document === undefined) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Open the document that you used, or select it in the Knowledge view.'),
      );
      return;
    }
    await rateDocument(this.#deps, ticket, document, outcome);
    this.#changed.fire(undefined);
  }

  #nodeOf(argument: unknown): KnowledgeNode | undefined {
    if (typeof argument === 'object' && argument !== null && 'type' in argument)
      return argument as KnowledgeNode;
    return this.#view.visible ? this.#view.selection[0] : undefined;
  }

  #refreshSoon(): void {
    if (!this.#view.visible) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      const now = this.#inFront();
      const isSame =
        now && this.#ticket && sameTicket(now, this.#ticket) && now.revision === this.#ticket.revision;
      const isDocument = vscode.window.activeTextEditor?.document.languageId === 'markdown';
      if (isSame && !isDocument) return;
      this.#changed.fire(undefined);
    }, restsAfter);
  }
}

/** Of the workspace: a draft, or a program, helps with no ticket. */
function documentInFront(): string | undefined {
  const document = vscode.window.activeTextEditor?.document;
  const isOurs =
    document?.languageId === 'markdown' && vscode.workspace.getWorkspaceFolder(document.uri) !== undefined;
  return isOurs ? document.uri.toString() : undefined;
}

function unanswered(place: string): KnowledgeNode {
  return {
    type: 'message',
    id: `unanswered:${place}`,
    text: vscode.l10n.t('The language server does not answer. Refresh in a moment.'),
  };
}

function gapNodes({ clusters, stale, unused }: KnowledgeGaps): KnowledgeNode[] {
  const document = (prefix: string, uri: string, title: string, description: string): KnowledgeNode => ({
    type: 'document',
    id: `${prefix}:${uri}`,
    ref: { title, path: vscode.workspace.asRelativePath(vscode.Uri.parse(uri), false) },
    uri,
    description,
    rates: false,
  });
  const clusterNodes = clusters.map(({ title, tickets }, at): KnowledgeNode => {
    const [only] = tickets;
    if (tickets.length === 1 && only) return ticketNode('gap', only);
    const rows = tickets.map((one) => ticketNode('gap', one));
    return {
      type: 'section',
      id: `cluster:${at}`,
      label: title,
      detail: ticketCount(tickets.length, vscode.l10n.t),
      open: false,
      children: rows,
    };
  });
  const staleNodes = stale.map(({ uri, title, days }) =>
    document('stale', uri, title, vscode.l10n.t('stale for {0} days', days)),
  );
  const unusedNodes = unused.map(({ uri, title }) => document('unused', uri, title, ''));
  const sections = [
    section('gaps.tickets', vscode.l10n.t('Solved without a document'), clusterNodes, false),
    section('gaps.stale', vscode.l10n.t('Stale documents'), staleNodes, false),
    section('gaps.unused', vscode.l10n.t('Never used documents'), unusedNodes, false),
  ];
  const filled = sections.filter((one) => one.type === 'section' && one.children.length > 0);
  return filled.length > 0
    ? filled
    : [{ type: 'message', id: 'no-gaps', text: vscode.l10n.t('No gap was found.') }];
}

async function openDocument(document: unknown): Promise<void> {
  if (typeof document === 'string')
    await vscode.window.showTextDocument(vscode.Uri.parse(document), { preview: false });
  else await openLinkedDocument(document as Parameters<typeof openLinkedDocument>[0]);
}
