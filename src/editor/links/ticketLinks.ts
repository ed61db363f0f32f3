import * as vscode from 'vscode';
import { escapeInline } from '../../desk/plainText.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { parseTicketLink, ticketLinkParts, type TicketLink } from '../../desk/ticketLink.ts';
import type { Account } from '../../desk/account.ts';
import type { CommandDeps } from '../commands/deps.ts';

type Needs = Pick<CommandDeps, 'reader' | 'accounts' | 'panels' | 'current' | 'sync'>;

/** Where Deskside opens the ticket, in whatever VS Code it is clicked. */
function linkTo(ticket: Pick<Ticket, 'accountId' | 'key'>, needs: Pick<Needs, 'accounts'>): string {
  const at = hostOf(needs.accounts.get(ticket.accountId));
  const parts = ticketLinkParts({ key: ticket.key, ...(at !== undefined && { at }) });
  return vscode.Uri.from({
    scheme: vscode.env.uriScheme,
    authority: 'deskside.deskside',
    ...parts,
  }).toString();
}

/** `[RT-7: The printer is on fire](…)`, to the ticket's page where it has one: anybody can open that. */
function markdownLink(ticket: Ticket, needs: Pick<Needs, 'accounts'>): string {
  const target = webPage(ticket) ?? linkTo(ticket, needs);
  return `[${escapeInline(`${ticket.key}: ${ticket.subject}`)}](${target.replace(/[()\s]/g, encodeURIComponent)})`;
}

/** Opens the ticket that a link names. */
export async function openLink(needs: Needs, uri: vscode.Uri): Promise<void> {
  const link = parseTicketLink(uri.path, uri.query);
  if (!link) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('This link names no ticket, so nothing was opened. A link looks like {0}.', example()),
    );
    return;
  }
  const ticket = await named(needs, link);
  if (ticket) needs.panels.open(ticket);
}

/** Puts the ticket's key, subject and addresses on the clipboard, for a chat or a mail. */
export async function copyLink(needs: Needs, argument: unknown): Promise<void> {
  const ticket = await needs.current.resolve(argument);
  if (!ticket) return;
  const lines = [`${ticket.key} ${ticket.subject}`, webPage(ticket), linkTo(ticket, needs)];
  await vscode.env.clipboard.writeText(lines.filter((line) => line !== undefined).join('\n'));
  vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('Link to {0} copied', ticket.key)}`, 3000);
}

/** Writes a link to a ticket where the cursor is. */
export async function insertLink(needs: Needs, argument: unknown): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Put the cursor where the link should be, then run the command again.'),
    );
    return;
  }
  const ticket =
    argument === undefined
      ? await needs.current.pick(vscode.l10n.t('Insert Link to Ticket'))
      : await needs.current.resolve(argument);
  if (!ticket) return;
  const text = linkIn(editor.document, ticket, needs);
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (!done) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} can’t be changed, so no link was inserted.', editor.document.fileName),
    );
  }
}

/** Tickets dropped on a document become links there. */
export function dropLinks(
  needs: Needs,
  document: vscode.TextDocument,
  dropped: unknown,
): vscode.DocumentDropEdit | undefined {
  const tickets = needs.current.named(dropped);
  if (tickets.length === 0) return undefined;
  const text = tickets.map((ticket) => linkIn(document, ticket, needs)).join('\n');
  return new vscode.DocumentDropEdit(text, vscode.l10n.t('Insert Link to Ticket'));
}

/** A link where the document can have one, else the key. */
function linkIn({ languageId }: vscode.TextDocument, ticket: Ticket, needs: Needs): string {
  return languageId === 'markdown' ? markdownLink(ticket, needs) : ticket.key;
}

async function named(needs: Needs, link: TicketLink): Promise<Ticket | undefined> {
  const found = look(needs, link);
  if (found.length > 0) return one(needs, found);
  const sync = vscode.l10n.t('Sync and Try Again');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      '{0} is not among the tickets on this computer. It may be new, or not be yours to see.',
      link.key,
    ),
    sync,
  );
  if (chosen !== sync) return undefined;
  await vscode.commands.executeCommand('deskside.syncNow');
  const now = look(needs, link);
  if (now.length > 0) return one(needs, now);
  void vscode.window.showWarningMessage(vscode.l10n.t('{0} did not come with the sync.', link.key));
  return undefined;
}

function look({ reader, accounts }: Needs, { key, at }: TicketLink): Ticket[] {
  const tickets = reader.ticketsByKey(key);
  const there = tickets.filter(({ accountId }) => hostOf(accounts.get(accountId)) === at);
  return there.length > 0 ? there : at === undefined ? tickets : [];
}

async function one({ accounts }: Needs, tickets: readonly Ticket[]): Promise<Ticket | undefined> {
  if (tickets.length < 2) return tickets[0];
  const picked = await vscode.window.showQuickPick(
    tickets.map((ticket) => ({
      label: `${ticket.key} ${ticket.subject}`,
      description: accounts.get(ticket.accountId)?.label ?? ticket.accountId,
      ticket,
    })),
    { title: vscode.l10n.t('Several accounts have a ticket of this key') },
  );
  return picked?.ticket;
}

function webPage({ url }: Ticket): string | undefined {
  return url !== undefined && /^https?:\/\//.test(url) ? url : undefined;
}

function hostOf(account: Account | undefined): string | undefined {
  return account?.url === undefined ? undefined : new URL(account.url).host;
}

function example(): string {
  return `${vscode.env.uriScheme}://deskside.deskside/ticket/RT-12`;
}
