import * as vscode from 'vscode';
import type { Vocabulary } from '../../backends/backend.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from './deps.ts';
import { inEvery } from './inEvery.ts';
import { staleHint, vocabularyOf } from './knownValues.ts';
import { pickLoaded, type LoadedQuestion } from './steps.ts';

interface Named {
  name: string;
}

/** One property of tickets that is chosen from a list. */
export interface Listed<T extends Named> {
  question: Pick<LoadedQuestion, 'title' | 'none'>;
  now: (ticket: Ticket) => string | undefined;
  choices: (vocabulary: Vocabulary) => T[];
  describe: (value: T) => string;
}

/** Asks for a value that all of the tickets can have. */
export async function pickShared<T extends Named>(
  deps: CommandDeps,
  tickets: readonly Ticket[],
  { question, now, choices, describe }: Listed<T>,
): Promise<T | undefined> {
  const present = [...new Set(tickets.map(now))];
  const accounts = new Set(tickets.map(({ accountId }) => accountId));
  const picked = await pickLoaded(
    {
      title: question.title,
      placeholder:
        present.length === 1 && present[0] !== undefined
          ? vscode.l10n.t('Now: {0}', present[0])
          : vscode.l10n.t('What all of them can become'),
      none:
        accounts.size > 1
          ? vscode.l10n.t(
              'These tickets are in several accounts, which have none in common. Mark those of one.',
            )
          : question.none,
    },
    async (signal) => {
      const { values, hint } = await sharedValues(deps, tickets, choices, signal);
      const others = values.filter(({ name }) => tickets.some((ticket) => now(ticket) !== name));
      const items = others.map((value) => ({ label: value.name, description: describe(value), value }));
      return { items, ...(hint !== undefined && { hint }) };
    },
  );
  return picked?.value;
}

/** What may be set on all of the tickets. Those that are alike are asked about once. */
export async function sharedValues<T extends Named>(
  deps: CommandDeps,
  tickets: readonly Ticket[],
  choices: (vocabulary: Vocabulary) => T[],
  signal: AbortSignal,
): Promise<{ values: T[]; hint?: string }> {
  const alike = new Map(
    tickets.map((ticket) => [JSON.stringify([ticket.accountId, ticket.team, ticket.status.name]), ticket]),
  );
  const known = await Promise.all([...alike.values()].map((one) => vocabularyOf(deps, one, signal)));
  const stale = known.find((one) => one.stale)?.stale;
  return {
    values: inEvery(known.map(({ value }) => choices(value))),
    ...(stale && { hint: staleHint(stale) }),
  };
}
