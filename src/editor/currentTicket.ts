import * as vscode from 'vscode';
import type { Instant, Ticket, TicketRef } from '../desk/ticket.ts';
import type { StoreReader } from '../store/api.ts';
import type { Accounts } from './accounts.ts';
import { draftScheme, idOfDraft } from './drafts/draftUri.ts';

/** Read-only ticket documents: `deskside-ticket:/<accountId>/<key>.md` */
const ticketScheme = 'deskside-ticket';

export interface CurrentTicketOptions {
  reader: StoreReader;
  accounts: Pick<Accounts, 'all' | 'get'>;
  /** The ticket whose panel is the active editor. */
  activePanel: () => TicketRef | undefined;
  /** Selected in the tree: offered first when one has to be picked. */
  selected: () => readonly Ticket[];
  now: () => Instant;
}

/** Finds out which ticket a command is about. */
export class CurrentTicket {
  readonly #options: CurrentTicketOptions;

  constructor(options: CurrentTicketOptions) {
    this.#options = options;
  }

  /** The ticket that `argument` names, else the one in front of the user, else the one they pick. */
  async resolve(argument: unknown): Promise<Ticket | undefined> {
    const named = refOf(argument);
    if (named) {
      const ticket = this.#options.reader.ticket(named);
      if (!ticket) void vscode.window.showWarningMessage(vscode.l10n.t('That ticket is no longer here.'));
      return ticket;
    }
    return this.inFront() ?? this.pick(vscode.l10n.t('Which ticket?'));
  }

  /**
   * The tickets that a command is about which can be done with several: those marked in the tree, given as `selection`
   * or from the palette, else the one of {@link resolve}.
   */
  async resolveAll(argument: unknown, selection: unknown): Promise<Ticket[]> {
    const marked = this.named(selection ?? (argument ? [] : this.#options.selected()));
    if (marked.length > 1) return marked;
    const ticket = await this.resolve(argument);
    return ticket ? [ticket] : [];
  }

  /** Those tickets of a list of references or nodes that are there. */
  named(list: unknown): Ticket[] {
    if (!Array.isArray(list)) return [];
    return list.flatMap((one: unknown) => {
      const ref = refOf(one);
      const ticket = ref && this.#options.reader.ticket(ref);
      return ticket ? [ticket] : [];
    });
  }

  /** The ticket of the active panel, draft or ticket document. */
  inFront(): Ticket | undefined {
    const { reader, activePanel } = this.#options;
    const panel = activePanel();
    if (panel) return reader.ticket(panel);
    const uri = vscode.window.activeTextEditor?.document.uri;
    if (uri?.scheme === draftScheme) {
      const draft = reader.draft(idOfDraft(uri));
      return draft?.ticketId === undefined
        ? undefined
        : reader.ticket({ accountId: draft.accountId, id: draft.ticketId });
    }
    if (uri?.scheme === ticketScheme) {
      const [, accountId, file = ''] = uri.path.split('/');
      return reader.ticketsByKey(file.replace(/\.md$/, '')).find((ticket) => ticket.accountId === accountId);
    }
    return undefined;
  }

  /** Selected in the tree. */
  selected(): readonly Ticket[] {
    return this.#options.selected();
  }

  /** Asks for a ticket by key, subject or people. */
  async pick(title: string): Promise<Ticket | undefined> {
    const { pickTicket } = await import('./commands/commands.ts');
    return pickTicket({ ...this.#options, title, first: this.#options.selected() });
  }
}

/** A ticket, a reference to one, or a tree node that has one. */
function refOf(argument: unknown): TicketRef | undefined {
  if (typeof argument !== 'object' || argument === null) return undefined;
  if ('ref' in argument) return refOf(argument.ref);
  if (!('accountId' in argument) || !('id' in argument)) return undefined;
  const { accountId, id } = argument;
  return typeof accountId === 'string' && typeof id === 'string' ? { accountId, id } : undefined;
}
