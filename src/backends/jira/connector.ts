import * as v from 'valibot';
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
import { JiraClient } from './client.ts';
import { Issues, priorityOf, statusOf } from './issues.ts';
import { Landings } from './landed.ts';
import { People } from './people.ts';
import { Puller } from './pull.ts';
import { nameSchema, permissionsSchema } from './schema.ts';
import { Timelines } from './timeline.ts';
import { transitionsOf, Writer } from './write.ts';

const asked = [
  'CREATE_ISSUES',
  'ADD_COMMENTS',
  'TRANSITION_ISSUES',
  'ASSIGN_ISSUES',
  'EDIT_ISSUES',
  'WORK_ON_ISSUES',
];

/** A Jira Cloud site as one account sees it. */
export class JiraBackend implements Backend {
  readonly #client: JiraClient;
  readonly #people: People;
  readonly #issues: Issues;
  readonly #timelines: Timelines;
  readonly #writer: Writer;
  readonly #landings: Landings;
  readonly #puller: Puller;

  constructor(context: BackendContext) {
    const { account, gateway } = context;
    const ours = new Set<string>();
    this.#client = new JiraClient(gateway, () => context.now());
    this.#people = new People(this.#client);
    this.#issues = new Issues(account, this.#client, this.#people);
    this.#timelines = new Timelines(this.#client);
    this.#writer = new Writer(this.#client, this.#people, this.#issues, ours);
    this.#landings = new Landings(this.#client, this.#people, this.#issues, this.#timelines);
    this.#puller = new Puller(this.#client, this.#people, this.#issues, ours);
  }

  /** Jira says which permissions we have somewhere on the site. */
  async signIn(signal: AbortSignal): Promise<Result<Session>> {
    const me = await this.#people.me(signal, true);
    if (!me.ok) return me;
    const [projects, rights] = await Promise.all([
      this.#people.projects(signal, true),
      this.#client.get(permissionsSchema, '/mypermissions', signal, { permissions: asked.join(',') }),
    ]);
    if (!projects.ok) return projects;
    if (!rights.ok) return rights;
    const may = (right: string) => rights.value.permissions[right]?.havePermission ?? false;
    const desk = projects.value.some(({ projectTypeKey }) => projectTypeKey === 'service_desk');
    const note = may('ADD_COMMENTS') && desk;
    return ok({
      me: me.value,
      capabilities: {
        createTicket: may('CREATE_ISSUES'),
        publicReply: may('ADD_COMMENTS'),
        internalNote: note,
        interactionLog: note ? 'note' : false,
        setStatus: may('TRANSITION_ISSUES'),
        assign: may('ASSIGN_ISSUES'),
        setTeam: false,
        setPriority: may('EDIT_ISSUES'),
        setTier: false,
        setTags: may('EDIT_ISSUES'),
        logTime: may('WORK_ON_ISSUES'),
        attach: false,
        sla: desk,
        optimisticConcurrency: false,
        serverSearch: false,
        scopes: ['mine', 'team', 'query'],
      },
    });
  }

  pull(scope: Scope, cursor: string | undefined, signal: AbortSignal): AsyncIterable<Result<PullPage>> {
    return this.#puller.pull(scope, cursor, signal);
  }

  members(scope: Scope, signal: AbortSignal): AsyncIterable<Result<string[]>> {
    return this.#puller.members(scope, signal);
  }

  /** With its service levels, which cost a request of their own. */
  async timeline(ticketId: string, signal: AbortSignal): Promise<Result<Timeline>> {
    const found = await this.#issues.get(ticketId, signal);
    if (!found.ok) return found;
    const [entries, sla] = await Promise.all([
      this.#timelines.entries(found.value, signal),
      this.#issues.clocks(ticketId, signal),
    ]);
    if (!entries.ok) return entries;
    if (!sla.ok) return sla;
    return ok({ ticket: { ...found.value.ticket, sla: sla.value }, entries: entries.value });
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

  /** The statuses that the workflow allows from where the ticket is. */
  async vocabulary(ticketId: string | undefined, signal: AbortSignal): Promise<Result<Vocabulary>> {
    const [priorities, projects] = await Promise.all([
      this.#client.get(v.array(nameSchema), '/priority', signal),
      this.#people.projects(signal),
    ]);
    if (!priorities.ok) return priorities;
    if (!projects.ok) return projects;
    const known = {
      priorities: priorities.value.map(({ name }) => priorityOf(name)),
      teams: projects.value.map(({ name }) => ({ name })),
    };
    if (ticketId === undefined) return ok({ ...known, statuses: [] });
    const [found, ways] = await Promise.all([
      this.#issues.get(ticketId, signal),
      transitionsOf(this.#client, ticketId, signal),
    ]);
    if (!found.ok) return found;
    if (!ways.ok) return ways;
    const statuses = [found.value.ticket.status, ...ways.value.map(({ to }) => statusOf(to))];
    return ok({ ...known, statuses });
  }

  people(query: string, signal: AbortSignal): Promise<Result<Person[]>> {
    return this.#people.search(query, signal);
  }

  /** Only of this ticket. */
  async attachment(
    ticketId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadableStream<Uint8Array>>> {
    const found = await this.#issues.get(ticketId, signal);
    if (!found.ok) return found;
    return found.value.raw.fields.attachment.some(({ id }) => id === attachmentId)
      ? this.#client.stream(`/attachment/content/${attachmentId}`, signal)
      : fail({ reason: 'not-found', message: 'The ticket has no such attachment.' });
  }
}
