import { fail, ok, type DeskError, type Result } from '../../desk/errors.ts';
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
import { GitHubClient } from './client.ts';
import { Issues } from './issues.ts';
import { vocabularyOf } from './labels.ts';
import { Landings } from './landed.ts';
import { People } from './people.ts';
import { repositoryOf } from './place.ts';
import { Puller } from './pull.ts';
import { openSession } from './session.ts';
import { Timelines } from './timeline.ts';
import { Writer } from './write.ts';

/** The issues of one GitHub repository as one account sees them. */
export class GitHubBackend implements Backend {
  readonly #client: GitHubClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #timelines: Timelines;
  readonly #writer: Writer;
  readonly #landings: Landings;
  readonly #puller: Puller;
  /** Set where the account names no repository. */
  readonly #misplaced: DeskError | undefined;

  constructor({ account, gateway }: BackendContext) {
    const place = repositoryOf(account);
    const repository = place.ok ? place.value : { owner: '', name: '' };
    this.#misplaced = place.ok ? undefined : place.error;
    this.#client = new GitHubClient(gateway);
    this.#people = new People(this.#client, `/repos/${repository.owner}/${repository.name}`);
    this.#issues = new Issues(account, repository, this.#client, this.#people);
    this.#timelines = new Timelines(this.#client, this.#issues);
    this.#writer = new Writer(this.#client, this.#people, this.#issues);
    this.#landings = new Landings(this.#client, this.#people, this.#issues, this.#timelines);
    this.#puller = new Puller(this.#client, this.#people, this.#issues);
  }

  async signIn(signal: AbortSignal): Promise<Result<Session>> {
    if (this.#misplaced) return fail(this.#misplaced);
    return openSession(this.#client, this.#people, this.#issues, signal);
  }

  pull(scope: Scope, cursor: string | undefined, signal: AbortSignal): AsyncIterable<Result<PullPage>> {
    return this.#puller.pull(scope, cursor, signal);
  }

  members(scope: Scope, signal: AbortSignal): AsyncIterable<Result<string[]>> {
    return this.#puller.members(scope, signal);
  }

  async timeline(ticketId: string, signal: AbortSignal): Promise<Result<Timeline>> {
    const found = await this.#issues.get(ticketId, signal);
    if (!found.ok) return found;
    const entries = await this.#timelines.entries(found.value, signal);
    return entries.ok ? ok({ ticket: found.value.ticket, entries: entries.value }) : entries;
  }

  async ticket(ticketId: string, signal: AbortSignal): Promise<Result<Ticket>> {
    const found = await this.#issues.get(ticketId, signal);
    return found.ok ? ok(found.value.ticket) : found;
  }

  apply(
    key: string,
    ticketId: string | undefined,
    step: Step,
    signal: AbortSignal,
  ): Promise<Result<Applied>> {
    return this.#writer.apply(key, ticketId, step, signal);
  }

  landed(
    key: string,
    ticketId: string | undefined,
    step: Step,
    watermark: string | undefined,
    _sentAt: Instant,
    signal: AbortSignal,
  ): Promise<Result<Applied | undefined>> {
    return this.#landings.find(key, ticketId, step, watermark, signal);
  }

  vocabulary(_ticketId: string | undefined, signal: AbortSignal): Promise<Result<Vocabulary>> {
    return vocabularyOf(this.#client, this.#issues, signal);
  }

  people(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    return this.#people.search(query, signal);
  }

  /** Files are links within the text; GitHub hands them out to browsers only. */
  attachment(
    _ticketId: string,
    _attachmentId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadableStream<Uint8Array>>> {
    return Promise.resolve(
      signal.aborted
        ? fail({ reason: 'cancelled', message: 'Cancelled.' })
        : fail({ reason: 'not-found', message: 'The ticket has no such attachment.' }),
    );
  }
}
