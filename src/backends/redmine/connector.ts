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
import { RedmineClient } from './client.ts';
import { Creator } from './create.ts';
import { Fields } from './fields.ts';
import { Landings } from './landed.ts';
import { Lookups } from './lookups.ts';
import { Markup } from './markup.ts';
import { People } from './people.ts';
import { Puller } from './pull.ts';
import { RightsOf } from './rights.ts';
import { openSession } from './session.ts';
import { Tickets, type Found } from './tickets.ts';
import { Timelines } from './timeline.ts';
import { vocabularyFor } from './vocabulary.ts';
import { Writer } from './write.ts';

/** Redmine 5 as one account sees it. */
export class RedmineBackend implements Backend {
  readonly #url: string | undefined;
  readonly #client: RedmineClient;
  readonly #rights: RightsOf;
  readonly #lookups: Lookups;
  readonly #people: People;
  readonly #markup: Markup;
  readonly #tickets: Tickets;
  readonly #timelines: Timelines;
  readonly #writer: Writer;
  readonly #landings: Landings;
  readonly #puller: Puller;

  constructor(context: BackendContext) {
    const now = () => context.now();
    const client = new RedmineClient(context.gateway);
    const rights = new RightsOf(client);
    const lookups = new Lookups(client);
    const people = new People(client, rights);
    const markup = new Markup(client);
    const tickets = new Tickets(context.account, client, lookups, people);
    const timelines = new Timelines(client, lookups, people, markup);
    const fields = new Fields(lookups, people, rights);
    const creator = new Creator({ client, rights, lookups, people, fields });
    this.#url = context.account.url;
    this.#client = client;
    this.#rights = rights;
    this.#lookups = lookups;
    this.#people = people;
    this.#markup = markup;
    this.#tickets = tickets;
    this.#timelines = timelines;
    this.#writer = new Writer({ client, rights, lookups, tickets, fields, creator });
    this.#landings = new Landings({ client, rights, tickets, timelines }, now);
    this.#puller = new Puller({ client, lookups, people, tickets, timelines }, now, (ticketId) =>
      context.known(ticketId),
    );
  }

  signIn(signal: AbortSignal): Promise<Result<Session>> {
    this.#lookups.forget();
    this.#people.forget();
    this.#markup.forget();
    return openSession(this.#client, this.#rights, this.#lookups, this.#url, signal);
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
    const entries = await this.#timelines.entries(found.value, signal);
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
    return found.ok ? vocabularyFor(found.value?.raw, this.#lookups, this.#rights, signal) : found;
  }

  people(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    return this.#people.search(query, signal);
  }

  /** Only of this ticket: Redmine itself would hand out any that we may see. */
  async attachment(
    ticketId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadableStream<Uint8Array>>> {
    const found = await this.#tickets.get(ticketId, signal);
    if (!found.ok) return found;
    return found.value.raw.attachments.some(({ id }) => id === attachmentId)
      ? this.#client.stream(`/attachments/download/${attachmentId}`, signal)
      : fail({ reason: 'not-found', message: 'The ticket has no such attachment.' });
  }
}
