import { setImmediate } from 'node:timers/promises';
import type { Account } from '../../desk/account.ts';
import { holdsAt, labelsOf, needsTimeline } from '../../desk/policy/holds.ts';
import type { Rule } from '../../desk/policy/policy.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../../store/api.ts';

/** A rule that is in force here. */
export interface RuleInForce {
  rule: Rule;
  /** Names it, with just this content. */
  hash: string;
  /** The user approved that it sends by itself. */
  maySend: boolean;
}

/** A rule that applies to a ticket now, and did not before. */
export interface RuleFiring extends RuleInForce {
  ticket: Ticket;
}

export interface FiringDeps {
  reader: Pick<StoreReader, 'tickets' | 'entries' | 'told'>;
  writer: Pick<StoreWriter, 'run'>;
  accounts: () => readonly Account[];
  now: () => Instant;
}

const mostOpen = 1000;

/**
 * What rules have to do now, each once for each ticket, whatever the number of windows: of my tickets, and of those of
 * my teams that nobody has. Whoever gets a firing acts on it; nobody gets it again.
 */
export async function takeFirings(deps: FiringDeps, rules: readonly RuleInForce[]): Promise<RuleFiring[]> {
  const taken: RuleFiring[] = [];
  for (const account of deps.accounts()) {
    const found = await applying(deps, account, rules);
    const told = deps.reader.told(found.map(keyOf));
    const fresh = found.filter((one) => !told.has(keyOf(one)));
    if (fresh.length === 0) continue;
    const telling = { accountId: account.id, keys: fresh.map(keyOf), at: deps.now() };
    const ours = await deps.writer.run('tell', telling);
    if (ours.ok) taken.push(...fresh.filter((one) => ours.value.includes(keyOf(one))));
  }
  return taken;
}

async function applying(
  { reader, now }: FiringDeps,
  { id, teams = [] }: Account,
  rules: readonly RuleInForce[],
): Promise<RuleFiring[]> {
  const open = { accountIds: [id], active: true, limit: mostOpen } as const;
  const tickets = [
    ...reader.tickets({ ...open, mine: true }),
    ...(teams.length > 0 ? reader.tickets({ ...open, teams, mine: false, assigned: false }) : []),
  ];
  const labels = labelsOf(tickets);
  const found: RuleFiring[] = [];
  for (const ticket of tickets) {
    const entries = rules.some(({ rule }) => needsTimeline(rule)) ? reader.entries(ticket) : [];
    for (const one of rules) {
      if (one.rule.to !== undefined && one.rule.to === ticket.team) continue;
      if (holdsAt(one.rule, ticket, entries, labels, now())) found.push({ ...one, ticket });
    }
    await setImmediate();
  }
  return found;
}

function keyOf({ hash, ticket }: RuleFiring): string {
  return JSON.stringify(['rule', hash, ticket.accountId, ticket.id]);
}
