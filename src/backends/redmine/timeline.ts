import type { Attachment, Body, Entry, FieldChange } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import type { Person } from '../../desk/ticket.ts';
import { meaningOf } from '../content/meaning.ts';
import { tierField } from '../content/tier.ts';
import type { RedmineClient } from './client.ts';
import type { Lookups } from './lookups.ts';
import type { Markup } from './markup.ts';
import type { People } from './people.ts';
import { reported, requesterIn } from './requester.ts';
import {
  timeEntrySchema,
  type RedmineAttachment,
  type RedmineDetail,
  type RedmineIssue,
  type RedmineJournal,
  type RedmineTimeEntry,
} from './schema.ts';
import { minutesOf, type Found } from './tickets.ts';

/** A note and the time logged with it are saved within this. */
const togetherMs = 2_000;

/** A ticket's description, journals and logged time as one timeline. */
export class Timelines {
  readonly #client: RedmineClient;
  readonly #lookups: Lookups;
  readonly #people: People;
  readonly #markup: Markup;

  constructor(client: RedmineClient, lookups: Lookups, people: People, markup: Markup) {
    this.#client = client;
    this.#lookups = lookups;
    this.#people = people;
    this.#markup = markup;
  }

  /** The entries of a ticket that was just read, oldest first. */
  async entries(found: Found, signal: AbortSignal): Promise<Result<Entry[]>> {
    const { raw } = found;
    const times = await this.timeEntries(raw, signal);
    if (!times.ok) return times;
    const markdown = await this.#markup.isMarkdown(raw.id, signal);
    if (!markdown.ok) return markdown;
    const format = markdown.value ? 'markdown' : 'text';
    const attached = new Set(
      raw.journals.flatMap(({ details }) => details.filter(isAttachment).map(({ name }) => name)),
    );
    const entries: Entry[] = [this.#beginning(raw, attached, format)];
    const left = [...times.value];
    for (const journal of raw.journals) {
      const changes = await this.#changes(journal.details, raw, signal);
      if (!changes.ok) return changes;
      entries.push(...this.#journal(journal, raw, changes.value, format, left));
    }
    entries.push(...left.map((time) => this.#time(time, format)));
    return ok(entries.sort((a, b) => a.at - b.at));
  }

  /** The time logged on a ticket, the latest first. */
  async timeEntries(raw: RedmineIssue, signal: AbortSignal): Promise<Result<RedmineTimeEntry[]>> {
    if (!raw.spent_hours) return ok([]);
    const listed = await this.#client.all(timeEntrySchema, '/time_entries', 'time_entries', signal, {
      issue_id: raw.id,
    });
    return listed.ok ? ok(listed.value.sort((a, b) => b.id - a.id)) : listed;
  }

  #beginning(raw: RedmineIssue, attached: ReadonlySet<string>, format: 'markdown' | 'text'): Entry {
    const named = requesterIn(raw.description);
    const files = raw.attachments.filter(({ id }) => !attached.has(id));
    const text = named === undefined ? raw.description : reported(raw.description);
    return {
      id: 'description',
      at: raw.created_on,
      author: raw.author === undefined ? { id: '0', name: 'Anonymous' } : this.#people.remember(raw.author),
      kind: 'reply',
      visibility: 'public',
      ...(text.trim() !== '' && { body: { text, format } }),
      changes: [],
      attachments: files.map(attachmentOf),
      fromRequester: named === undefined || named.id === raw.author?.id,
    };
  }

  /** A journal is what somebody said, what they changed, or both. */
  #journal(
    journal: RedmineJournal,
    raw: RedmineIssue,
    changes: FieldChange[],
    format: 'markdown' | 'text',
    times: RedmineTimeEntry[],
  ): Entry[] {
    const author: Person = this.#people.remember(journal.user);
    const files = journal.details.filter(isAttachment).flatMap(({ name, new_value: fileName }) => {
      const file = raw.attachments.find(({ id }) => id === name);
      return file === undefined || fileName === '' ? [] : [attachmentOf(file)];
    });
    const entries: Entry[] = [];
    if (changes.length > 0) {
      entries.push({
        id: `${journal.id}.changes`,
        at: journal.created_on,
        author,
        kind: changes.some(({ field }) => field === 'status') ? 'status' : 'field',
        visibility: 'system',
        changes,
        attachments: [],
        fromRequester: false,
      });
    }
    if (journal.notes.trim() !== '' || files.length > 0) {
      const body: Body | undefined =
        journal.notes.trim() === '' ? undefined : { text: journal.notes, format };
      const meaning = meaningOf(journal.private_notes, body, files.length > 0);
      const minutes = body === undefined ? undefined : takeTime(times, journal);
      const requester = requesterIn(raw.description)?.id ?? raw.author?.id;
      entries.push({
        id: String(journal.id),
        at: journal.created_on,
        author,
        visibility: journal.private_notes ? 'internal' : 'public',
        ...(body && { body }),
        changes: [],
        attachments: files,
        ...(minutes !== undefined && { minutes }),
        fromRequester: !journal.private_notes && author.id === requester,
        ...meaning,
      });
    }
    return entries;
  }

  #time(time: RedmineTimeEntry, format: 'markdown' | 'text'): Entry {
    return {
      id: `time ${time.id}`,
      at: time.created_on,
      author: this.#people.remember(time.user),
      kind: 'time',
      visibility: 'system',
      ...(time.comments !== '' && { body: { text: time.comments, format } }),
      changes: [],
      attachments: [],
      minutes: minutesOf(time.hours),
      fromRequester: false,
    };
  }

  async #changes(
    details: readonly RedmineDetail[],
    raw: RedmineIssue,
    signal: AbortSignal,
  ): Promise<Result<FieldChange[]>> {
    const changes: FieldChange[] = [];
    for (const detail of details) {
      if (detail.property === 'attachment') {
        // What was added is shown as a file; what was taken away is only told.
        if (detail.new_value === '') changes.push(change('attachment', detail.old_value, ''));
        continue;
      }
      const [from, to] = await Promise.all(
        [detail.old_value, detail.new_value].map((value) => this.#label(detail, value, signal)),
      );
      if (from?.ok === false) return from;
      if (to?.ok === false) return to;
      changes.push(change(fieldName(detail, raw), from?.value ?? '', to?.value ?? ''));
    }
    return ok(changes);
  }

  /** A journal names things by number. */
  async #label(
    { property, name }: RedmineDetail,
    value: string,
    signal: AbortSignal,
  ): Promise<Result<string>> {
    if (value === '' || property === 'cf') return ok(value);
    if (property === 'relation' || name === 'parent_id') return ok(`#${value}`);
    switch (name) {
      case 'status_id': {
        const status = await this.#lookups.statusNamed(value, signal);
        return status.ok ? ok(status.value.name) : status;
      }
      case 'priority_id': {
        const all = await this.#lookups.priorities(signal);
        return all.ok ? ok(all.value.find(({ id }) => id === value)?.name ?? value) : all;
      }
      case 'project_id': {
        const project = await this.#lookups.project(value, signal);
        if (!project.ok) return project;
        return project.value === undefined ? ok(value) : this.#lookups.teamOf(project.value, signal);
      }
      case 'tracker_id': {
        const projects = await this.#lookups.projects(signal);
        if (!projects.ok) return projects;
        const trackers = projects.value.flatMap((project) => project.trackers);
        return ok(trackers.find(({ id }) => id === value)?.name ?? value);
      }
      case 'assigned_to_id':
        return this.#people.nameOf(value, signal);
      default:
        return ok(value);
    }
  }
}

const fieldNames: Record<string, string> = {
  status_id: 'status',
  priority_id: 'priority',
  project_id: 'team',
  assigned_to_id: 'assignee',
  tracker_id: 'tracker',
  category_id: 'category',
  fixed_version_id: 'target version',
  parent_id: 'parent',
};

function fieldName({ property, name }: RedmineDetail, raw: RedmineIssue): string {
  if (property === 'cf') {
    const field = raw.custom_fields.find(({ id }) => id === name)?.name ?? `field ${name}`;
    return field === tierField ? 'tier' : field;
  }
  if (property === 'relation') return name === 'relates' ? 'related' : name;
  return property === 'attr' ? (fieldNames[name] ?? name.replaceAll('_', ' ')) : name;
}

/** The time that was logged with a note; taken out of `times`, so that it is not told twice. */
function takeTime(times: RedmineTimeEntry[], journal: RedmineJournal): number | undefined {
  const at = times.findIndex(
    (time) =>
      time.user.id === journal.user.id &&
      time.comments === '' &&
      Math.abs(time.created_on - journal.created_on) <= togetherMs,
  );
  const [found] = at === -1 ? [] : times.splice(at, 1);
  return found && minutesOf(found.hours);
}

function change(field: string, from: string, to: string): FieldChange {
  return { field, ...(from !== '' && { from }), ...(to !== '' && { to }) };
}

function isAttachment(detail: RedmineDetail): boolean {
  return detail.property === 'attachment';
}

function attachmentOf(file: RedmineAttachment): Attachment {
  return {
    id: file.id,
    name: file.filename,
    mediaType: file.content_type === '' ? 'application/octet-stream' : file.content_type,
    size: file.filesize,
  };
}
