import type { Entry } from '../entry.ts';
import { escalationsOf, traceOf } from '../escalation.ts';
import type { StoredLink } from '../links.ts';
import type { SlaTarget } from '../sla.ts';
import { isActive, type Instant, type Ticket } from '../ticket.ts';

/** So many of so many. */
export interface Share {
  part: number;
  of: number;
}

/** How long something took, in milliseconds; nothing where it never happened. */
export interface Spread {
  count: number;
  median?: number;
  /** Nine of ten took no longer. */
  ninth?: number;
}

/** Upper bounds of the ages that a backlog is counted by, in days; the last has none. */
export const ages = [1, 3, 7, 30, Infinity] as const;

export interface Report {
  opened: number;
  resolved: number;
  /** Of what was opened in the period. */
  firstResponse: Spread;
  /** The following are of what was resolved in the period. */
  timeToResolve: Spread;
  /** Answered once at most, by one person, and never reopened. */
  firstContact: Share;
  reopened: Share;
  reassigned: Share;
  escalated: Share;
  /** Of the escalations themselves: those that were returned for what was missing. */
  bounced: Share;
  accepted: Spread;
  targetsMet: Record<SlaTarget, Share>;
  /** Solved with a document that is named. */
  documented: Share;
  undocumented: Ticket[];
  /** What is open now, by its age: a count for each of {@link ages}. */
  backlog: number[];
}

export interface ReportPeriod {
  from: Instant;
  /** Not included. */
  until: Instant;
  now: Instant;
}

const day = 86_400_000;

/** The figures of a period: `add` ticket after ticket; nothing is kept but numbers and the undocumented ones. */
export class ReportFigures {
  readonly #period: ReportPeriod;
  readonly #figures = {
    opened: 0,
    resolved: 0,
    firstContact: none(),
    reopened: none(),
    reassigned: none(),
    escalated: none(),
    bounced: none(),
    documented: none(),
    targetsMet: { 'first-response': none(), resolution: none() },
    backlog: ages.map(() => 0),
    undocumented: [] as Ticket[],
  };
  readonly #answered: number[] = [];
  readonly #solved: number[] = [];
  readonly #accepted: number[] = [];

  constructor(period: ReportPeriod) {
    this.#period = period;
  }

  /** Without `entries` the timeline is not here: what only that would tell is counted among the others. */
  add(ticket: Ticket, entries: readonly Entry[] | undefined, links: readonly StoredLink[]): void {
    const figures = this.#figures;
    if (this.#isIn(ticket.createdAt)) {
      figures.opened += 1;
      if (ticket.firstRespondedAt !== undefined) {
        this.#answered.push(ticket.firstRespondedAt - ticket.createdAt);
      }
    }
    if (isActive(ticket)) {
      const age = (this.#period.now - ticket.createdAt) / day;
      const index = ages.findIndex((most) => age < most);
      figures.backlog[index] = (figures.backlog[index] ?? 0) + 1;
      return;
    }
    const resolvedAt = ticket.resolvedAt ?? ticket.closedAt;
    if (resolvedAt !== undefined && this.#isIn(resolvedAt))
      this.#addSolved(ticket, resolvedAt, entries, links);
  }

  result(): Report {
    return {
      ...this.#figures,
      firstResponse: spreadOf(this.#answered),
      timeToResolve: spreadOf(this.#solved),
      accepted: spreadOf(this.#accepted),
    };
  }

  #addSolved(
    ticket: Ticket,
    resolvedAt: Instant,
    entries: readonly Entry[] | undefined,
    links: readonly StoredLink[],
  ): void {
    const figures = this.#figures;
    figures.resolved += 1;
    this.#solved.push(Math.max(0, resolvedAt - ticket.createdAt));
    count(figures.reopened, ticket.reopenings > 0);
    count(figures.reassigned, ticket.reassignments > 0);
    for (const { target, state } of ticket.sla) {
      if (state === 'met' || state === 'breached') count(figures.targetsMet[target], state === 'met');
    }
    if (entries) this.#addTold(ticket, entries);
    const documented = links.some(({ outcome }) => outcome !== 'did-not-help') || entries?.some(hasDocument);
    if (documented === undefined) return;
    count(figures.documented, documented);
    if (!documented) figures.undocumented.push(ticket);
  }

  #addTold(ticket: Ticket, entries: readonly Entry[]): void {
    const figures = this.#figures;
    const replies = entries.filter(
      ({ visibility, fromRequester, body }) =>
        visibility === 'public' && !fromRequester && body !== undefined,
    );
    const once = replies.length <= 1 && ticket.reopenings === 0 && ticket.reassignments === 0;
    const { onward, bounced, waits } = traceOf(escalationsOf(entries));
    count(figures.firstContact, once && onward === 0);
    count(figures.escalated, onward > 0);
    figures.bounced.part += bounced;
    figures.bounced.of += onward;
    this.#accepted.push(...waits);
  }

  #isIn(at: Instant): boolean {
    return at >= this.#period.from && at < this.#period.until;
  }
}

function hasDocument({ link }: Entry): boolean {
  return link !== undefined && link.outcome !== 'did-not-help';
}

function none(): Share {
  return { part: 0, of: 0 };
}

function count(share: Share, fits: boolean): void {
  share.of += 1;
  if (fits) share.part += 1;
}

function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const median = sorted[Math.ceil(sorted.length / 2) - 1];
  const ninth = sorted[Math.ceil(sorted.length * 0.9) - 1];
  return {
    count: sorted.length,
    ...(median !== undefined && { median }),
    ...(ninth !== undefined && { ninth }),
  };
}
