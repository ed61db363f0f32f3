import type { Entry } from '../../desk/entry.ts';
import { escalationsOf } from '../../desk/escalation.ts';
import type { DeskError } from '../../desk/errors.ts';
import type { Operation, Step } from '../../desk/operation.ts';
import { standingHandOff } from '../../desk/standingHandOff.ts';
import { isSettledStep, type Run } from '../../desk/run.ts';
import { withoutLink } from '../../desk/resolutionNote.ts';
import { sameTicket, ticketRef, type Instant, type Ticket, type TicketRef } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';
import type {
  ComposerState,
  OtherTicket,
  PanelHandOff,
  PanelRun,
  PanelState,
  PanelTimer,
  Relative,
} from '../../webviews/messages.ts';

/** Bodies longer than this are cut, in characters: the rest is sent when the user asks for it. */
export const longestBody = 20_000;
const mostOthers = 8;

/** What the panel's state is put together from. */
export interface PanelSources {
  reader: Pick<
    StoreReader,
    'ticket' | 'entries' | 'hasTimeline' | 'outbox' | 'linksOf' | 'runs' | 'accountState' | 'search'
  >;
  accountLabel: string;
  composer: ComposerState;
  /** Until when the timeline had been seen when the panel was last brought to the front. */
  seenUntil: Instant | undefined;
  timer?: PanelTimer | undefined;
  problem: string | undefined;
  /** What was ticked off of a hand-off. */
  ticked: (entryId: string) => readonly string[];
  explain(error: DeskError): string;
  now: Instant;
}

/** All the panel shows of a ticket and its timeline; nothing if the ticket is not in the store. */
export function panelState(
  ref: TicketRef,
  sources: PanelSources,
): { state: PanelState; entries: Entry[] } | undefined {
  const { reader } = sources;
  const ticket = reader.ticket(ref);
  if (ticket === undefined) return undefined;
  const account = reader.accountState(ref.accountId);
  const entries = reader.hasTimeline(ref) ? reader.entries(ref) : undefined;
  const { seenUntil } = sources;
  const firstNew = entries?.find(
    (entry) =>
      seenUntil !== undefined &&
      entry.at > seenUntil &&
      entry.visibility !== 'system' &&
      entry.author.id !== account?.me?.id,
  );
  const cut = entries?.flatMap(({ id, body }) =>
    body !== undefined && body.text.length > longestBody ? [[id, body.text.length] as const] : [],
  );
  const state: PanelState = {
    ticket,
    accountLabel: sources.accountLabel,
    capabilities: account?.capabilities,
    entryCount: entries?.length,
    cut: Object.fromEntries(cut ?? []),
    firstNew: firstNew?.id,
    pending: reader
      .outbox()
      .flatMap((operation) =>
        operation.ticketId !== undefined &&
        sameTicket(ref, { accountId: operation.accountId, id: operation.ticketId })
          ? [forShowing(operation, sources)]
          : [],
      ),
    links: reader.linksOf(ref),
    runs: reader.runs(ref).map(forRow),
    others: othersOf(ticket, reader),
    relatives: relativesOf(ticket, reader),
    ...(sources.timer && { timer: sources.timer }),
    handOff: entries && handOffOf(ticket, entries, sources, account?.me?.id),
    escalations: escalationsOf(entries ?? []),
    composer: sources.composer,
    problem: sources.problem,
    lastSyncedAt: account?.lastSyncedAt,
    now: sources.now,
  };
  return { state, entries: (entries ?? []).map(forReading) };
}

function handOffOf(
  ticket: Ticket,
  entries: readonly Entry[],
  { ticked }: PanelSources,
  me: string | undefined,
): PanelHandOff | undefined {
  const standing = standingHandOff(entries);
  if (!standing) return undefined;
  const done = ticked(standing.entryId);
  const isOwn = standing.byId === me && ticket.assignee?.id !== me;
  return { ...standing, isOwn, checks: standing.checks.map((text) => ({ text, done: done.includes(text) })) };
}

function forRow(run: Run): PanelRun {
  const { id, document, state, steps, startedAt, by } = run;
  return {
    id,
    title: document.title,
    state,
    settled: steps.filter(isSettledStep).length,
    steps: steps.length,
    startedAt,
    by,
  };
}

/** Other tickets of the same person on the same account. */
function othersOf(ticket: Ticket, reader: Pick<StoreReader, 'search'>): OtherTicket[] {
  const { requester } = ticket;
  if (requester === undefined || requester.name.trim() === '') return [];
  const test = { type: 'words', field: 'requester', words: requester.name, prefix: false } as const;
  return reader
    .search({ clauses: [[{ negated: false, test }]], problems: [] }, mostOthers * 4)
    .flatMap(({ ticket: other }) =>
      other.accountId === ticket.accountId && other.id !== ticket.id && other.requester?.id === requester.id
        ? [{ ...ticketRef(other), key: other.key, subject: other.subject, status: other.status }]
        : [],
    )
    .slice(0, mostOthers);
}

function relativesOf(ticket: Ticket, reader: Pick<StoreReader, 'ticket'>): Relative[] {
  return (ticket.relations ?? []).map((relation) => {
    const other = reader.ticket({ accountId: ticket.accountId, id: relation.ticketId });
    return { ...relation, ...(other && { subject: other.subject, ticketKind: other.kind }) };
  });
}

/** Without what is shown in another form, and no longer than is read at once. */
function forReading(entry: Entry): Entry {
  if (entry.body === undefined) return entry;
  const { format } = entry.body;
  const text = entry.link !== undefined && format !== 'html' ? withoutLink(entry.body.text) : entry.body.text;
  return text === entry.body.text && text.length <= longestBody
    ? entry
    : { ...entry, body: { format, text: text.slice(0, longestBody) } };
}

function forShowing(operation: Operation, sources: PanelSources): Operation {
  const { error } = operation;
  return {
    ...operation,
    steps: operation.steps.map((step): Step => (step.type === 'attach' ? { ...step, base64: '' } : step)),
    error: error && { ...error, message: sources.explain(error) },
  };
}
