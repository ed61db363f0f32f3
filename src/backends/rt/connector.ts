import type { Entry } from '../../desk/entry.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';
import type { Scope } from '../../desk/scope.ts';
import type { Instant, Person, Ticket } from '../../desk/ticket.ts';
import type {
  Applied,
  Backend,
  BackendContext,
  PullPage,
  Session,
  Timeline,
  Vocabulary,
} from '../backend.ts';
import { RtClient } from './client.ts';
import { contentOf } from './content.ts';
import { Landings } from './landed.ts';
import { People } from './people.ts';
import { Puller } from './pull.ts';
import { Queues } from './queues.ts';
import { openSession } from './session.ts';
import { Tickets, type Found } from './tickets.ts';
import { Timelines } from './timeline.ts';
import { vocabularyFor } from './vocabulary.ts';
import { Writer } from './write.ts';

/** Request Tracker 5 as one account sees it. */
export class RtBackend implements Backend {
  readonly #url: string | undefined;
  readonly #client: RtClient;
  readonly #people: People;
  readonly #queues: Queues;
  readonly #tickets: Tickets;
  readonly #timelines: Timelines;
  readonly #writer: Writer;
  readonly #landings: Landings;
  readonly #puller: Puller;

  constructor(context: BackendContext) {
    this.#url = context.account.url;
    this.#client = new RtClient(context.gateway);
    this.#people = new People(this.#client);
    this.#queues = new Queues(this.#client);
    this.#tickets = new Tickets(context.account, this.#client, this.#people);
    this.#timelines = new Timelines(this.#client, this.#people, this.#queues);
    this.#writer = new Writer(this.#client, this.#people, this.#queues, this.#tickets);
    this.#landings = new Landings(this.#client, this.#people, this.#tickets, this.#timelines, () =>
      context.now(),
    );
    this.#puller = new Puller(this.#client, this.#people, this.#queues, this.#tickets, (ticketId) =>
      context.known(ticketId),
    );
  }

  signIn(signal: AbortSignal): Promise<Result<Session>> {
    return openSession(this.#client, this.#people, this.#queues, this.#url, signal);
  }

  pull(scope: Scope, cursor: string | undefined, signal: AbortSignal): AsyncIterable<Result<PullPage>> {
    return this.#puller.pull(scope, cursor, signal);
  }

  members(scope: Scope, signal: AbortSignal): AsyncIterable<Result<string[]>> {
    return this.#puller.members(scope, signal);
  }

  async timeline(ticketId: string, signal: AbortSignal): Promise<Result<Timeline>> {
    const found = await this.#tickets.get(ticketId, signal);
    if (!found.ok) return found;
    const entries: Result<Entry[]> = await this.#timelines.entries(found.value, signal);
    return entries.ok ? ok({ ticket: found.value.ticket, entries: entries.value }) : entries;
  }

  async ticket(ticketId: string, signal: AbortSignal): Promise<Result<Ticket>> {
    const found = await this.#tickets.get(ticketId, signal);
    return found.ok ? ok(found.value.ticket) : found;
  }

  apply(
    _key: string,
    ticketId: string | undefined,
    step: Step,
    signal: AbortSignal,
    revision?: string,
  ): Promise<Result<Applied>> {
    return this.#writer.apply(ticketId, step, revision, signal);
  }

  landed(
    _key: string,
    ticketId: string | undefined,
    step: Step,
    watermark: string | undefined,
    sentAt: Instant,
    signal: AbortSignal,
  ): Promise<Result<Applied | undefined>> {
    return this.#landings.find(ticketId, step, watermark, sentAt, signal);
  }

  async vocabulary(ticketId: string | undefined, signal: AbortSignal): Promise<Result<Vocabulary>> {
    const found: Result<Found | undefined> =
      ticketId === undefined ? ok(undefined) : await this.#tickets.get(ticketId, signal);
    return found.ok ? vocabularyFor(found.value?.raw, this.#queues, signal) : found;
  }

  people(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    return this.#people.search(query, signal);
  }

  /** Only of this ticket: RT itself would hand out any that we may see, and fail on an unknown one. */
  async attachment(
    ticketId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadableStream<Uint8Array>>> {
    const missing = fail({ reason: 'not-found', message: 'The ticket has no such attachment.' });
    if (!/^\d+$/.test(ticketId)) return missing;
    const parts = await this.#timelines.parts(ticketId, (part) => part.id === attachmentId, signal);
    if (!parts.ok) return parts;
    if (!parts.value.some((part) => part.id === attachmentId)) return missing;
    const stream = await this.#client.stream(`/attachment/${attachmentId}`, signal);
    return stream.ok ? ok(contentOf(stream.value)) : stream;
  }
}
