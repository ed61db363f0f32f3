import type { Entry } from '../entry.ts';
import type { Instant, Ticket } from '../ticket.ts';
import { spansOf, type Labels } from './holds.ts';
import type { Policy, Rule } from './policy.ts';

/** What then happened to a ticket that shows that the rule was right. */
export type Proof = 'handed-on' | 'moved' | 'reopened' | 'missed-target';

/** One time that a rule would have applied. */
export interface Firing {
  ticket: Ticket;
  at: Instant;
  /** Nothing: whoever had the ticket solved it in time. */
  proof?: Proof;
}

export interface RuleOutcome {
  rule: Rule;
  /** In order. */
  firings: Firing[];
}

export interface Period {
  from: Instant;
  /** Not included. */
  until: Instant;
}

/**
 * What a policy would have done: each rule once for each ticket, at the first moment that its conditions held.
 * `add` ticket after ticket; nothing is kept but what fired.
 */
export class DryRun {
  readonly #outcomes: RuleOutcome[];
  readonly #labels: Labels;
  readonly #period: Period;
  tickets = 0;

  constructor({ rules }: Policy, labels: Labels, period: Period) {
    this.#outcomes = rules.map((rule) => ({ rule, firings: [] }));
    this.#labels = labels;
    this.#period = period;
  }

  add(ticket: Ticket, entries: readonly Entry[]): void {
    this.tickets += 1;
    for (const { rule, firings } of this.#outcomes) {
      const at = spansOf(rule, ticket, entries, this.#labels)[0]?.from;
      if (at === undefined || at < this.#period.from || at >= this.#period.until) continue;
      const proof = proofAfter(at, ticket, entries, this.#labels);
      firings.push({ ticket, at, ...(proof && { proof }) });
    }
  }

  outcomes(): RuleOutcome[] {
    for (const { firings } of this.#outcomes) firings.sort((a, b) => a.at - b.at);
    return this.#outcomes;
  }
}

function proofAfter(
  at: Instant,
  { sla }: Ticket,
  entries: readonly Entry[],
  { categoryOf }: Labels,
): Proof | undefined {
  const after = entries.filter((entry) => entry.at > at);
  const changed = (field: string, fits: (from: string, to: string) => boolean) =>
    after.some(({ changes }) =>
      changes.some((one) => one.field === field && fits(one.from ?? '', one.to ?? '')),
    );
  if (after.some(({ kind }) => kind === 'hand-off')) return 'handed-on';
  if (changed('team', (from) => from !== '')) return 'moved';
  const done = (status: string) => ['resolved', 'closed'].includes(categoryOf(status) ?? '');
  if (changed('status', (from, to) => done(from) && !done(to))) return 'reopened';
  const missed = sla.some(
    ({ state, dueAt, stoppedAt }) => state === 'breached' && (dueAt ?? stoppedAt ?? 0) > at,
  );
  return missed ? 'missed-target' : undefined;
}
