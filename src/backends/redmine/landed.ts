import { fail, ok, type Result } from '../../desk/errors.ts';
import type { NewTicket, Step, TicketFields } from '../../desk/operation.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { Applied, Sending } from '../backend.ts';
import { sameText, written } from '../content/written.ts';
import { fileName } from '../content/fileName.ts';
import { sentAgo } from '../parts/sentAgo.ts';
import type { RedmineClient } from './client.ts';
import { ourNotes } from './ours.ts';
import { reported } from './requester.ts';
import type { RightsOf } from './rights.ts';
import { issueSchema, type RedmineIssue, type RedmineTimeEntry } from './schema.ts';
import { minutesOf, readRevision, type Found, type Tickets } from './tickets.ts';
import { isTied } from './ties.ts';
import { isSet } from './write.ts';
import type { Timelines } from './timeline.ts';

/** Redmine counts in whole seconds, and the question itself takes a while to get there. */
const slackMs = 10_000;
const candidates = 25;

/** Finds out whether a step reached Redmine: it has no marker of ours, so the same content by us afterwards is it. */
export class Landings {
  readonly #client: RedmineClient;
  readonly #rights: RightsOf;
  readonly #tickets: Tickets;
  readonly #timelines: Timelines;
  readonly #now: () => Instant;

  constructor(
    parts: { client: RedmineClient; rights: RightsOf; tickets: Tickets; timelines: Timelines },
    now: () => Instant,
  ) {
    this.#client = parts.client;
    this.#rights = parts.rights;
    this.#tickets = parts.tickets;
    this.#timelines = parts.timelines;
    this.#now = now;
  }

  async landed(
    { ticketId, step, revision, sentAt }: Sending,
    signal: AbortSignal,
  ): Promise<Result<Applied | undefined>> {
    const rights = await this.#rights.known(signal);
    if (!rights.ok) return rights;
    const { me } = rights.value;
    if (step.type === 'create') return this.#created(step.ticket, me.id, sentAt, signal);
    if (ticketId === undefined) return ok(undefined);
    const found = await this.#tickets.get(ticketId, signal);
    if (!found.ok) return found;
    const since = readRevision(revision) ?? before(found.value.raw, sentAt);
    const arrived = await this.#arrived(found.value, step, me.id, since, signal);
    if (!arrived.ok) return arrived;
    return ok(arrived.value ? { ticketId } : undefined);
  }

  async #arrived(
    found: Found,
    step: Exclude<Step, { type: 'create' }>,
    me: string,
    since: { journal: number; minutes: number },
    signal: AbortSignal,
  ): Promise<Result<boolean>> {
    const { raw } = found;
    const journals = raw.journals.filter(({ id, user }) => id > since.journal && user.id === me);
    switch (step.type) {
      case 'post':
        return noted(raw, me, since.journal, written(step), step.visibility === 'internal');
      case 'attach': {
        const size = Buffer.byteLength(step.base64, 'base64');
        const ours = journals.flatMap(({ details }) =>
          details.filter(({ property }) => property === 'attachment').map(({ name }) => name),
        );
        return ok(
          raw.attachments.some(
            (file) =>
              ours.includes(file.id) && file.filename === fileName(step.name) && file.filesize === size,
          ),
        );
      }
      case 'time': {
        if (step.note?.trim()) return noted(raw, me, since.journal, step.note, true);
        const times = await this.#timelines.timeEntries(raw, signal);
        if (!times.ok) return times;
        const fresh = loggedSince(times.value, raw, since.minutes);
        return ok(fresh.some((time) => time.user.id === me && minutesOf(time.hours) === step.minutes));
      }
      case 'watch':
      case 'relate':
      case 'merge':
        return ok(isTied(raw, step));
      case 'update': {
        if (step.fields.custom !== undefined && !isSet(raw, step.fields.custom)) return ok(false);
        const entries = await this.#timelines.entries(found, signal);
        if (!entries.ok) return entries;
        const ids = new Set(journals.map(({ id }) => `${id}.changes`));
        const changes = entries.value.filter(({ id }) => ids.has(id)).flatMap((entry) => entry.changes);
        return ok(
          labels(found, step.fields).every(([field, to]) =>
            changes.some((change) => change.field === field && change.to === to),
          ),
        );
      }
    }
  }

  /** A ticket by us since then, by Redmine's clock, with this subject and description. */
  async #created(
    wanted: NewTicket,
    me: string,
    sentAt: Instant,
    signal: AbortSignal,
  ): Promise<Result<Applied | undefined>> {
    const latest = await this.#client.page(issueSchema, '/issues', 'issues', signal, {
      author_id: me,
      status_id: '*',
      sort: 'id:desc',
      limit: candidates,
    });
    if (!latest.ok) return latest;
    const now = this.#now();
    const since = (latest.value.serverTime ?? now) - sentAgo(sentAt, now) - slackMs;
    const found = latest.value.items.find(
      (issue) =>
        issue.created_on >= since &&
        sameText(issue.subject, wanted.subject) &&
        sameText(reported(issue.description), wanted.description),
    );
    return ok(found && { ticketId: found.id });
  }
}

/** A note of ours that Redmine published against what was asked did arrive, and must not be sent again. */
function noted(
  raw: RedmineIssue,
  me: string,
  after: number,
  text: string,
  internal: boolean,
): Result<boolean> {
  const ours = ourNotes(raw, me, after, text);
  if (ours.some((journal) => journal.private_notes === internal)) return ok(true);
  if (!internal || ours[0] === undefined) return ok(false);
  const message = `Redmine published this internal note, against what was asked. Delete or hide it there: it is note ${ours[0].id} of #${raw.id}.`;
  return fail({ reason: 'rejected', message });
}

/** Without a watermark: what was there when it was sent, as far as clocks tell. */
function before(raw: RedmineIssue, sentAt: Instant): { journal: number; minutes: number } {
  const earlier = raw.journals.filter((journal) => journal.created_on < sentAt - slackMs);
  return { journal: Math.max(0, ...earlier.map(({ id }) => id)), minutes: 0 };
}

/** The latest entries, as many as it takes to be back at what was logged before. */
function loggedSince(
  times: readonly RedmineTimeEntry[],
  raw: RedmineIssue,
  minutes: number,
): RedmineTimeEntry[] {
  const fresh: RedmineTimeEntry[] = [];
  let total = minutesOf(raw.spent_hours ?? 0);
  for (const time of times) {
    if (total <= minutes) break;
    fresh.push(time);
    total -= minutesOf(time.hours);
  }
  return fresh;
}

/** The fields as the history names them. */
function labels(found: Found, fields: TicketFields): [string, string | undefined][] {
  const wanted: [string, string | undefined][] = [];
  for (const field of ['subject', 'status', 'team', 'priority'] as const) {
    if (fields[field] !== undefined) wanted.push([field, fields[field]]);
  }
  if (fields.tier !== undefined) wanted.push(['tier', String(fields.tier)]);
  if (fields.assignee === null) wanted.push(['assignee', undefined]);
  else if (fields.assignee !== undefined) {
    const { assignee } = found.ticket;
    wanted.push(['assignee', assignee?.id === fields.assignee ? assignee.name : fields.assignee]);
  }
  return wanted;
}
