import * as vscode from 'vscode';
import type { Person, Ticket } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import type { ComposerVisibility, Suggestion, SuggestionKind } from '../../webviews/messages.ts';

export interface SuggestionDeps {
  reader: Pick<StoreReader, 'ticketsByPrefix' | 'entries' | 'accountState'>;
  sync: Pick<Sync, 'people'>;
  memory: vscode.Memento;
  now: () => number;
}

const most = 8;

/** What fits what is typed in the composer. */
export async function suggestionsFor(
  deps: SuggestionDeps,
  ticket: Ticket,
  asked: { kind: SuggestionKind; typed: string; visibility: ComposerVisibility },
  signal: AbortSignal,
): Promise<Suggestion[]> {
  switch (asked.kind) {
    case 'macro':
      return macros(deps, ticket, asked);
    case 'person':
      return people(deps, ticket, asked.typed, signal);
    case 'ticket':
      return tickets(deps, ticket, asked.typed);
  }
}

async function macros(
  deps: SuggestionDeps,
  ticket: Ticket,
  { typed, visibility }: { typed: string; visibility: ComposerVisibility },
): Promise<Suggestion[]> {
  const { fillFor, usableMacros } = await import('../writing/writing.ts');
  const wanted = typed.toLowerCase();
  return (await usableMacros(deps, visibility))
    .filter(({ name }) => name.toLowerCase().replace(/\s+/g, '-').includes(wanted))
    .slice(0, most)
    .map(({ name, text }) => {
      const filled = fillFor(deps, ticket, text);
      return { label: name, detail: filled.replace(/\s+/g, ' ').slice(0, 120), text: filled };
    });
}

/** Who takes part in the ticket is known at once, also offline; the ticketing system knows the others. */
async function people(
  { reader, sync }: SuggestionDeps,
  ticket: Ticket,
  typed: string,
  signal: AbortSignal,
): Promise<Suggestion[]> {
  const wanted = typed.toLowerCase();
  const fits = ({ id, name }: Person) =>
    id.toLowerCase().startsWith(wanted) ||
    name
      .toLowerCase()
      .split(/\s+/)
      .some((part) => part.startsWith(wanted));
  const authors = reader
    .entries(ticket)
    .toReversed()
    .flatMap(({ author, visibility }) => (visibility === 'system' ? [] : [author]));
  const near = [ticket.requester, ticket.assignee, ...authors]
    .filter((one) => one !== undefined)
    .filter(fits);
  const asked = await sync.people(
    ticket.accountId,
    typed,
    AbortSignal.any([signal, AbortSignal.timeout(5_000)]),
  );
  const all = [...near, ...(asked.ok ? asked.value.filter(fits) : [])];
  const me = reader.accountState(ticket.accountId)?.me?.id;
  return [...new Map(all.map((person) => [person.id, person])).values()]
    .filter(({ id }) => id !== me)
    .slice(0, most)
    .map(({ id, name }) => ({
      label: name,
      detail: name === id ? '' : id,
      text: `@${mentionOf({ id, name })} `,
    }));
}

/** A sign-in name where the system has one, otherwise the name: numbers say nothing to a reader. */
function mentionOf({ id, name }: Person): string {
  return /^[\w.-]*[a-z][\w.-]*$/i.test(id) ? id : name;
}

function tickets({ reader }: SuggestionDeps, ticket: Ticket, typed: string): Suggestion[] {
  return reader
    .ticketsByPrefix(typed, most * 4)
    .filter(({ accountId, id }) => accountId === ticket.accountId && id !== ticket.id)
    .slice(0, most)
    .map(({ key, subject, status }) => ({
      label: key,
      detail: vscode.l10n.t('{0} · {1}', subject, status.name),
      text: `${key} `,
    }));
}
