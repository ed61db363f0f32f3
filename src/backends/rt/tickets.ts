import type { Account } from '../../desk/account.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { SlaClock } from '../../desk/sla.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { channelIn, kindIn } from '../content/namedFields.ts';
import { tierField, tierOf } from '../content/tier.ts';
import { understood, type RtClient } from './client.ts';
import { priorityOf, statusOf } from './labels.ts';
import { nobody, type People } from './people.ts';
import { relationsOf, watchersOf } from './ties.ts';
import { queueFields, ticketSchema, type RtTicket } from './schema.ts';

/** A ticket as RT gave it, and what we make of it. */
export interface Found {
  raw: RtTicket;
  ticket: Ticket;
}

/** RT's tickets in our terms. */
export class Tickets {
  readonly #account: Account;
  readonly #client: RtClient;
  readonly #people: People;

  constructor(account: Account, client: RtClient, people: People) {
    this.#account = account;
    this.#client = client;
    this.#people = people;
  }

  /**
   * One ticket. The number of one that was merged gives the other: it is shown as closed, pointing there, and
   * `raw` is the one it went into.
   */
  async get(id: string, signal: AbortSignal): Promise<Result<Found>> {
    const found = await this.look(id, signal);
    if (!found.ok) return found;
    const { value } = found;
    return 'problem' in value ? fail({ reason: 'protocol', message: value.problem }) : ok(value);
  }

  /** The same, but what is wrong with this one ticket alone is no error. */
  async look(id: string, signal: AbortSignal): Promise<Result<Found | { problem: string }>> {
    if (!/^\d+$/.test(id)) return fail({ reason: 'not-found', message: `There is no ticket RT-${id}.` });
    const answer = await this.#client.getRaw(`/ticket/${id}`, signal, { 'fields[Queue]': queueFields });
    if (!answer.ok) return answer;
    const read = understood(ticketSchema, answer.value.value, `/ticket/${id}`);
    if ('problem' in read) return ok(read);
    const revision = /\d+/.exec(answer.value.headers.etag ?? '')?.[0];
    if (revision === undefined) return ok({ problem: `RT-${id} came without a revision.` });
    const ticket = await this.map(read.value, revision, signal);
    if (!ticket.ok) return ticket;
    return ok({ raw: read.value, ticket: read.value.id === id ? ticket.value : merged(id, ticket.value) });
  }

  async map(raw: RtTicket, revision: string, signal: AbortSignal): Promise<Result<Ticket>> {
    const me = await this.#people.me(signal);
    if (!me.ok) return me;
    const owner = raw.Owner === undefined || raw.Owner.id === nobody ? undefined : raw.Owner.id;
    const ids = [raw.Requestor[0]?.id, owner];
    const [requester, assignee] = await Promise.all(
      ids.map(async (id) => (id === undefined ? undefined : this.#people.find(id, signal))),
    );
    if (requester?.ok === false) return requester;
    if (assignee?.ok === false) return assignee;
    const watchers = await watchersOf(raw, this.#people, signal);
    if (!watchers.ok) return watchers;

    const status = statusOf(raw.Status, raw.Resolved !== undefined);
    const ended = status.category === 'resolved' || status.category === 'closed' ? raw.Resolved : undefined;
    const tier = tierOf(raw.CustomFields.find((field) => field.name === tierField)?.values ?? []);
    const created = raw.Created ?? 0;
    return ok({
      accountId: this.#account.id,
      id: raw.id,
      key: `RT-${raw.id}`,
      subject: raw.Subject,
      ...(requester && { requester: requester.value }),
      ...(assignee && { assignee: assignee.value }),
      team: raw.Queue.Name ?? raw.Queue.id,
      status,
      priority: priorityOf(raw.Priority),
      kind: kindIn(raw.CustomFields) ?? 'other',
      channel: channelIn(raw.CustomFields) ?? 'other',
      ...(tier !== undefined && { tier }),
      tags: [],
      assets: [],
      customFields: [
        ...(raw.SLA ? [{ id: 'SLA', name: 'SLA', values: [raw.SLA] }] : []),
        // RT gives them in another order each time.
        ...raw.CustomFields.filter((field) => field.name !== tierField).sort(
          (a, b) => Number(a.id) - Number(b.id),
        ),
      ],
      ...(watchers.value && { watchers: watchers.value, relations: relationsOf(raw) }),
      createdAt: created,
      updatedAt: raw.LastUpdated ?? created,
      ...(ended !== undefined && { resolvedAt: ended }),
      ...(ended !== undefined && status.category === 'closed' && { closedAt: ended }),
      reassignments: 0,
      reopenings: 0,
      sla: clocks(raw, ended),
      ...(this.#account.url !== undefined && {
        url: `${this.#account.url.replace(/\/+$/, '')}/Ticket/Display.html?id=${raw.id}`,
      }),
      revision,
      mine: owner === me.value.id,
    });
  }
}

/** RT has one due time: the first response's until there was one, the resolution's from then on. */
function clocks(raw: RtTicket, ended: number | undefined): SlaClock[] {
  if (raw.Due === undefined) return [];
  const target = raw.Started === undefined && ended === undefined ? 'first-response' : 'resolution';
  if (ended === undefined) return [{ target, state: 'running', dueAt: raw.Due, source: 'backend' }];
  const state = ended <= raw.Due ? 'met' : 'breached';
  return [{ target, state, dueAt: raw.Due, stoppedAt: ended, source: 'backend' }];
}

function merged(id: string, into: Ticket): Ticket {
  return {
    ...into,
    id,
    key: `RT-${id}`,
    status: { name: `merged into ${into.key}`, category: 'closed' },
    sla: [],
    mergedInto: { id: into.id, key: into.key },
    mine: false,
  };
}
