import type { Account } from './account.ts';

/**
 * A part of an account's tickets that is kept here: what is mine, a team's, or what a query finds. Scopes overlap;
 * a ticket is kept once, whatever the number of scopes it is in.
 */
export type Scope =
  | { kind: 'mine' }
  /** By the backend's label for it, as in `Ticket.team`. */
  | { kind: 'team'; team: string }
  /** `query` in the backend's own language; `name` is the user's for it. */
  | { kind: 'query'; name: string; query: string };

export const scopeKinds = ['mine', 'team', 'query'] as const;
export type ScopeKind = Scope['kind'];

/** Every account has it. */
export const mine: Scope = { kind: 'mine' };

/** What is kept of an account's tickets, as far as its backend can pull it. */
export function scopesOf(
  { teams = [], queries = [] }: Pick<Account, 'teams' | 'queries'>,
  kinds: readonly ScopeKind[],
): Scope[] {
  const wanted: Scope[] = [
    mine,
    ...teams.map((team): Scope => ({ kind: 'team', team })),
    ...queries.map((query): Scope => ({ kind: 'query', ...query })),
  ];
  return wanted.filter(({ kind }) => kind === 'mine' || kinds.includes(kind));
}

/** Names a scope within its account: a query by what it asks, so that it may be renamed. */
export function scopeKey(scope: Scope): string {
  switch (scope.kind) {
    case 'mine':
      return 'mine';
    case 'team':
      return `team ${scope.team}`;
    case 'query':
      return `query ${scope.query}`;
  }
}
