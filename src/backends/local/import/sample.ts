import type { Attachment, Entry, EntryKind } from '../../../desk/entry.ts';
import { emptyHandOff, formatHandOff } from '../../../desk/handOff.ts';
import type { ResolutionLink, StoredLink } from '../../../desk/links.ts';
import { formatResolution } from '../../../desk/resolutionNote.ts';
import type { SlaClock } from '../../../desk/sla.ts';
import { defaultSlaPolicy, slaClocks } from '../../../desk/slaPolicy.ts';
import type { Instant, Person, StatusCategory, Ticket } from '../../../desk/ticket.ts';
import type { LocalChange, LocalFile } from '../port.ts';
import { priorities, statuses } from '../vocabulary.ts';
import type { Sample, SampleEntry, SampleFile, SampleTicket } from './sampleFormat.ts';

/** By this tag the sample's tickets are known, so that they can be removed again. */
export const sampleTag = 'sample';

export interface SampleOptions {
  accountId: string;
  /** Takes the place of the sample's user. */
  me: Person;
  now: Instant;
}

/** The sample as tickets of the local desk, as of `now`, and the ties of their resolutions to documents. */
export function sampleTickets(
  source: Sample,
  options: SampleOptions,
): { tickets: LocalChange[]; links: StoredLink[] } {
  const people = new Map(
    Object.entries(source.people).map(([id, { name, email }]): [string, Person] => [
      id,
      id === source.user
        ? options.me
        : { id: email ?? name.toLowerCase(), name, ...(email !== undefined && { email }) },
    ]),
  );
  const made = source.tickets.map((one) => new TicketMaker(source, one, people, options).make());
  return { tickets: made, links: made.flatMap(linksOf) };
}

function linksOf({ ticket, entries }: LocalChange): StoredLink[] {
  return entries.flatMap(({ id, link, at, author }): StoredLink[] =>
    link === undefined
      ? []
      : [
          {
            id: `sample-${id}`,
            ticket: { accountId: ticket.accountId, id: ticket.id },
            ticketKey: ticket.key,
            document: link.document,
            outcome: link.outcome,
            at,
            by: author.name,
          },
        ],
  );
}

/** What counts as the first answer: an alert is answered by taking it up. */
const answers: ReadonlySet<EntryKind> = new Set(['reply', 'log', 'status']);

class TicketMaker {
  readonly #sample: Sample;
  readonly #source: SampleTicket;
  readonly #people: ReadonlyMap<string, Person>;
  readonly #options: SampleOptions;
  readonly #files: LocalFile[] = [];
  #status: StatusCategory = 'new';

  constructor(
    source: Sample,
    one: SampleTicket,
    people: ReadonlyMap<string, Person>,
    options: SampleOptions,
  ) {
    this.#sample = source;
    this.#source = one;
    this.#people = people;
    this.#options = options;
  }

  make(): LocalChange {
    const entries = this.#source.entries.map((one, index) => this.#entry(one, index));
    return { ticket: this.#ticket(entries), entries, files: this.#files };
  }

  #ticket(entries: readonly Entry[]): Ticket {
    const { key, subject, team, tier, kind, channel, tags, assets, fields } = this.#source;
    const at = (one: SampleEntry | undefined) => (one === undefined ? undefined : this.#at(one.ago));
    const all = this.#source.entries;
    const became = (...wanted: StatusCategory[]) =>
      all.findLast((one) => one.type === 'status' && wanted.includes(one.status));
    const { status } = this.#source;
    const done = status === 'resolved' || status === 'closed';
    const answered = entries.find((one) => !one.fromRequester && answers.has(one.kind));
    const reopened = all.filter(
      (one, index) =>
        one.type === 'status' &&
        one.status === 'open' &&
        all.slice(0, index).some((before) => before.type === 'status' && before.status === 'resolved'),
    );
    const made: Ticket = {
      accountId: this.#options.accountId,
      id: key,
      key,
      subject,
      requester: this.#person(this.#source.requester),
      ...(this.#source.assignee !== undefined && { assignee: this.#person(this.#source.assignee) }),
      team,
      tier,
      status: named(statuses, ({ category }) => category === status),
      priority: named(priorities, ({ rank }) => rank === this.#source.priority),
      kind,
      channel,
      tags: [...tags, sampleTag],
      assets,
      customFields: Object.entries(fields).map(([name, value]) => ({
        id: `sample:${name}`,
        name,
        values: [value],
      })),
      createdAt: at(all[0]) ?? this.#options.now,
      updatedAt: at(all.at(-1)) ?? this.#options.now,
      ...(answered !== undefined && { firstRespondedAt: answered.at }),
      ...(done && { resolvedAt: at(became('resolved')) ?? at(became('closed')) }),
      ...(status === 'closed' && { closedAt: at(became('closed')) }),
      reassignments: all.filter((one) => one.type === 'moved').length,
      reopenings: reopened.length,
      sla: [],
      revision: '',
      mine: this.#source.assignee === this.#sample.user,
    };
    return { ...made, sla: this.#clocks(made) };
  }

  /** Where the sample says when it is due, so that something always is; otherwise the desk's policy says. */
  #clocks(made: Ticket): SlaClock[] {
    const { dueIn } = this.#source;
    if (dueIn === undefined) return [];
    const facts = { ...made, rank: made.priority.rank, pauses: [] };
    const [response] = slaClocks(facts, defaultSlaPolicy, () => 0);
    const dueAt = this.#at(-dueIn);
    const resolution: SlaClock = { target: 'resolution', state: 'running', dueAt, source: 'backend' };
    return response === undefined ? [resolution] : [{ ...response, source: 'backend' }, resolution];
  }

  #entry(source: SampleEntry, index: number): Entry {
    const id = `${this.#source.key}-${index + 1}`;
    return {
      id,
      at: this.#at(source.ago),
      author: this.#person(source.by),
      changes: [],
      attachments:
        'files' in source ? source.files.map((one, number) => this.#attach(`${id}-${number + 1}`, one)) : [],
      fromRequester: source.type === 'message' && source.by === this.#source.requester,
      ...this.#content(source),
    };
  }

  #content(source: SampleEntry): Pick<Entry, 'kind' | 'visibility'> & Partial<Entry> {
    const markdown = (written: string) => ({ text: written, format: 'markdown' as const });
    switch (source.type) {
      case 'message':
        return {
          kind: 'reply',
          visibility: 'public',
          body: {
            text: source.html ?? source.text ?? '',
            format: source.html === undefined ? 'text' : 'html',
          },
        };
      case 'reply':
        return { kind: 'reply', visibility: 'public', body: markdown(source.text) };
      case 'note':
        return { kind: 'note', visibility: 'internal', body: markdown(source.text) };
      case 'log':
        return {
          kind: 'log',
          visibility: 'internal',
          body: markdown(source.text),
          channel: source.channel,
          minutes: source.minutes,
        };
      case 'time':
        return { kind: 'time', visibility: 'internal', minutes: source.minutes };
      case 'hand-off': {
        const { to, ...sections } = source.handOff;
        return {
          kind: 'hand-off',
          visibility: 'internal',
          body: markdown(formatHandOff({ to, sections: { ...emptyHandOff().sections, ...sections } })),
        };
      }
      case 'resolution': {
        const link = this.#link(source.document, source.outcome);
        const body = link === undefined ? source.text : formatResolution(source.text, link);
        return { kind: 'resolution', visibility: 'internal', body: markdown(body), ...(link && { link }) };
      }
      case 'status': {
        const from = named(statuses, ({ category }) => category === this.#status).name;
        this.#status = source.status;
        const to = named(statuses, ({ category }) => category === source.status).name;
        return { kind: 'status', visibility: 'system', changes: [{ field: 'status', from, to }] };
      }
      case 'moved': {
        const [before, after] = source.tiers;
        const changes = [
          { field: 'team', from: source.from, to: source.to },
          { field: 'tier', from: String(before), to: String(after) },
        ];
        return { kind: 'field', visibility: 'system', changes };
      }
    }
  }

  #link(id: string | undefined, outcome: ResolutionLink['outcome'] | undefined): ResolutionLink | undefined {
    const document = id === undefined ? undefined : this.#sample.documents[id];
    return document === undefined || outcome === undefined
      ? undefined
      : { document: { id, ...document }, outcome };
  }

  #attach(id: string, { name, type, text: written = '', base64 }: SampleFile): Attachment {
    const bytes = base64 === undefined ? Buffer.from(written) : Buffer.from(base64, 'base64');
    this.#files.push({ id, bytes: new Uint8Array(bytes) });
    return { id, name, mediaType: type, size: bytes.length };
  }

  #person(id: string): Person {
    const person = this.#people.get(id);
    if (person === undefined) throw new RangeError(`The sample names "${id}" but does not say who that is.`);
    return person;
  }

  #at(ago: number): Instant {
    return this.#options.now - ago * 60_000;
  }
}

function named<T>(known: readonly T[], is: (one: T) => boolean): T {
  const found = known.find(is);
  if (found === undefined) throw new RangeError('The sample uses a word that the local desk does not have.');
  return found;
}
