import * as vscode from 'vscode';
import type { KnownValues } from '../../desk/query/complete.ts';
import { localCalendar } from '../../desk/query/dates.ts';
import { parseQuery } from '../../desk/query/parse.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from './deps.ts';
import { searchRows, withRemembered, type SearchRow } from './searchList.ts';
import { searchValues } from './searchValues.ts';
import { ticketPick } from './ticketPicks.ts';
import { TypedRows } from './typedRows.ts';

/** Typing goes on that long before the store is asked, in milliseconds. */
const quiet = 40;
const shown = 50;
const rememberedKey = 'deskside.searches';

interface SearchPick extends vscode.QuickPickItem {
  row?: SearchRow;
}

/** Looks through all text of all tickets as the user types, and opens what they pick. */
export async function searchTickets(deps: CommandDeps): Promise<void> {
  const ticket = await new TicketSearch(deps).ask();
  if (ticket) deps.panels.open(ticket);
}

class TicketSearch {
  readonly #deps: CommandDeps;
  readonly #pick = vscode.window.createQuickPick<SearchPick>();
  readonly #rows = new TypedRows(this.#pick);
  /** With Enter the best ticket opens, unless a value is being typed: then that is completed. */
  #best: SearchPick | undefined;
  #known: KnownValues = { people: [], statuses: [], teams: [], tags: [], priorities: [], accounts: [] };
  #typing: NodeJS.Timeout | undefined;
  #open = true;

  constructor(deps: CommandDeps) {
    this.#deps = deps;
    this.#pick.title = vscode.l10n.t('Search Tickets');
    this.#pick.buttons = [
      { iconPath: new vscode.ThemeIcon('save'), tooltip: vscode.l10n.t('Save as Queue…') },
    ];
    this.#pick.placeholder = vscode.l10n.t(
      'Words, "phrases", or from: to: status: team: is: has: before: after: …',
    );
  }

  ask(): Promise<Ticket | undefined> {
    const pick = this.#pick;
    this.#list();
    void this.#learnValues();
    return new Promise((resolve) => {
      pick.onDidChangeValue(() => {
        pick.busy = true;
        clearTimeout(this.#typing);
        this.#typing = setTimeout(() => this.#list(), quiet);
      });
      pick.onDidTriggerButton(() => {
        const query = pick.value.trim();
        pick.hide();
        void vscode.commands.executeCommand('deskside.newQueue', query);
      });
      pick.onDidTriggerItemButton(({ item }) => void this.#forget(item));
      pick.onDidAccept(() => {
        if (this.#typing) this.#list();
        const row = this.#rows.taken(this.#best)?.row;
        if (row?.type === 'completion') this.#type(row.completion.text);
        else if (row?.type === 'remembered') this.#type(row.text);
        else if (row?.type === 'hit') {
          void this.#remember(withRemembered(this.#remembered(), pick.value));
          resolve(row.hit.ticket);
          pick.hide();
        }
      });
      pick.onDidHide(() => {
        this.#open = false;
        clearTimeout(this.#typing);
        resolve(undefined);
        pick.dispose();
      });
      pick.show();
    });
  }

  async #learnValues(): Promise<void> {
    const { reader, accounts } = this.#deps;
    const labels = accounts.all().map(({ label }) => label);
    this.#known = await searchValues(reader, labels, () => this.#open);
    if (this.#open && this.#pick.value !== '') this.#list();
  }

  #type(text: string): void {
    this.#pick.value = text;
    this.#list();
  }

  #list(): void {
    clearTimeout(this.#typing);
    this.#typing = undefined;
    const { reader, accounts, now } = this.#deps;
    const text = this.#pick.value;
    const query = parseQuery(text, { calendar: localCalendar(now()), accounts: accounts.all() });
    const rows = searchRows(
      {
        text,
        query,
        hits: reader.search(query, shown),
        remembered: this.#remembered(),
        known: this.#known,
        unindexed: reader.unindexed(),
      },
      vscode.l10n.t,
    );
    const picks = rows.map((row) => this.#item(row));
    this.#rows.show(picks);
    const isValue = rows.some((row) => row.type === 'completion' && !row.completion.label.endsWith(':'));
    this.#best = picks.find(({ row }) => row?.type === (isValue ? 'completion' : 'hit'));
    if (this.#best) this.#pick.activeItems = [this.#best];
    this.#pick.busy = false;
  }

  #item(row: SearchRow): SearchPick {
    switch (row.type) {
      case 'heading':
        return { label: row.label, kind: vscode.QuickPickItemKind.Separator };
      case 'remembered': {
        const forget = {
          iconPath: new vscode.ThemeIcon('close'),
          tooltip: vscode.l10n.t('Forget This Search'),
        };
        return {
          row,
          label: row.text,
          iconPath: new vscode.ThemeIcon('history'),
          buttons: [forget],
          alwaysShow: true,
        };
      }
      case 'completion':
        return {
          row,
          label: row.completion.label,
          iconPath: new vscode.ThemeIcon('filter'),
          alwaysShow: true,
        };
      case 'notice':
        return {
          row,
          label: row.label,
          ...(row.detail && { detail: row.detail }),
          iconPath: new vscode.ThemeIcon(row.icon),
          alwaysShow: true,
        };
      case 'hit': {
        const { ticket, excerpt } = row.hit;
        const accountLabel = this.#deps.accounts.get(ticket.accountId)?.label;
        const about = { now: this.#deps.now(), accountLabel, ...(excerpt !== '' && { detail: excerpt }) };
        return { row, ...ticketPick(ticket, about) };
      }
    }
  }

  #remembered(): string[] {
    return this.#deps.memory.get<string[]>(rememberedKey, []);
  }

  async #forget({ row }: SearchPick): Promise<void> {
    if (row?.type !== 'remembered') return;
    await this.#remember(this.#remembered().filter((one) => one !== row.text));
    this.#list();
  }

  async #remember(searches: string[]): Promise<void> {
    await this.#deps.memory.update(rememberedKey, searches);
  }
}
