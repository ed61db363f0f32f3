import type { Entry } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import { parseLog } from '../../desk/interactionLog.ts';
import type { NewTicket, Step, TicketFields } from '../../desk/operation.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { Applied, Sending } from '../backend.ts';
import { sameText, written } from '../content/written.ts';
import type { RtClient } from './client.ts';
import { priorityNumber, priorityOf } from './labels.ts';
import type { People } from './people.ts';
import { itemSchema } from './schema.ts';
import { fileName } from '../content/fileName.ts';
import { sentAgo } from '../parts/sentAgo.ts';
import { isTied } from './ties.ts';
import { isSet } from './write.ts';
import type { Tickets } from './tickets.ts';
import type { Timelines } from './timeline.ts';

/** RT counts in whole seconds, and the question itself takes a while to get there. */
const slackSeconds = 10;

/** Finds out whether a step reached RT: it has no marker of ours, so the same content by us afterwards is it. */
export class Landings {
  readonly #client: RtClient;
  readonly #people: People;
  readonly #tickets: Tickets;
  readonly #timelines: Timelines;
  readonly #now: () => Instant;

  constructor(client: RtClient, people: People, tickets: Tickets, timelines: Timelines, now: () => Instant) {
    this.#client = client;
    this.#people = people;
    this.#tickets = tickets;
    this.#timelines = timelines;
    this.#now = now;
  }

  async landed(
    { ticketId, step, revision, sentAt }: Sending,
    signal: AbortSignal,
  ): Promise<Result<Applied | undefined>> {
    if (step.type === 'create') return this.#created(step.ticket, sentAt, signal);
    if (ticketId === undefined) return ok(undefined);
    const me = await this.#people.me(signal);
    if (!me.ok) return me;
    const found = await this.#tickets.get(ticketId, signal);
    if (!found.ok) return found;
    if (step.type === 'watch' || step.type === 'relate' || step.type === 'merge') {
      return ok(isTied(found.value, step) ? { ticketId } : undefined);
    }
    const entries = await this.#timelines.entries(found.value, signal);
    if (!entries.ok) return entries;
    const after = isAfter(revision, sentAt);
    const ours = entries.value.filter((entry) => entry.author.id === me.value.id && after(entry));
    if (step.type !== 'update') return ok(ours.some((entry) => isOf(step, entry)) ? { ticketId } : undefined);
    if (step.fields.custom !== undefined && !isSet(found.value.raw, step.fields.custom)) return ok(undefined);
    const wanted = await this.#labels(step.fields, signal);
    if (!wanted.ok) return wanted;
    const changes = ours.flatMap((entry) => entry.changes);
    const all = wanted.value.every(([field, to]) =>
      changes.some((one) => one.field === field && one.to === to),
    );
    return ok(all ? { ticketId } : undefined);
  }

  /** A ticket by us since then with this subject and description. Counted back by RT's own clock. */
  async #created(
    wanted: NewTicket,
    sentAt: Instant,
    signal: AbortSignal,
  ): Promise<Result<Applied | undefined>> {
    const seconds = Math.ceil(sentAgo(sentAt, this.#now()) / 1000) + slackSeconds;
    const candidates = await this.#client.page(itemSchema, '/tickets', signal, {
      query: `Creator = '__CurrentUser__' AND Created >= '-${seconds} seconds'`,
      orderby: 'id',
      order: 'DESC',
    });
    if (!candidates.ok) return candidates;
    for (const { id } of candidates.value.items) {
      const found = await this.#tickets.get(id, signal);
      if (!found.ok) return found;
      const { ticket } = found.value;
      if (!sameText(ticket.subject, wanted.subject)) continue;
      if (wanted.team !== undefined && ticket.team !== wanted.team) continue;
      const entries = await this.#timelines.entries(found.value, signal);
      if (!entries.ok) return entries;
      if (sameText(entries.value[0]?.body?.text ?? '', wanted.description)) return ok({ ticketId: id });
    }
    return ok(undefined);
  }

  /** The fields as the history will name them. */
  async #labels(fields: TicketFields, signal: AbortSignal): Promise<Result<[string, string | undefined][]>> {
    const labels: [string, string | undefined][] = [];
    if (fields.subject !== undefined) labels.push(['subject', fields.subject]);
    if (fields.status !== undefined) labels.push(['status', fields.status]);
    if (fields.team !== undefined) labels.push(['team', fields.team]);
    if (fields.tier !== undefined) labels.push(['tier', String(fields.tier)]);
    if (fields.priority !== undefined) {
      labels.push(['priority', priorityOf(priorityNumber(fields.priority) ?? 0).name]);
    }
    if (fields.assignee === null) labels.push(['assignee', undefined]);
    else if (fields.assignee !== undefined) {
      const person = await this.#people.find(fields.assignee, signal);
      if (!person.ok) return person;
      labels.push(['assignee', person.value.name]);
    }
    return ok(labels);
  }
}

/** After the last transaction that was seen before sending; without one, not before it was sent. */
function isAfter(watermark: string | undefined, sentAt: Instant): (entry: Entry) => boolean {
  if (watermark !== undefined && /^\d+$/.test(watermark)) {
    const last = Number(watermark);
    return (entry) => Number(entry.id) > last;
  }
  return (entry) => entry.at >= sentAt - slackSeconds * 1000;
}

function isOf(step: Extract<Step, { type: 'post' | 'time' | 'attach' }>, entry: Entry): boolean {
  switch (step.type) {
    case 'post': {
      if (entry.visibility !== step.visibility) return false;
      const log = parseLog(written(step));
      if (log === undefined) return sameText(entry.body?.text ?? '', written(step));
      return (
        entry.kind === 'log' && entry.channel === log.channel && sameText(entry.body?.text ?? '', log.body)
      );
    }
    case 'time':
      return entry.minutes === step.minutes && sameText(entry.body?.text ?? '', step.note ?? '');
    case 'attach':
      return (
        entry.visibility === step.visibility &&
        entry.attachments.some(
          (file) =>
            file.name === fileName(step.name) && file.size === Buffer.byteLength(step.base64, 'base64'),
        )
      );
  }
}
