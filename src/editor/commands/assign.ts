import * as vscode from 'vscode';
import type { Person, Ticket } from '../../desk/ticket.ts';
import { can, changeFields } from './changeFields.ts';
import type { CommandDeps } from './deps.ts';
import { peopleOf, staleHint } from './knownValues.ts';
import { chosen } from './steps.ts';

/** Typing goes on that long before the backend is asked, in milliseconds. */
const quiet = 250;

interface PersonPick extends vscode.QuickPickItem {
  /** `null`: nobody. */
  person: Person | null;
}

/** Gives a ticket to somebody: the user first, then whom the backend finds as they type. */
export async function assign(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket || !can(deps, ticket, 'assign')) return;
  const person = await pickPerson(deps, ticket);
  if (person === undefined || person?.id === ticket.assignee?.id) return;
  await changeFields(deps, {
    ticket,
    intent: 'assign',
    fields: { assignee: person?.id ?? null },
    said: person
      ? vscode.l10n.t('{0} is assigned to {1}.', ticket.key, person.name)
      : vscode.l10n.t('{0} is assigned to nobody.', ticket.key),
  });
}

async function pickPerson(deps: CommandDeps, ticket: Ticket): Promise<Person | null | undefined> {
  const me = deps.reader.accountState(ticket.accountId)?.me;
  const pick = vscode.window.createQuickPick<PersonPick>();
  const title = vscode.l10n.t('Assign {0}', ticket.key);
  pick.title = title;
  pick.placeholder = ticket.assignee
    ? vscode.l10n.t('Now: {0}. Type a name.', ticket.assignee.name)
    : vscode.l10n.t('Now nobody’s. Type a name.');
  let asked = new AbortController();
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
    pick.items = [
      ...fixedPicks(ticket, me, typed),
      ...known.value.filter(({ id }) => id !== me?.id).map(personPick),
    ];
  };

  pick.items = fixedPicks(ticket, me, '');
  return new Promise((resolve) => {
    pick.onDidChangeValue(() => {
      clearTimeout(typing);
      typing = setTimeout(() => void ask(), quiet);
    });
    pick.onDidAccept(() => {
      resolve(chosen(pick)?.person);
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
function fixedPicks(ticket: Ticket, me: Person | undefined, typed: string): PersonPick[] {
  const picks: PersonPick[] = [];
  const fits = (text: string) => text.toLowerCase().includes(typed.toLowerCase());
  if (me && ticket.assignee?.id !== me.id && fits(`${me.name} ${me.id} me`)) {
    picks.push({
      ...personPick(me),
      description: vscode.l10n.t('me'),
      iconPath: new vscode.ThemeIcon('account'),
    });
  }
  if (ticket.assignee && typed === '') {
    picks.push({
      label: vscode.l10n.t('Nobody'),
      description: vscode.l10n.t('take it from {0}', ticket.assignee.name),
      alwaysShow: true,
      iconPath: new vscode.ThemeIcon('circle-slash'),
      person: null,
    });
  }
  return picks;
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
