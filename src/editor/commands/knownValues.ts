import * as vscode from 'vscode';
import type { Vocabulary } from '../../backends/backend.ts';
import type { DeskError } from '../../desk/errors.ts';
import type { Instant, Person, Ticket } from '../../desk/ticket.ts';
import { dateTime } from '../dates.ts';
import type { CommandDeps } from './deps.ts';

/** What may be set; `stale` where it could not be asked for: then it is what is known here. */
export interface Known<T> {
  value: T;
  stale?: { error: DeskError; at: Instant | undefined };
}

type Needs = Pick<CommandDeps, 'sync' | 'memory' | 'reader' | 'now'>;

/** What the backend lets be set on a ticket; offline, what it said last or what tickets here show. */
export async function vocabularyOf(
  deps: Needs,
  ticket: Ticket,
  signal: AbortSignal,
): Promise<Known<Vocabulary>> {
  const { accountId } = ticket;
  const answer = await deps.sync.vocabulary(accountId, ticket.id, signal);
  if (answer.ok) {
    await deps.memory.update(vocabularyKey(accountId), { at: deps.now(), value: answer.value });
    return { value: answer.value };
  }
  const kept = deps.memory.get<{ at: Instant; value: Vocabulary }>(vocabularyKey(accountId));
  return {
    value: kept?.value ?? vocabularySeen(deps.reader.tickets({ accountIds: [accountId], limit: 1000 })),
    stale: { error: answer.error, at: kept?.at },
  };
}

/** People to assign to; offline, those who have tickets here. */
export async function peopleOf(
  deps: Needs,
  ticket: Ticket,
  query: string,
  signal: AbortSignal,
): Promise<Known<Person[]>> {
  const answer = await deps.sync.people(ticket.accountId, query, signal);
  if (answer.ok) return { value: answer.value };
  const tickets = deps.reader.tickets({ accountIds: [ticket.accountId], limit: 1000 });
  const people = new Map(tickets.flatMap(({ assignee }) => (assignee ? [[assignee.id, assignee]] : [])));
  const typed = query.toLowerCase();
  return {
    value: [...people.values()].filter(({ id, name }) => `${id} ${name}`.toLowerCase().includes(typed)),
    stale: { error: answer.error, at: undefined },
  };
}

/** Says in a picker's title that what it offers may be out of date. */
export function staleHint(stale: NonNullable<Known<unknown>['stale']>): string {
  return stale.at === undefined
    ? vscode.l10n.t('offline: what tickets here show')
    : vscode.l10n.t('offline: as of {0}', dateTime(stale.at));
}

export function vocabularyKey(accountId: string): string {
  return `deskside.vocabulary.${accountId}`;
}

function vocabularySeen(tickets: readonly Ticket[]): Vocabulary {
  const by = <T extends { name: string }>(values: T[]) => [
    ...new Map(values.map((value) => [value.name, value])).values(),
  ];
  return {
    statuses: by(tickets.map(({ status }) => status)),
    priorities: by(tickets.map(({ priority }) => priority)),
    teams: by(tickets.flatMap(({ team }) => (team === undefined ? [] : [{ name: team }]))),
  };
}
