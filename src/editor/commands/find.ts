import * as vscode from 'vscode';
import { localCalendar } from '../../desk/query/dates.ts';
import { parseQuery } from '../../desk/query/parse.ts';
import type { Query } from '../../desk/query/query.ts';
import type { CommandDeps } from './deps.ts';
import { ticketPick, type TicketPick } from './ticketPicks.ts';
import { chosen } from './steps.ts';

/** Typing goes on that long before the store is asked, in milliseconds. */
const quiet = 120;
const shown = 50;

/** Opens the ticket that `argument` names, or the one the user picks. */
export async function openTicket(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket =
    argument === undefined
      ? await deps.current.pick(vscode.l10n.t('Open Ticket'))
      : await deps.current.resolve(argument);
  if (ticket) deps.panels.open(ticket);
}

/** Looks through all text of all tickets as the user types, and opens what they pick. */
export async function searchTickets(deps: CommandDeps): Promise<void> {
  const pick = vscode.window.createQuickPick<TicketPick>();
  pick.title = vscode.l10n.t('Search Tickets');
  pick.placeholder = vscode.l10n.t(
    'Words from subjects, people and everything written, also in closed tickets',
  );
  let typing: NodeJS.Timeout | undefined;
  const search = () => {
    typing = undefined;
    const now = deps.now();
    const about = (accountId: string) => ({ now, accountLabel: deps.accounts.get(accountId)?.label });
    pick.items =
      pick.value.trim() === ''
        ? deps.reader.tickets({ limit: shown }).map((ticket) => ticketPick(ticket, about(ticket.accountId)))
        : deps.reader
            .search(queryOf(deps, pick.value), shown)
            .map(({ ticket, excerpt }) =>
              ticketPick(ticket, { ...about(ticket.accountId), detail: excerpt.replace(/\s+/g, ' ') }),
            );
    pick.busy = false;
  };
  search();
  const ticket = await new Promise<TicketPick['ticket'] | undefined>((resolve) => {
    pick.onDidChangeValue(() => {
      pick.busy = true;
      clearTimeout(typing);
      typing = setTimeout(search, quiet);
    });
    pick.onDidAccept(() => {
      if (typing) {
        clearTimeout(typing);
        search();
      }
      resolve((chosen(pick) ?? pick.items[0])?.ticket);
      pick.hide();
    });
    pick.onDidHide(() => {
      clearTimeout(typing);
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
  if (ticket) deps.panels.open(ticket);
}

function queryOf({ accounts, now }: CommandDeps, text: string): Query {
  return parseQuery(text, { calendar: localCalendar(now()), accounts: accounts.all() });
}
