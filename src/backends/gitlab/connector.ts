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
import { GitLabClient } from './client.ts';
import { Issues } from './issues.ts';
import { Landings } from './landed.ts';
import { People } from './people.ts';
import { projectOf } from './place.ts';
import { Puller } from './pull.ts';
import { openSession } from './session.ts';
import { Timelines } from './timeline.ts';
import { Writer } from './write.ts';

/** The issues of one GitLab project as one account sees them. */
export class GitLabBackend implements Backend {
  readonly #client: GitLabClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #timelines: Timelines;
  readonly #landings: Landings;
  readonly #puller: Puller;
  /** Set where the account names no project. */
  readonly #misplaced: DeskError | undefined;
  #session: Session | undefined;

  constructor({ account, gateway }: BackendContext) {
    const place = projectOf(account);
    const project = place.ok ? place.value : { name: '', path: '/projects/none' };
    this.#misplaced = place.ok ? undefined : place.error;
    this.#client = new GitLabClient(gateway);
    this.#people = new People(this.#client, project.path);
    this.#issues = new Issues(account, project, this.#client, this.#people);
    this.#timelines = new Timelines(this.#client, this.#issues);
    this.#landings = new Landings(this.#client, this.#people, this.#issues, this.#timelines);
    this.#puller = new Puller(this.#client, this.#issues);
  }

  async signIn(signal: AbortSignal): Promise<Result<Session>> {
    if (this.#misplaced) return fail(this.#misplaced);
    const session = await openSession(this.#client, this.#people, this.#issues, signal);
    this.#session = session.ok ? session.value : undefined;
    return session;
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
    const writer = new Writer(this.#client, this.#people, this.#issues, () => this.#mayNote(signal));
    return writer.apply(key, ticketId, step, signal);
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
    return this.#issues.vocabulary(signal);
  }

  people(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    return this.#people.search(query, signal);
  }

  /** Only what this ticket's texts link to. */
  async attachment(
    ticketId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadableStream<Uint8Array>>> {
    const timeline = await this.timeline(ticketId, signal);
    if (!timeline.ok) return timeline;
    const files = timeline.value.entries.flatMap(({ attachments }) => attachments);
    return files.some(({ id }) => id === attachmentId)
      ? this.#client.stream(`${this.#issues.project.path}/uploads/${attachmentId}`, signal)
      : fail({ reason: 'not-found', message: 'The ticket has no such attachment.' });
  }

  async #mayNote(signal: AbortSignal): Promise<Result<boolean>> {
    if (this.#session === undefined) {
      const session = await this.signIn(signal);
      if (!session.ok) return session;
    }
    return ok(this.#session?.capabilities.internalNote ?? false);
  }
}
