import * as vscode from 'vscode';
import { slaStateAt } from '../desk/sla.ts';
import { ticketRef, type Instant, type Ticket, type TicketRef } from '../desk/ticket.ts';
import { urgentClock } from '../desk/urgency.ts';
import type { StoreReader } from '../store/api.ts';
import type { Sync } from '../sync/api.ts';
import type { Accounts } from './accounts.ts';
import type { TicketPanels } from './panel/ticketPanels.ts';
import { clockShort, clockText } from './tickets/rowText.ts';
import type { TicketsView } from './tickets/ticketsView.ts';
import { ticketTooltip } from './tickets/tooltip.ts';

export interface TicketInHandOptions {
  reader: StoreReader;
  accounts: Pick<Accounts, 'get'>;
  panels: Pick<TicketPanels, 'active' | 'onDidChangeActive'>;
  view: Pick<TicketsView, 'markPinned'>;
  sync: Pick<Sync, 'onDidChange'>;
  /** Remembers which ticket is pinned. */
  memory: vscode.Memento;
  now: () => Instant;
}

const key = 'deskside.pinned';
/** Until what is in front is looked at, in milliseconds. */
const pause = 100;

/** In the status bar: the ticket that is pinned, or else the one in front, and its clock. */
export class TicketInHand implements vscode.Disposable {
  readonly #options: TicketInHandOptions;
  readonly #item: vscode.StatusBarItem;
  readonly #disposables: { dispose(): unknown }[];
  #last: TicketRef | undefined;
  #toldPinned: boolean | undefined;
  #waiting: NodeJS.Timeout | undefined;

  constructor(options: TicketInHandOptions) {
    this.#options = options;
    const { Left } = vscode.StatusBarAlignment;
    this.#item = vscode.window.createStatusBarItem('deskside.ticket', Left, -9);
    this.#item.name = vscode.l10n.t('Ticket in hand');
    const minutes = setInterval(() => this.#show(), 60_000);
    this.#disposables = [
      this.#item,
      { dispose: () => clearInterval(minutes) },
      options.panels.onDidChangeActive(() => this.#showSoon()),
      options.sync.onDidChange(() => this.#show()),
    ];
    options.view.markPinned(this.#pinned);
    this.#show();
  }

  /** Keeps this ticket in the status bar, whatever is in front; none, to let it follow what is in front. */
  async pin(ref: TicketRef | undefined): Promise<void> {
    await this.#options.memory.update(key, ref && ticketRef(ref));
    this.#options.view.markPinned(ref);
    this.#show();
  }

  dispose(): void {
    clearTimeout(this.#waiting);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  get #pinned(): TicketRef | undefined {
    return this.#options.memory.get<TicketRef>(key);
  }

  /** A panel that opens comes first: it says several times that it is in front. */
  #showSoon(): void {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => this.#show(), pause);
  }

  /** What was in front last stays: a file is in front while one works on a ticket. */
  #show(): void {
    const { reader, panels } = this.#options;
    this.#last = panels.active() ?? this.#last;
    const pinned = this.#pinned;
    const ref = pinned ?? this.#last;
    const ticket = ref && reader.ticket(ref);
    this.#tellPinned(pinned !== undefined);
    if (ticket) this.#fill(ticket, pinned !== undefined);
    else this.#item.hide();
  }

  #tellPinned(isPinned: boolean): void {
    if (isPinned === this.#toldPinned) return;
    this.#toldPinned = isPinned;
    void vscode.commands.executeCommand('setContext', 'deskside.pinned', isPinned);
  }

  #fill(ticket: Ticket, isPinned: boolean): void {
    const { reader, accounts } = this.#options;
    const now = this.#options.now();
    const clock = urgentClock(ticket);
    const breached = clock !== undefined && slaStateAt(clock, now) === 'breached';
    const left = clockShort(clock, now, vscode.l10n.t);
    this.#item.text = `$(${isPinned ? 'pinned' : 'tag'}) ${[ticket.key, left].filter(Boolean).join(' ')}`;
    this.#item.accessibilityInformation = {
      label: [ticket.key, ticket.subject, clockText(clock, now, vscode.l10n.t)].filter(Boolean).join(', '),
    };
    this.#item.backgroundColor = breached
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    this.#item.tooltip = ticketTooltip(ticket, {
      now,
      accountLabel: accounts.get(ticket.accountId)?.label ?? ticket.accountId,
      last: reader.entries(ticket).findLast((entry) => entry.body !== undefined),
    });
    this.#item.command = {
      command: 'deskside.openTicket',
      title: vscode.l10n.t('Open'),
      arguments: [ticketRef(ticket)],
    };
    this.#item.show();
  }
}
