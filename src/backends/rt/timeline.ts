import type { Body, Entry, FieldChange } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import type { Person } from '../../desk/ticket.ts';
import { meaningOf } from '../content/meaning.ts';
import { tierField } from '../content/tier.ts';
import { perPage, type RtClient } from './client.ts';
import { priorityOf } from './labels.ts';
import { nobody, type People } from './people.ts';
import type { Queues } from './queues.ts';
import {
  attachmentFields,
  attachmentSchema,
  contentSchema,
  transactionFields,
  transactionSchema,
  type RtAttachment,
  type RtTransaction,
} from './schema.ts';
import type { Found } from './tickets.ts';

const speaking = new Set(['Create', 'Correspond', 'Comment']);
const largestBody = 1_000_000;
const noTime = /^1970-01-01/;

/** Reads a ticket's history in as few requests as RT allows: transactions, their parts, the texts among these. */
export class Timelines {
  readonly #client: RtClient;
  readonly #people: People;
  readonly #queues: Queues;

  constructor(client: RtClient, people: People, queues: Queues) {
    this.#client = client;
    this.#people = people;
    this.#queues = queues;
  }

  /** The entries of a ticket that was just read: oldest first, up to its revision at least. */
  async entries(found: Found, signal: AbortSignal): Promise<Result<Entry[]>> {
    const transactions = await this.#transactions(found, signal);
    if (!transactions.ok) return transactions;
    const relevant = new Map(
      transactions.value.filter(({ Type }) => speaking.has(Type)).map(({ id }) => [id, [] as RtAttachment[]]),
    );
    const last = Math.max(0, ...relevant.keys());
    const parts = await this.parts(found.raw.id, ({ TransactionId }) => TransactionId >= last, signal);
    if (!parts.ok) return parts;
    for (const part of parts.value) relevant.get(part.TransactionId)?.push(part);
    const texts = await this.#texts(found.raw.id, [...relevant.values()].flat(), signal);
    if (!texts.ok) return texts;

    const entries: Entry[] = [];
    for (const transaction of transactions.value) {
      const own = relevant.get(transaction.id);
      if (own !== undefined) {
        entries.push(this.#spoken(transaction, found, own, texts.value));
        continue;
      }
      const changed = await this.#changed(transaction, found, signal);
      if (!changed.ok) return changed;
      if (changed.value !== undefined) entries.push(changed.value);
    }
    return ok(entries.sort((a, b) => a.at - b.at || Number(a.id) - Number(b.id)));
  }

  /** What hangs on a ticket's history, up to `isLast`; nothing for a ticket that we may not see. */
  parts(
    ticketId: string,
    isLast: (part: RtAttachment) => boolean,
    signal: AbortSignal,
  ): Promise<Result<RtAttachment[]>> {
    return this.#client.all(
      attachmentSchema,
      `/ticket/${ticketId}/attachments`,
      signal,
      { fields: attachmentFields, orderby: 'id' },
      (parts) => parts.some(isLast),
    );
  }

  /** The ticket's revision is its last visible transaction: the list is complete once that one has come. */
  #transactions({ raw, ticket }: Found, signal: AbortSignal): Promise<Result<RtTransaction[]>> {
    const last = Number(ticket.revision);
    return this.#client.all(
      transactionSchema,
      `/ticket/${raw.id}/history`,
      signal,
      { fields: transactionFields, 'fields[Creator]': 'Name,RealName,EmailAddress', orderby: 'id' },
      (items) => items.some((transaction) => transaction.id >= last),
    );
  }

  async #texts(
    ticketId: string,
    parts: readonly RtAttachment[],
    signal: AbortSignal,
  ): Promise<Result<Map<string, string>>> {
    const ids = parts.filter(isText).map(({ id }) => id);
    const texts = new Map<string, string>();
    for (let from = 0; from < ids.length; from += perPage) {
      const page = await this.#client.page(
        contentSchema,
        `/ticket/${ticketId}/attachments`,
        signal,
        { fields: 'Content' },
        ids.slice(from, from + perPage).map((id) => ({ field: 'id', value: id, entry_aggregator: 'OR' })),
      );
      if (!page.ok) return page;
      for (const { id, Content } of page.value.items) texts.set(id, Content);
    }
    return ok(texts);
  }

  #spoken(
    transaction: RtTransaction,
    { raw }: Found,
    parts: readonly RtAttachment[],
    texts: ReadonlyMap<string, string>,
  ): Entry {
    const author = this.#people.remember(transaction.Creator);
    const internal = transaction.Type === 'Comment';
    const body = bodyOf(parts, texts);
    const files = parts.filter(isFile);
    const minutes = transaction.TimeTaken;
    return {
      id: String(transaction.id),
      at: transaction.Created ?? 0,
      author,
      visibility: internal ? 'internal' : 'public',
      ...(body && { body }),
      changes: [],
      attachments: files.map((part) => ({
        id: part.id,
        name: part.Filename || `attachment-${part.id}`,
        mediaType: part.ContentType.replace(/;.*$/s, '').trim() || 'application/octet-stream',
        size: part.ContentLength,
      })),
      ...(minutes > 0 && { minutes }),
      fromRequester: !internal && raw.Requestor.some((requester) => requester.id === author.id),
      ...meaningOf(internal, body, files.length > 0),
    };
  }

  async #changed(
    transaction: RtTransaction,
    { raw }: Found,
    signal: AbortSignal,
  ): Promise<Result<Entry | undefined>> {
    const { Type: type, Field: field } = transaction;
    const changes = await this.#change(transaction, raw.CustomFields, signal);
    if (!changes.ok) return changes;
    const worked = type === 'Set' && field === 'TimeWorked';
    if (changes.value === undefined && !worked) return ok(undefined);
    return ok({
      id: String(transaction.id),
      at: transaction.Created ?? 0,
      author: this.#people.remember(transaction.Creator),
      kind: worked ? 'time' : field === 'Status' ? 'status' : 'field',
      visibility: 'system',
      changes: worked || changes.value === undefined ? [] : [changes.value],
      attachments: [],
      ...(worked && { minutes: transaction.TimeTaken }),
      fromRequester: false,
    });
  }

  /** What a transaction changed, in names; nothing for those that repeat another or that only RT cares about. */
  async #change(
    transaction: RtTransaction,
    customFields: readonly { id: string; name: string }[],
    signal: AbortSignal,
  ): Promise<Result<FieldChange | undefined>> {
    const { Type: type, Field: field, OldValue: from, NewValue: to } = transaction;
    if (type === 'Set' || type === 'Status' || (field === 'Owner' && !type.endsWith('Watcher'))) {
      switch (field) {
        case 'Status':
          return ok(change('status', from, to));
        case 'Subject':
          return ok(change('subject', from, to));
        case 'Priority':
          return ok(change('priority', priorityOf(Number(from)).name, priorityOf(Number(to)).name));
        case 'Owner':
          return this.#named('assignee', from, to, (id) => this.#personName(id, signal));
        case 'Queue':
          return this.#named('team', from, to, (id) => this.#queues.nameOf(id, signal));
        case 'Due':
          return ok(change('due', noTime.test(from) ? '' : from, noTime.test(to) ? '' : to));
        default:
          return ok(undefined);
      }
    }
    if (type === 'CustomField') {
      const name = customFields.find((one) => one.id === field)?.name ?? `field ${field}`;
      return ok(change(name === tierField ? 'tier' : name, from, to));
    }
    if (type === 'AddLink' || type === 'DeleteLink') {
      return ok(change(relationNames[field] ?? field, ticketKey(from), ticketKey(to)));
    }
    if (/^(Add|Del)Watcher$/.test(type) && (field === 'AdminCc' || field === 'Cc')) {
      return this.#named('watchers', from, to, (id) => this.#personName(id, signal));
    }
    return ok(undefined);
  }

  async #named(
    field: string,
    from: string,
    to: string,
    nameOf: (id: string) => Promise<Result<string>>,
  ): Promise<Result<FieldChange>> {
    const [before, after] = await Promise.all([nameOf(from), nameOf(to)]);
    if (!before.ok) return before;
    return after.ok ? ok(change(field, before.value, after.value)) : after;
  }

  async #personName(id: string, signal: AbortSignal): Promise<Result<string>> {
    if (id === '' || id === '0') return ok('');
    const person: Result<Person> = await this.#people.find(id, signal);
    if (!person.ok) return person;
    return ok(person.value.id === nobody ? '' : person.value.name);
  }
}

const relationNames: Record<string, string> = {
  MemberOf: 'parent',
  HasMember: 'child',
  RefersTo: 'related',
  ReferredToBy: 'related',
};

function change(field: string, from: string, to: string): FieldChange {
  return { field, ...(from !== '' && { from }), ...(to !== '' && { to }) };
}

/** A link's other end: the key if it is a ticket of this RT. */
function ticketKey(uri: string): string {
  const number = /^fsck\.com-rt:\/\/[^/]+\/ticket\/(\d+)$/.exec(uri)?.[1];
  return number === undefined ? uri : `RT-${number}`;
}

/** A part that is what somebody wrote, rather than a file. */
function isText(part: RtAttachment): boolean {
  return (
    part.Filename === '' &&
    part.ContentLength <= largestBody &&
    /^text\/(plain|html)\b/i.test(part.ContentType)
  );
}

/** Neither text nor the mere frame around other parts, nor the empty part RT adds to a message without text. */
function isFile(part: RtAttachment): boolean {
  if (isText(part) || /^multipart\//i.test(part.ContentType)) return false;
  return part.Filename !== '' || part.ContentLength > 0;
}

/** Mail says the same twice: the plain version is the body unless there is only the other. */
function bodyOf(parts: readonly RtAttachment[], texts: ReadonlyMap<string, string>): Body | undefined {
  for (const [type, format] of [
    ['text/plain', 'text'],
    ['text/html', 'html'],
  ] as const) {
    const own = parts.filter((part) => isText(part) && part.ContentType.toLowerCase().startsWith(type));
    const text = own.map((part) => texts.get(part.id) ?? '').join('\n\n');
    if (text.trim() !== '') return { text, format };
  }
  return undefined;
}
