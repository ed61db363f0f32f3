import * as vscode from 'vscode';
import { completions, type KnownValues } from '../../desk/query/complete.ts';
import { localCalendar } from '../../desk/query/dates.ts';
import { parseQuery } from '../../desk/query/parse.ts';
import { isEmpty, type Query } from '../../desk/query/query.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { TypedRows } from '../commands/typedRows.ts';
import { problemText } from './problemText.ts';
import { namesDone } from './queue.ts';
import type { QueuesDeps } from './queuesView.ts';

interface QueryPick extends vscode.QuickPickItem {
  /** What the text becomes; without one, it is finished. */
  text?: string;
}

/** What there is to choose from is learnt from so many tickets, the latest first. */
const looked = 1000;
const mostCompletions = 30;

/** Asks for a query: completes operators and values, says what is not understood and how many tickets fit. */
export function askQuery(
  deps: QueuesDeps,
  question: { title: string; value: string; finish: (count: number) => string },
): Promise<{ text: string; query: Query } | undefined> {
  const pick = vscode.window.createQuickPick<QueryPick>();
  const rows = new TypedRows(pick);
  const known = knownValues(deps);
  pick.title = question.title;
  pick.placeholder = vscode.l10n.t('Words and operators, such as: vpn is:unassigned due:today -tag:waiting');
  pick.value = question.value;
  const list = () => {
    const query = understood(deps, pick.value);
    const finish: QueryPick = {
      label: `$(check) ${question.finish(count(deps, query))}`,
      detail: query.problems.map((problem) => problemText(problem, vscode.l10n.t)).join(' '),
      alwaysShow: true,
    };
    const more = completions(pick.value, known).slice(0, mostCompletions);
    rows.show([
      ...(isEmpty(query) ? [] : [finish]),
      ...more.map(({ label, text }) => ({ label, text, alwaysShow: true })),
    ]);
  };
  list();
  return new Promise((resolve) => {
    pick.onDidChangeValue(list);
    pick.onDidAccept(() => {
      const picked = rows.taken(pick.items[0]);
      if (!picked) return;
      if (picked.text !== undefined) {
        pick.value = picked.text;
        list();
        return;
      }
      const text = pick.value.trim();
      const query = understood(deps, text);
      if (isEmpty(query)) return;
      resolve({ text, query });
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

/** A word at the end is meant whole: nobody is typing it any more. */
function understood({ accounts, now }: QueuesDeps, text: string): Query {
  return parseQuery(`${text} `, { calendar: localCalendar(now()), accounts: accounts.all() });
}

function count({ reader, accounts }: QueuesDeps, query: Query): number {
  const accountIds = accounts.all().map(({ id }) => id);
  return reader.countTickets({ accountIds, fits: query, active: !namesDone(query) });
}

function knownValues({ reader, accounts }: QueuesDeps): KnownValues {
  const tickets = reader.tickets({ limit: looked });
  const all = (of: (ticket: Ticket) => readonly (string | undefined)[]) =>
    [...new Set(tickets.flatMap(of))].filter((value) => value !== undefined).sort();
  return {
    people: all(({ requester, assignee }) => [requester?.name, assignee?.name]),
    statuses: all(({ status }) => [status.name]),
    teams: all(({ team }) => [team]),
    tags: all(({ tags }) => tags),
    priorities: all(({ priority }) => [priority.name]),
    accounts: accounts.all().map(({ label }) => label),
  };
}
