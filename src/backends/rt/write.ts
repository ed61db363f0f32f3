import { fail, ok, type Result } from '../../desk/errors.ts';
import { fieldProblem } from '../../desk/fieldDefinition.ts';
import { fieldsBefore, type SentFile, type TicketFields } from '../../desk/operation.ts';
import type { Applied, Backend, Sending } from '../backend.ts';
import { fileName } from '../content/fileName.ts';
import { tierField, tierOf } from '../content/tier.ts';
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
import type { RtClient } from './client.ts';
import type { CustomFields } from './customFields.ts';
import { Ties } from './ties.ts';
import { priorityNumber, priorityOf } from './labels.ts';
import { nobody, type People } from './people.ts';
import { canCreateIn, type Queues } from './queues.ts';
import { createdSchema, type RtTicket } from './schema.ts';
import type { Found, Tickets } from './tickets.ts';
import * as v from 'valibot';
import { statusesFor } from './vocabulary.ts';

/** Does one step. RT reports what it refused only in words and keeps the rest, so all is checked before and after. */
export class Writer implements Ways<void>, Pick<Backend, 'apply'> {
  readonly system = 'Request Tracker';
  readonly #client: RtClient;
  readonly #people: People;
  readonly #queues: Queues;
  readonly #tickets: Tickets;
  readonly #customFields: CustomFields;
  readonly #landings: Pick<Backend, 'landed'>;
  readonly #ties: Ties;

  constructor(
    client: RtClient,
    people: People,
    queues: Queues,
    tickets: Tickets,
    customFields: CustomFields,
    landings: Pick<Backend, 'landed'>,
  ) {
    this.#client = client;
    this.#people = people;
    this.#queues = queues;
    this.#tickets = tickets;
    this.#customFields = customFields;
    this.#landings = landings;
    this.#ties = new Ties(client, tickets);
  }

  apply(sending: Sending, signal: AbortSignal): Promise<Result<Applied>> {
    return doStep(this, sending, signal);
  }

  find(ticketId: string): Promise<Result<void>> {
    return Promise.resolve(
      /^\d+$/.test(ticketId) ? ok() : fail({ reason: 'not-found', message: 'There is no such ticket.' }),
    );
  }

  watch({ step, ticketId }: Act<'watch', void>, signal: AbortSignal): Promise<Result<unknown>> {
    return this.#ties.apply(ticketId, step, signal);
  }

  relate({ step, ticketId }: Act<'relate', void>, signal: AbortSignal): Promise<Result<unknown>> {
    return this.#ties.apply(ticketId, step, signal);
  }

  merge({ step, ticketId }: Act<'merge', void>, signal: AbortSignal): Promise<Result<unknown>> {
    return this.#ties.apply(ticketId, step, signal);
  }

  async create({ step }: Sending<StepOf<'create'>>, signal: AbortSignal): Promise<Result<Applied>> {
    const { ticket } = step;
    const queues = await this.#queues.all(signal);
    if (!queues.ok) return queues;
    const open = queues.value.filter(canCreateIn);
    const queue = ticket.team === undefined ? open[0] : open.find(({ Name }) => Name === ticket.team);
    if (queue === undefined) {
      return ticket.team === undefined
        ? unsupported('You may not create tickets in any queue.')
        : rejected('team', `You can't create tickets in a queue "${ticket.team}".`);
    }
    const priority = ticket.priority === undefined ? undefined : priorityNumber(ticket.priority);
    if (ticket.priority !== undefined && priority === undefined) return noPriority(ticket.priority);
    const requester = await this.#requesterRefusal(ticket.requester, signal);
    if (!requester.ok) return requester;
    const sent = await this.#client.send(
      'POST',
      '/ticket',
      {
        Queue: queue.Name,
        Subject: ticket.subject,
        Content: `${ticket.description}\n`,
        ContentType: 'text/plain',
        ...(ticket.requester !== undefined && { Requestor: [ticket.requester] }),
        ...(priority !== undefined && { Priority: priority }),
      },
      signal,
    );
    if (!sent.ok) return sent;
    const created = v.safeParse(createdSchema, sent.value);
    return created.success
      ? ok({ ticketId: created.output.id })
      : unclear('Request Tracker did not say which ticket it made.');
  }

  async post({ ticketId, step }: Act<'post', void>, signal: AbortSignal): Promise<Result<unknown>> {
    const text = written(step);
    if (text.trim() === '') return rejected(undefined, 'There is no text to send.');
    if (step.files?.some(isEmpty)) return noEmptyFiles();
    return this.#say(
      ticketId,
      step.visibility,
      { ...spoken(text), ...timeTaken(step.minutes), ...attachments(step.files ?? []) },
      signal,
    );
  }

  attach({ ticketId, step }: Act<'attach', void>, signal: AbortSignal): Promise<Result<unknown>> {
    if (isEmpty(step)) return Promise.resolve(noEmptyFiles());
    return this.#say(ticketId, step.visibility, attachments([step]), signal);
  }

  /** Public is `correspond`, internal is `comment`; nothing else decides who reads it. */
  async #say(
    ticketId: string,
    visibility: 'public' | 'internal',
    body: object,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const way = visibility === 'public' ? 'correspond' : 'comment';
    const sent = await this.#client.send('POST', `/ticket/${ticketId}/${way}`, body, signal);
    if (sent.ok || sent.error.reason !== 'rejected') return sent;
    // RT answers 400 also where the ticket does not exist or the right is missing.
    const found = await this.#tickets.get(ticketId, signal);
    if (!found.ok) return found;
    return found.value.raw._hyperlinks.some((link) => link.ref === way)
      ? sent
      : fail({ reason: 'forbidden', message: 'Your rights do not allow this on this ticket.' });
  }

  async time({ ticketId, step }: Act<'time', void>, signal: AbortSignal): Promise<Result<unknown>> {
    if (step.note !== undefined && step.note.trim() !== '') {
      return this.#say(ticketId, 'internal', { ...spoken(step.note), ...timeTaken(step.minutes) }, signal);
    }
    const found = await this.#tickets.get(ticketId, signal);
    if (!found.ok) return found;
    const { raw, ticket } = found.value;
    return this.#put(raw.id, { TimeWorked: raw.TimeWorked + step.minutes }, ticket.revision, signal);
  }

  async update(act: Act<'update', void>, signal: AbortSignal): Promise<Result<unknown>> {
    const { ticketId, step, revision } = act;
    const { fields } = step;
    const found = await this.#tickets.get(ticketId, signal);
    if (!found.ok) return found;
    const refusal = await this.#refusal(found.value.raw, fields, signal);
    if (!refusal.ok) return refusal;
    const put = await this.#put(found.value.raw.id, changes(fields), revision, signal);
    if (!put.ok) return put;
    const after = await this.#tickets.get(found.value.raw.id, signal);
    if (!after.ok) return unclear(after.error.message);
    const missing = notTaken(after.value, fields)[0];
    if (missing === undefined) return ok();
    const taken = await wasTaken(this.#landings, act, signal);
    if (!taken.ok || taken.value) return taken;
    const undone = await this.#undo(found.value, after.value, fields, signal);
    const rest = undone ? '' : ' The rest of the change was taken.';
    return rejected(
      missing,
      `Request Tracker did not take the new ${missing}; your rights may not allow it.${rest}`,
    );
  }

  /** Puts back what RT took of a change that it did not take whole. Is the ticket as it was? */
  async #undo(before: Found, after: Found, fields: TicketFields, signal: AbortSignal): Promise<boolean> {
    const refused = new Set(notTaken(after, fields));
    const names = (Object.keys(fields) as (keyof TicketFields)[]).filter((name) => !refused.has(name));
    if (names.length === 0) return true;
    const taken = Object.fromEntries(names.map((name) => [name, fields[name]])) as TicketFields;
    const old = fieldsBefore(before.ticket, taken);
    const untiered = taken.tier !== undefined && old.tier === undefined;
    const body = { ...changes(old), ...(untiered && { CustomFields: { [tierField]: '' } }) };
    const put = await this.#put(before.raw.id, body, after.ticket.revision, signal);
    if (!put.ok) return false;
    const now = await this.#tickets.get(before.raw.id, signal);
    return now.ok && notTaken(now.value, old).length === 0;
  }

  /** What is wrong with the values, found before anything is sent, because RT would keep the right ones. */
  async #refusal(raw: RtTicket, fields: TicketFields, signal: AbortSignal): Promise<Result<void>> {
    if (fields.tags !== undefined) {
      return unsupported('Request Tracker has no tags.');
    }
    if (fields.tier !== undefined && !raw.CustomFields.some((field) => field.name === tierField)) {
      return fail({ reason: 'unsupported', message: `Tickets here have no field "${tierField}".` });
    }
    if (fields.custom !== undefined) {
      const refusal = await this.#customRefusal(raw, fields.custom, signal);
      if (!refusal.ok) return refusal;
    }
    if (fields.subject?.trim() === '') return rejected('subject', 'A ticket needs a subject.');
    if (fields.priority !== undefined && priorityNumber(fields.priority) === undefined) {
      return noPriority(fields.priority);
    }
    if (fields.status !== undefined) {
      if (!statusesFor(raw).some(({ name }) => name === fields.status)) {
        return rejected('status', `The ticket can't become "${fields.status}" now.`);
      }
    }
    if (fields.team !== undefined) {
      const teams = await this.#queues.teams(signal);
      if (!teams.ok) return teams;
      if (!teams.value.some(({ name }) => name === fields.team)) {
        return rejected('team', `There is no queue "${fields.team}" that you can see.`);
      }
    }
    if (fields.assignee !== undefined && fields.assignee !== null) {
      return this.#unknown('assignee', fields.assignee, signal);
    }
    return ok();
  }

  /** RT makes a user of an address; of any other name that it does not know it makes a ticket without a requester. */
  #requesterRefusal(requester: string | undefined, signal: AbortSignal): Promise<Result<void>> {
    const isName = requester !== undefined && !requester.includes('@');
    return isName ? this.#unknown('requester', requester, signal) : Promise.resolve(ok());
  }

  async #unknown(field: 'assignee' | 'requester', name: string, signal: AbortSignal): Promise<Result<void>> {
    const user = await this.#people.user(name, signal);
    if (user.ok || user.error.reason === 'forbidden') return ok();
    if (user.error.reason !== 'not-found') return user;
    return rejected(field, `Request Tracker does not know "${name}".`);
  }

  async #customRefusal(
    raw: RtTicket,
    custom: NonNullable<TicketFields['custom']>,
    signal: AbortSignal,
  ): Promise<Result<void>> {
    const definitions = await this.#customFields.of(raw, signal);
    if (!definitions.ok) return definitions;
    for (const [id, values] of Object.entries(custom)) {
      const definition = definitions.value.find((one) => one.id === id);
      if (definition === undefined)
        return rejected('custom', `The field "${id}" can't be set on this ticket.`);
      if (fieldProblem(definition, values) !== undefined) {
        return rejected('custom', `"${definition.name}" does not take "${values.join(', ')}".`);
      }
    }
    return ok();
  }

  /** Only if the ticket is still at `revision`: RT compares it with the last transaction that we may see. */
  #put(
    id: string,
    body: object,
    revision: string | undefined,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const known = revision !== undefined && /^\d+$/.test(revision);
    return this.#client.send(
      'PUT',
      `/ticket/${id}`,
      body,
      signal,
      known ? { 'if-match': `"${revision}"` } : undefined,
    );
  }
}

function spoken(text: string) {
  // RT takes a text of "0" for none; the line end keeps it.
  return { Content: text.endsWith('\n') ? text : `${text}\n`, ContentType: 'text/plain' };
}

function attachments(files: readonly SentFile[]) {
  if (files.length === 0) return {};
  return {
    Attachments: files.map(({ name, mediaType, base64 }) => ({
      FileName: fileName(name),
      FileType: mediaType,
      FileContent: base64,
    })),
  };
}

function isEmpty({ base64 }: SentFile): boolean {
  return base64 === '';
}

function noEmptyFiles() {
  return rejected(undefined, 'Request Tracker does not take empty files.');
}

function timeTaken(minutes: number | undefined) {
  return minutes === undefined || minutes <= 0 ? {} : { TimeTaken: Math.round(minutes) };
}

function changes(fields: TicketFields): Record<string, unknown> {
  return {
    ...(fields.subject !== undefined && { Subject: fields.subject }),
    ...(fields.status !== undefined && { Status: fields.status }),
    ...(fields.assignee !== undefined && { Owner: fields.assignee ?? nobody }),
    ...(fields.team !== undefined && { Queue: fields.team }),
    ...(fields.priority !== undefined && { Priority: priorityNumber(fields.priority) }),
    ...((fields.tier !== undefined || fields.custom !== undefined) && {
      CustomFields: {
        ...(fields.tier !== undefined && { [tierField]: String(fields.tier) }),
        ...Object.fromEntries(
          Object.entries(fields.custom ?? {}).map(([id, values]) => [id, valueOf(values)]),
        ),
      },
    }),
  };
}

/** RT takes no empty list for a field of one value, and no single value for a list. */
function valueOf(values: readonly string[]): unknown {
  return values.length === 0 ? null : values;
}

/** The fields that are not as they were asked for. */
function notTaken({ raw, ticket }: Found, fields: TicketFields): (keyof TicketFields)[] {
  const wanted: [keyof TicketFields, boolean][] = [
    ['status', fields.status === undefined || raw.Status === fields.status],
    ['assignee', fields.assignee === undefined || sameName(ticket.assignee?.id, fields.assignee)],
    ['team', fields.team === undefined || ticket.team === fields.team],
    ['priority', fields.priority === undefined || ticket.priority.name === priorityLabel(fields.priority)],
    ['tier', fields.tier === undefined || tierOf(tierValues(raw)) === fields.tier],
    ['custom', isSet(raw, fields.custom ?? {})],
    ['subject', fields.subject === undefined || squeezed(raw.Subject) === squeezed(fields.subject)],
  ];
  return wanted.flatMap(([field, taken]) => (taken ? [] : [field]));
}

/** Has it these values in its custom fields? */
export function isSet(raw: RtTicket, custom: NonNullable<TicketFields['custom']>): boolean {
  return Object.entries(custom).every(([id, wanted]) => {
    const has = raw.CustomFields.find((field) => field.id === id)?.values ?? [];
    return (
      has.length === wanted.length &&
      wanted.every((value) => has.some((one) => squeezed(one) === squeezed(value)))
    );
  });
}

function priorityLabel(name: string): string | undefined {
  const number = priorityNumber(name);
  return number === undefined ? undefined : priorityOf(number).name;
}

function tierValues(raw: RtTicket): string[] {
  return raw.CustomFields.find((field) => field.name === tierField)?.values ?? [];
}

function sameName(is: string | undefined, wanted: string | null): boolean {
  return (is ?? '').toLowerCase() === (wanted ?? '').toLowerCase();
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function noPriority(name: string) {
  return rejected('priority', `There is no priority "${name}".`);
}
