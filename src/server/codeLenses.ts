import type { CodeLens, Command } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isUse, type StoredLink } from '../desk/links.ts';
import { localDay } from '../desk/localDay.ts';
import { staleSince } from '../runbooks/freshness.ts';
import { valueOf, valuesOf } from '../runbooks/frontMatter.ts';
import { setField } from '../runbooks/frontMatterEdit.ts';
import { documentCommands, type DocumentEdit, type TicketList } from '../runbooks/languageCommands.ts';
import { relativePath } from './checks/resolutionLinkCheck.ts';
import { rangeIn } from './lines.ts';
import type { Outlines } from './outlines.ts';
import { runLenses } from './runLenses.ts';
import type { TicketLookup } from './ticketLookup.ts';
import { fileOf, type WorkspaceIndex } from './workspaceIndex.ts';

const dayLength = 86_400_000;

export interface CodeLensOptions {
  index: WorkspaceIndex;
  tickets: TicketLookup;
  outlines: Outlines;
  isRunbook: (document: TextDocument) => boolean;
}

/** Above a runbook: what it was used for, whether it is stale, and whose trouble it may end now; above its steps: run it. */
export class CodeLensFeature {
  readonly #options: CodeLensOptions;

  constructor(options: CodeLensOptions) {
    this.#options = options;
  }

  provide(document: TextDocument): CodeLens[] {
    const outline = this.#options.outlines.of(document);
    if (outline === undefined || !this.#options.isRunbook(document)) return [];
    const start = outline.frontMatter?.range.start ?? outline.headings[0]?.range.start ?? 0;
    const range = rangeIn(document, { start, end: start });
    const commands = [this.#uses(document), this.#stale(document), this.#openTickets(document)];
    return [
      ...commands.flatMap((command) => (command === undefined ? [] : { range, command })),
      ...runLenses(document, outline, this.#pathOf(document), this.#options.tickets.openRuns()),
    ];
  }

  #uses(document: TextDocument): Command | undefined {
    const links = this.#linksTo(document);
    const keys = [...new Set(links.map(({ ticketKey }) => ticketKey))];
    if (keys.length === 0) return undefined;
    const list: TicketList = { title: 'Tickets this document was used for', tickets: links.map(usedTicket) };
    return { title: usesPhrase(links), command: documentCommands.showTickets, arguments: [list] };
  }

  #stale(document: TextDocument): Command | undefined {
    const { frontMatter } = this.#options.outlines.of(document) ?? {};
    const stale = staleSince(frontMatter, Date.now());
    if (stale === undefined) return undefined;
    const edit = testedToday(document);
    const title = `$(history) stale for ${stale.days} ${stale.days === 1 ? 'day' : 'days'}: mark as tested`;
    return edit && { title, command: documentCommands.applyEdit, arguments: [edit] };
  }

  #openTickets(document: TextDocument): Command | undefined {
    const { frontMatter } = this.#options.outlines.of(document) ?? {};
    const found = this.#options.tickets.openWithSymptom(valuesOf(frontMatter, 'symptoms'));
    if (found.length === 0) return undefined;
    const tickets = found.map(({ accountId, id, key, subject }) => ({
      ref: { accountId, id },
      key,
      detail: subject,
    }));
    const list: TicketList = { title: 'Open tickets with a symptom of this document', tickets };
    const title = `$(inbox) open tickets with this symptom: ${found.length}`;
    return { title, command: documentCommands.showTickets, arguments: [list] };
  }

  #linksTo(document: TextDocument): readonly StoredLink[] {
    const path = this.#pathOf(document);
    if (path === undefined) return [];
    const id = valueOf(this.#options.outlines.of(document)?.frontMatter, 'id');
    return this.#options.tickets.linksTo({ ...(id !== undefined && { id }), path });
  }

  /** Relative to its workspace folder; nothing outside of one. */
  #pathOf(document: TextDocument): string | undefined {
    const file = fileOf(document.uri);
    const folder = this.#options.index.folderOf(file);
    return folder === undefined ? undefined : relativePath(folder, file);
  }
}

function usedTicket({ ticket, ticketKey, outcome }: StoredLink): TicketList['tickets'][number] {
  return { ref: ticket, key: ticketKey, detail: outcome ?? 'linked' };
}

/** `used by 7 tickets, solved 5`; of a document that was not followed yet, `written from 1 ticket`. */
export function usesPhrase(links: readonly StoredLink[]): string {
  const keysOf = (some: readonly StoredLink[]) => new Set(some.map(({ ticketKey }) => ticketKey)).size;
  const uses = links.filter(isUse);
  if (uses.length === 0 && links.length > 0) return `written from ${counted(keysOf(links))}`;
  const solved = keysOf(
    uses.filter(({ outcome }) => outcome === 'solved' || outcome === 'solved-with-changes'),
  );
  return `used by ${counted(keysOf(uses))}, solved ${solved}`;
}

function counted(tickets: number): string {
  return `${tickets} ${tickets === 1 ? 'ticket' : 'tickets'}`;
}

/** The edit that says that a runbook was followed today, and works. */
export function testedToday(document: TextDocument): DocumentEdit | undefined {
  const today = localDay(Date.now());
  const text = document.getText();
  const change = setField(text, 'tested_at', today);
  if (change === undefined) return undefined;
  const edits = [{ range: rangeIn(document, change), newText: change.text }];
  const postponed = setField(text, 'stale_after', nextYear(), { onlyIfThere: true });
  if (postponed) edits.push({ range: rangeIn(document, postponed), newText: postponed.text });
  return { uri: document.uri, edits };
}

function nextYear(): string {
  return localDay(Date.now() + 365 * dayLength);
}
