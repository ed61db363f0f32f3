import * as vscode from 'vscode';
import type { Person, Ticket } from '../../desk/ticket.ts';
import { changeFields, nameOf, those } from './changeFields.ts';
import type { CommandDeps } from './deps.ts';
import { peopleOf, staleHint } from './knownValues.ts';
import { TypedRows } from './typedRows.ts';

/** Typing goes on that long before the backend is asked, in milliseconds. */
const quiet = 250;

interface PersonPick extends vscode.QuickPickItem {
  /** `null`: nobody. */
  person: Person | null;
}

/** Gives one ticket, or all that are marked, to somebody: the user first, then whom the backend finds as they type. */
export async function assign(deps: CommandDeps, argument: unknown, selection: unknown): Promise<void> {
  const tickets = those(deps, await deps.current.resolveAll(argument, selection), 'assign');
  const [first] = tickets;
  if (!first) return;
  if (tickets.some(({ accountId }) => accountId !== first.accountId)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('These tickets are in several accounts, which have different people. Mark those of one.'),
    );
    return;
  }
  const person = await pickPerson(deps, tickets, first);
  if (person !== undefined) await assignTo(deps, tickets, person);
}

/** Queues the change for those that somebody else has, or nobody. */
export async function assignTo(
  deps: CommandDeps,
  tickets: readonly Ticket[],
  person: Person | null,
): Promise<void> {
  const changed = tickets.filter(({ assignee }) => assignee?.id !== person?.id);
  if (changed.length === 0) return;
  await changeFields(deps, {
    changes: changed.map((ticket) => ({ ticket, fields: { assignee: person?.id ?? null } })),
    intent: 'assign',
    said: person
      ? vscode.l10n.t('{0} is assigned to {1}.', nameOf(changed), person.name)
      : vscode.l10n.t('{0} is assigned to nobody.', nameOf(changed)),
  });
}

async function pickPerson(
  deps: CommandDeps,
  tickets: readonly Ticket[],
  ticket: Ticket,
): Promise<Person | null | undefined> {
  const me = deps.reader.accountState(ticket.accountId)?.me;
  const pick = vscode.window.createQuickPick<PersonPick>();
  const rows = new TypedRows(pick);
  const title = vscode.l10n.t('Assign {0}', nameOf(tickets));
  const now = [...new Set(tickets.map(({ assignee }) => assignee?.name))];
  pick.title = title;
  pick.placeholder =
    now.length > 1
      ? vscode.l10n.t('Now several people’s. Type a name.')
      : now[0] === undefined
        ? vscode.l10n.t('Now nobody’s. Type a name.')
        : vscode.l10n.t('Now: {0}. Type a name.', now[0]);
  let asked = new AbortController();
  /** What the rows are for. */
  let listed = '';
  let typing: NodeJS.Timeout | undefined;

  const ask = async () => {
    asked.abort();
    const mine = (asked = new AbortController());
    pick.busy = true;
    const typed = pick.value.trim();
    const known = await peopleOf(deps, ticket, typed, mine.signal);
    if (mine.signal.aborted) return;
    pick.busy = false;
    pick.title = known.stale ? `${title} (${staleHint(known.stale)})` : title;
    const people = known.value.filter(({ id }) => id !== me?.id).map(personPick);
    listed = typed;
    rows.show([...fixedPicks(tickets, me, typed), ...people]);
  };

  rows.show(fixedPicks(tickets, me, ''));
  return new Promise((resolve) => {
    pick.onDidChangeValue(() => {
      clearTimeout(typing);
      typing = setTimeout(() => void ask(), quiet);
    });
    pick.onDidAccept(() => {
      const row = rows.taken();
      // Before the search for what is typed has answered, whoever happens to be in focus may be somebody else.
      if (!row || (listed !== pick.value.trim() && !fits(row.person, pick.value.trim()))) return;
      resolve(row.person);
      pick.hide();
    });
    pick.onDidHide(() => {
      clearTimeout(typing);
      asked.abort();
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
    void ask();
  });
}

/** The user and nobody, who need no search. */
function fixedPicks(tickets: readonly Ticket[], me: Person | undefined, typed: string): PersonPick[] {
  const picks: PersonPick[] = [];
  const isMe = fits(me ?? null, typed) || 'me'.startsWith(typed.toLowerCase());
  if (me && tickets.some(({ assignee }) => assignee?.id !== me.id) && isMe) {
    picks.push({
      ...personPick(me),
      description: vscode.l10n.t('me'),
      iconPath: new vscode.ThemeIcon('account'),
    });
  }
  const taken = new Set(tickets.flatMap(({ assignee }) => (assignee ? [assignee.name] : [])));
  if (taken.size > 0 && typed === '') {
    picks.push({
      label: vscode.l10n.t('Nobody'),
      description: vscode.l10n.t('take it from {0}', [...taken].join(', ')),
      alwaysShow: true,
      iconPath: new vscode.ThemeIcon('circle-slash'),
      person: null,
    });
  }
  return picks;
}

function fits(person: Person | null, typed: string): boolean {
  const { name = '', id = '' } = person ?? {};
  return `${name} ${id}`.toLowerCase().includes(typed.toLowerCase());
}

function personPick(person: Person): PersonPick {
  return {
    label: person.name,
    description: person.email ?? (person.id === person.name ? '' : person.id),
    alwaysShow: true,
    iconPath: new vscode.ThemeIcon('person'),
    person,
  };
}
