import * as vscode from 'vscode';
import { wordsQuery } from '../../desk/query/parse.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Accounts } from '../accounts.ts';
import { findable, findTickets } from '../tickets/findTickets.ts';
import { readTickets } from '../tickets/readTickets.ts';
import { ticketPick, type TicketPick } from './ticketPicks.ts';
import { TypedRows } from './typedRows.ts';

export interface PickTicketNeeds {
  reader: StoreReader;
  accounts: Pick<Accounts, 'all' | 'get'>;
  now: () => Instant;
  title: string;
  /** Offered before all others. */
  first: readonly Ticket[];
}

/** More than that nobody reads: typing on is quicker. */
const shown = 50;
/** With fewer open ones than that, closed ones are offered too. */
const few = 10;

/** Asks for a ticket by key, subject, people or what was written: open ones first. */
export async function pickTicket(needs: PickTicketNeeds): Promise<Ticket | undefined> {
  const pick = vscode.window.createQuickPick<TicketPick>();
  pick.title = needs.title;
  pick.placeholder = vscode.l10n.t('Key, subject, people or words of what was written');
  pick.busy = true;
  const rows = new TypedRows(pick);
  const state = { waiting: true };
  let open = needs.first.map(findable);

  const list = () => {
    const typed = pick.value.trim();
    const found = findTickets(open, typed, shown);
    const others = typed === '' || found.length >= few ? [] : alsoClosed(needs.reader, typed);
    const known = new Set<string>();
    const once = [...found, ...others].filter(({ accountId, id }) => {
      const name = `${accountId}/${id}`;
      return known.has(name) ? false : known.add(name);
    });
    rows.show(
      once.map((ticket) =>
        ticketPick(ticket, { now: needs.now(), accountLabel: needs.accounts.get(ticket.accountId)?.label }),
      ),
    );
  };

  const picked = new Promise<Ticket | undefined>((resolve) => {
    pick.onDidChangeValue(list);
    pick.onDidAccept(() => {
      const row = rows.taken(pick.items[0]);
      if (!row) return;
      resolve(row.ticket);
      pick.hide();
    });
    pick.onDidHide(() => {
      state.waiting = false;
      resolve(undefined);
      pick.dispose();
    });
  });
  list();
  pick.show();

  const accountIds = needs.accounts.all().map(({ id }) => id);
  const tickets = await readTickets(needs.reader, { accountIds, active: true }, () => state.waiting);
  if (tickets) {
    open = [...needs.first, ...tickets].map(findable);
    pick.busy = false;
    list();
  }
  return picked;
}

function alsoClosed(reader: StoreReader, typed: string): Ticket[] {
  return [
    ...reader.ticketsByPrefix(typed, few),
    ...reader.search(wordsQuery(typed), few).map(({ ticket }) => ticket),
  ];
}
