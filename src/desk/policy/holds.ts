import { wholeWords } from '../literal.ts';
import type { Entry } from '../entry.ts';
import { plainText } from '../htmlText.ts';
import { isActive, type Instant, type PriorityRank, type StatusCategory, type Ticket } from '../ticket.ts';
import type { Rule, RuleConditions } from './policy.ts';

/** From when until when something holds; without `to` it still does. */
export interface Span {
  from: Instant;
  to?: Instant;
}

/** What a system's labels mean, learnt from tickets that bear them: a history names labels only. */
export interface Labels {
  rankOf: (priority: string) => PriorityRank | undefined;
  categoryOf: (status: string) => StatusCategory | undefined;
}

export function labelsOf(tickets: Iterable<Pick<Ticket, 'priority' | 'status'>>): Labels {
  const ranks = new Map<string, PriorityRank>();
  const categories = new Map<string, StatusCategory>();
  for (const { priority, status } of tickets) {
    ranks.set(priority.name, priority.rank);
    categories.set(status.name, status.category);
  }
  return { rankOf: (name) => ranks.get(name), categoryOf: (name) => categories.get(name) };
}

/** When all that a rule names held of a ticket at the same time, in order; as far as its timeline tells. */
export function spansOf(
  { when }: Pick<Rule, 'when'>,
  ticket: Ticket,
  entries: readonly Entry[],
  labels: Labels,
): Span[] {
  let spans: Span[] = [{ from: ticket.createdAt }];
  for (const condition of conditionsOf(when)) {
    if (spans.length === 0) break;
    spans = inBoth(spans, condition(ticket, entries, labels));
  }
  return spans;
}

/** Does the rule apply to a ticket at this moment? What is done with is nobody's to escalate. */
export function holdsAt(
  rule: Pick<Rule, 'when'>,
  ticket: Ticket,
  entries: readonly Entry[],
  labels: Labels,
  now: Instant,
): boolean {
  return (
    isActive(ticket) &&
    spansOf(rule, ticket, entries, labels).some(({ from, to = Infinity }) => from <= now && now < to)
  );
}

/** Can it be decided from the ticket alone? Timelines cost more to read. */
export function needsTimeline({ when }: Pick<Rule, 'when'>): boolean {
  return when.replies !== undefined || when.words !== undefined;
}

type Condition = (ticket: Ticket, entries: readonly Entry[], labels: Labels) => Span[];

/** The cheapest first, and those that few tickets meet. */
function conditionsOf(when: RuleConditions): Condition[] {
  const { kind, tag, reassignments, reopenings, unresolved, breach, priority, team, replies, words } = when;
  const all: (Condition | 0 | false | undefined)[] = [
    kind && ((ticket) => always(kind.includes(ticket.kind))),
    tag && ((ticket) => always(tag.some((one) => ticket.tags.some((given) => same(one, given))))),
    reassignments && ((ticket, entries) => reassignedAt(reassignments, ticket, entries)),
    reopenings && ((ticket, entries, labels) => reopenedAt(reopenings, ticket, entries, labels)),
    unresolved !== undefined && ((ticket) => unresolvedAfter(unresolved, ticket)),
    breach !== undefined && ((ticket) => breachWithin(breach, ticket)),
    priority && ((...of) => prioritySpans(priority, ...of)),
    team && ((ticket, entries) => teamSpans(team, ticket, entries)),
    replies && ((_, entries) => repliesFrom(replies, entries)),
    words && ((ticket, entries) => wordsFrom(words, ticket, entries)),
  ];
  return all.filter((condition) => typeof condition === 'function');
}

function always(holds: boolean): Span[] {
  return holds ? [{ from: -Infinity }] : [];
}

/** The system's own count says whether; the timeline, as well as it can, since when. */
function reassignedAt(count: number, ticket: Ticket, entries: readonly Entry[]): Span[] {
  if (ticket.reassignments < count) return [];
  const times = entries
    .filter(({ changes }) =>
      changes.some(({ field, from }) => (field === 'team' || field === 'assignee') && from !== undefined),
    )
    .map(({ at }) => at);
  return [{ from: times[count - 1] ?? times.at(-1) ?? ticket.updatedAt }];
}

function reopenedAt(count: number, ticket: Ticket, entries: readonly Entry[], labels: Labels): Span[] {
  if (ticket.reopenings < count) return [];
  const done = (status: string | undefined) =>
    ['resolved', 'closed'].includes((status !== undefined && labels.categoryOf(status)) || '');
  const times = entries
    .filter(({ changes }) =>
      changes.some(({ field, from, to }) => field === 'status' && done(from) && !done(to)),
    )
    .map(({ at }) => at);
  return [{ from: times[count - 1] ?? times.at(-1) ?? ticket.updatedAt }];
}

function unresolvedAfter(duration: number, ticket: Ticket): Span[] {
  const from = ticket.createdAt + duration;
  const to = isActive(ticket) ? undefined : (ticket.resolvedAt ?? ticket.closedAt ?? ticket.updatedAt);
  if (to === undefined) return [{ from }];
  return from < to ? [{ from, to }] : [];
}

/** Of the service level that comes first; a paused one does not come nearer. */
function breachWithin(duration: number, { sla }: Ticket): Span[] {
  return sla
    .flatMap(({ dueAt, stoppedAt, state }): Span[] => {
      if (dueAt === undefined || state === 'paused') return [];
      const from = dueAt - duration;
      if (stoppedAt === undefined) return [{ from }];
      return from < stoppedAt ? [{ from, to: stoppedAt }] : [];
    })
    .sort((a, b) => a.from - b.from);
}

function prioritySpans(
  ranks: readonly PriorityRank[],
  ticket: Ticket,
  entries: readonly Entry[],
  labels: Labels,
): Span[] {
  return valueSpans('priority', ticket.priority.name, entries, (name) => {
    const rank = name === ticket.priority.name ? ticket.priority.rank : labels.rankOf(name);
    return rank !== undefined && ranks.includes(rank);
  });
}

function teamSpans(teams: readonly string[], ticket: Ticket, entries: readonly Entry[]): Span[] {
  return valueSpans('team', ticket.team ?? '', entries, (name) => teams.some((team) => same(team, name)));
}

/** When a field had a value that fits: from what it is now, and what the timeline says it was before. */
function valueSpans(
  field: string,
  now: string,
  entries: readonly Entry[],
  fits: (value: string) => boolean,
): Span[] {
  const changes = entries.flatMap((entry) =>
    entry.changes.filter((change) => change.field === field).map((change) => ({ ...change, at: entry.at })),
  );
  const spans: Span[] = [];
  let from = -Infinity;
  let value = changes[0] ? (changes[0].from ?? changes[0].to ?? '') : now;
  for (const { at, to = '' } of changes) {
    if (fits(value) && from < at) spans.push({ from, to: at });
    from = Math.max(from, at);
    value = to;
  }
  if (fits(now)) spans.push({ from });
  return spans;
}

function repliesFrom(count: number, entries: readonly Entry[]): Span[] {
  const asked = entries.filter(
    ({ fromRequester, visibility, body }) => fromRequester && visibility === 'public' && body !== undefined,
  );
  // What opened the ticket is no reply.
  const nth = asked[count];
  return nth ? [{ from: nth.at }] : [];
}

function wordsFrom(words: readonly string[], ticket: Ticket, entries: readonly Entry[]): Span[] {
  const pattern = new RegExp(wholeWords(words), 'iu');
  if (pattern.test(ticket.subject)) return [{ from: ticket.createdAt }];
  const said = entries.find(
    ({ fromRequester, body }) => fromRequester && body !== undefined && pattern.test(plainText(body)),
  );
  return said ? [{ from: said.at }] : [];
}

function inBoth(a: readonly Span[], b: readonly Span[]): Span[] {
  const both: Span[] = [];
  for (const one of a) {
    for (const other of b) {
      const from = Math.max(one.from, other.from);
      const to = Math.min(one.to ?? Infinity, other.to ?? Infinity);
      if (from < to) both.push(to === Infinity ? { from } : { from, to });
    }
  }
  return both.sort((x, y) => x.from - y.from);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
