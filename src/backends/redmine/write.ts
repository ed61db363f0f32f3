import * as v from 'valibot';
import { fail, ok, type DeskError, type Result } from '../../desk/errors.ts';
import type { SentFile, TicketFields } from '../../desk/operation.ts';
import type { Applied, Backend, Sending } from '../backend.ts';
import { written } from '../content/written.ts';
import {
  doStep,
  rejected,
  unclear,
  unsupported,
  wasTaken,
  type Act,
  type StepOf,
  type Ways,
} from '../parts/steps.ts';
import type { RedmineClient } from './client.ts';
import type { Creator } from './create.ts';
import type { Fields } from './fields.ts';
import type { Lookups } from './lookups.ts';
import type { RightsOf } from './rights.ts';
import { fileName } from '../content/fileName.ts';
import { uploadSchema, type RedmineIssue } from './schema.ts';
import { lastJournal, readRevision, type Found, type Tickets } from './tickets.ts';
import { Ties } from './ties.ts';
import { fieldId } from './customFields.ts';
import { ourNotes } from './ours.ts';

/** An upload as an issue takes it. */
interface Upload {
  token: string;
  filename: string;
  content_type: string;
}

/** Does one step. Redmine drops in silence what it does not allow, so all is checked before and after. */
export class Writer implements Ways<Found>, Pick<Backend, 'apply'> {
  readonly system = 'Redmine';
  readonly #client: RedmineClient;
  readonly #rights: RightsOf;
  readonly #lookups: Lookups;
  readonly #tickets: Tickets;
  readonly #creator: Creator;
  readonly #fields: Fields;
  readonly #landings: Pick<Backend, 'landed'>;
  readonly #ties: Ties;

  constructor(parts: {
    client: RedmineClient;
    rights: RightsOf;
    lookups: Lookups;
    tickets: Tickets;
    fields: Fields;
    creator: Creator;
    landings: Pick<Backend, 'landed'>;
  }) {
    this.#client = parts.client;
    this.#rights = parts.rights;
    this.#lookups = parts.lookups;
    this.#tickets = parts.tickets;
    this.#creator = parts.creator;
    this.#fields = parts.fields;
    this.#landings = parts.landings;
    this.#ties = new Ties(parts.client, parts.rights, parts.tickets);
  }

  apply(sending: Sending, signal: AbortSignal): Promise<Result<Applied>> {
    return doStep(this, sending, signal);
  }

  create({ step }: Sending<StepOf<'create'>>, signal: AbortSignal): Promise<Result<Applied>> {
    return this.#creator.create(step.ticket, signal);
  }

  find(ticketId: string, signal: AbortSignal): Promise<Result<Found>> {
    return this.#tickets.get(ticketId, signal);
  }

  watch({ step, found }: Act<'watch', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    return this.#ties.apply(found, step, signal);
  }

  relate({ step, found }: Act<'relate', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    return this.#ties.apply(found, step, signal);
  }

  post({ step, found }: Act<'post', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    const { visibility, minutes, files } = step;
    return this.#say(found.raw, { text: written(step), visibility, minutes, files }, signal);
  }

  /**
   * A note. Without the right to keep notes private, Redmine publishes a private one and says that all is well: so the
   * right is asked for just before, and what became of the note is read just after.
   */
  async #say(
    raw: RedmineIssue,
    said: {
      text: string;
      visibility: 'public' | 'internal';
      minutes?: number | undefined;
      files?: readonly SentFile[] | undefined;
    },
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const internal = said.visibility === 'internal';
    if (said.text.trim() === '') return rejected(undefined, 'There is no text to send.');
    const files = said.files ?? [];
    if (internal && files.length > 0) return noInternalFiles();
    const rights = await (internal ? this.#rights.now(signal) : this.#rights.known(signal));
    if (!rights.ok) return rights;
    const may = (permission: string) => rights.value.may(raw.project.id, permission);
    if (!may('add_issue_notes')) {
      return fail({ reason: 'forbidden', message: `You may not write to tickets of "${raw.project.name}".` });
    }
    if (internal && !may('set_notes_private')) return fail(wouldPublish(raw.project.name));
    const time = said.minutes ? await this.#timeEntry(raw.project.id, said.minutes, signal) : ok(undefined);
    if (!time.ok) return time;
    const uploads = await this.#upload(files, signal);
    if (!uploads.ok) return uploads;
    const sent = await this.#client.send(
      'PUT',
      `/issues/${raw.id}`,
      {
        issue: {
          notes: said.text,
          private_notes: internal,
          ...(uploads.value.length > 0 && { uploads: uploads.value }),
        },
        ...(time.value && may('log_time') && { time_entry: time.value }),
      },
      signal,
    );
    if (!sent.ok) return sent;
    const after = await this.#tickets.get(raw.id, signal);
    if (!after.ok) return unclear(after.error.message);
    const ours = ourNotes(after.value.raw, rights.value.me.id, lastJournal(raw), said.text);
    if (ours.some((journal) => journal.private_notes === internal)) return ok();
    const [published] = ours;
    if (internal && published !== undefined) return this.#takeBack(raw.id, published.id, signal);
    return rejected(undefined, 'Redmine did not take the text; your rights may not allow it.');
  }

  /** The right was lost while the note was on its way. Mail may have gone out; but it need not stay there. */
  async #takeBack(ticketId: string, journal: number, signal: AbortSignal): Promise<Result<unknown>> {
    await this.#client.send('PUT', `/journals/${journal}`, { journal: { notes: '' } }, signal);
    const after = await this.#tickets.get(ticketId, signal);
    const gone =
      after.ok && !after.value.raw.journals.some(({ id, notes }) => id === journal && notes !== '');
    const what = gone
      ? 'It was deleted there at once, but mail may have gone out.'
      : `Delete or hide it there: it is note ${journal} of #${ticketId}.`;
    return rejected(undefined, `Redmine published this internal note, against what was asked. ${what}`);
  }

  async time({ step, found }: Act<'time', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    const { raw } = found;
    const rights = await this.#rights.known(signal);
    if (!rights.ok) return rights;
    if (!rights.value.may(raw.project.id, 'log_time')) {
      return fail({ reason: 'forbidden', message: `You may not log time in "${raw.project.name}".` });
    }
    if (step.note !== undefined && step.note.trim() !== '') {
      // Comments of logged time are for everybody who sees the time, customers often among them.
      const { note: text, minutes } = step;
      return this.#say(raw, { text, visibility: 'internal', minutes }, signal);
    }
    const time = await this.#timeEntry(raw.project.id, step.minutes, signal);
    if (!time.ok) return time;
    return this.#client.send(
      'POST',
      '/time_entries',
      { time_entry: { issue_id: Number(raw.id), ...time.value } },
      signal,
    );
  }

  /** Redmine wants to know for what; nobody asked us, so it is the usual, or the first it has. */
  async #timeEntry(
    projectId: string,
    minutes: number,
    signal: AbortSignal,
  ): Promise<Result<{ hours: number; activity_id?: number } | undefined>> {
    const project = await this.#lookups.project(projectId, signal);
    if (!project.ok) return project;
    const activities = project.value?.time_entry_activities ?? [];
    const activity = activities.find((one) => one.is_default) ?? activities[0];
    return ok({ hours: minutes / 60, ...(activity && { activity_id: Number(activity.id) }) });
  }

  async attach({ step, found }: Act<'attach', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    const { raw } = found;
    if (step.visibility === 'internal') return noInternalFiles();
    const uploads = await this.#upload([step], signal);
    if (!uploads.ok) return uploads;
    const sent = await this.#client.send(
      'PUT',
      `/issues/${raw.id}`,
      { issue: { uploads: uploads.value } },
      signal,
    );
    if (!sent.ok) return sent;
    const after = await this.#tickets.get(raw.id, signal);
    if (!after.ok) return unclear(after.error.message);
    const before = new Set(raw.attachments.map(({ id }) => id));
    return after.value.raw.attachments.some(({ id }) => !before.has(id))
      ? ok()
      : rejected(undefined, 'Redmine did not take the file; your rights may not allow it.');
  }

  /** What is uploaded is seen by nobody before an issue names it. */
  async #upload(files: readonly SentFile[], signal: AbortSignal): Promise<Result<Upload[]>> {
    const uploads: Upload[] = [];
    for (const { name: given, mediaType, base64 } of files) {
      const name = fileName(given);
      const uploaded = await this.#client.upload(Buffer.from(base64, 'base64'), name, signal);
      if (!uploaded.ok) return uploaded;
      const read = v.safeParse(uploadSchema, uploaded.value);
      if (!read.success) return fail({ reason: 'protocol', message: 'Redmine did not name the upload.' });
      uploads.push({ token: read.output.upload.token, filename: name, content_type: mediaType });
    }
    return ok(uploads);
  }

  async update(act: Act<'update', Found>, signal: AbortSignal): Promise<Result<unknown>> {
    const { step, found, revision } = act;
    const { fields } = step;
    const { raw, ticket } = found;
    if (revision !== undefined && readRevision(revision) && revision !== ticket.revision) {
      return fail({ reason: 'conflict', message: `#${raw.id} was changed in the meantime.` });
    }
    const issue = await this.#fields.changes(raw, fields, signal);
    if (!issue.ok) return issue;
    const put = await this.#client.send('PUT', `/issues/${raw.id}`, { issue: issue.value }, signal);
    if (!put.ok) return put;
    const after = await this.#tickets.get(raw.id, signal);
    if (!after.ok) return unclear(after.error.message);
    const missing = notTaken(after.value, fields);
    if (missing === undefined) return ok();
    const taken = await wasTaken(this.#landings, act, signal);
    return !taken.ok || taken.value
      ? taken
      : rejected(missing, `Redmine did not take the new ${missing}; your rights may not allow it.`);
  }
}

/** The first of the fields that is not as it was asked for. */
function notTaken({ raw, ticket }: Found, fields: TicketFields): keyof TicketFields | undefined {
  const wanted: [keyof TicketFields, boolean][] = [
    ['status', fields.status === undefined || ticket.status.name === fields.status],
    ['assignee', fields.assignee === undefined || (ticket.assignee?.id ?? null) === fields.assignee],
    ['team', fields.team === undefined || ticket.team === fields.team],
    ['priority', fields.priority === undefined || ticket.priority.name === fields.priority],
    ['tier', fields.tier === undefined || ticket.tier === fields.tier],
    ['custom', isSet(raw, fields.custom ?? {})],
    ['subject', fields.subject === undefined || ticket.subject.trim() === fields.subject.trim()],
  ];
  return wanted.find(([, taken]) => !taken)?.[0];
}

function noInternalFiles() {
  return unsupported('Redmine shows every file to everybody who sees the ticket: it can keep none internal.');
}

/** Has it these values in its custom fields? */
export function isSet(raw: RedmineIssue, custom: NonNullable<TicketFields['custom']>): boolean {
  return Object.entries(custom).every(([id, wanted]) => {
    const has = raw.custom_fields.find((field) => fieldId(field.id) === id)?.value ?? [];
    return has.length === wanted.length && wanted.every((value) => has.includes(value));
  });
}

function wouldPublish(project: string): DeskError {
  return {
    reason: 'unsupported',
    message: `Redmine would publish this internal note: you lack the right "Set notes as private" in "${project}". Nothing was sent.`,
  };
}
