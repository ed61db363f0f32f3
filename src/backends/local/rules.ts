import type { Attachment, Entry, FieldChange } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import type { NewTicket, SentFile, Step } from '../../desk/operation.ts';
import { formatResolution } from '../../desk/resolutionNote.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { changeFields, distinct, refuse, type Desk } from './changes.ts';
import { personAmong } from './people.ts';
import type { LocalChange, LocalTicket } from './port.ts';
import { entry, touched, type Act, type StepOf } from './step.ts';
import { tie } from './ties.ts';

const longestText = 1_000_000;
const mostMinutes = 31 * 24 * 60;
const largestFile = 20 * 1024 * 1024;

/** What a step makes of a ticket; `entries` are the new ones. Pure: refuses or gives a new ticket. */
export function applyStep(
  { ticket }: LocalTicket,
  step: Exclude<Step, { type: 'create' }>,
  act: Act,
  desk: Desk,
): Result<LocalChange> {
  if (ticket.mergedInto !== undefined) {
    return refuse('merge', `${ticket.key} was merged into ${ticket.mergedInto.key}: change that one.`);
  }
  switch (step.type) {
    case 'post':
      return post(ticket, step, act);
    case 'update':
      return update(ticket, step, act, desk);
    case 'time':
      return time(ticket, step, act);
    case 'attach':
      return attach(ticket, step, act);
    case 'watch':
    case 'relate':
    case 'merge':
      return tie(ticket, step, act, desk);
  }
}

/** A new ticket, without the id and key that the store gives it, and what its requester said. */
export function createTicket(
  wanted: NewTicket,
  accountId: string,
  act: Act,
  desk: Desk,
): Result<LocalTicket> {
  const subject = wanted.subject.trim();
  if (subject === '') return refuse('subject', 'A ticket needs a subject.');
  if (wanted.description.length > longestText) return refuse('description', 'The description is too long.');
  const [team] = desk.vocabulary.teams;
  const priority = desk.vocabulary.priorities.find(({ rank }) => rank === 3);
  const [status] = desk.vocabulary.statuses;
  if (team === undefined || priority === undefined || status === undefined) {
    return refuse('team', 'The local desk has no teams: name one in the settings.');
  }
  const written = wanted.requester?.trim();
  const requester = written === undefined || written === '' ? act.me : personAmong(desk.people, written);
  const blank: Ticket = {
    accountId,
    id: '',
    key: '',
    subject,
    requester,
    team: team.name,
    ...(team.tier !== undefined && { tier: team.tier }),
    status,
    priority,
    kind: wanted.kind,
    channel: wanted.channel,
    tags: distinct(wanted.tags),
    assets: [],
    customFields: [],
    createdAt: act.now,
    updatedAt: act.now,
    reassignments: 0,
    reopenings: 0,
    sla: [],
    revision: '',
    mine: false,
  };
  const changed = changeFields(blank, { team: wanted.team, priority: wanted.priority }, desk, act.now);
  if (!changed.ok) return changed;
  const said = entry(act, {
    author: requester,
    kind: 'reply',
    visibility: 'public',
    body: { text: wanted.description, format: 'markdown' },
    channel: wanted.channel,
    fromRequester: true,
  });
  return ok({
    ticket: { ...changed.value.ticket, reassignments: 0 },
    entries: wanted.description.trim() === '' ? [] : [said],
  });
}

function post(ticket: Ticket, step: StepOf<'post'>, act: Act): Result<LocalChange> {
  if (step.body.trim() === '' && step.link === undefined) return refuse('body', 'There is nothing to post.');
  if (step.body.length > longestText) return refuse('body', 'The text is too long.');
  if (step.minutes !== undefined && !isDuration(step.minutes)) return refuse('minutes', impossibleDuration);
  const fromRequester = act.me.id === ticket.requester?.id;
  const answers = step.visibility === 'public' && !fromRequester && ticket.firstRespondedAt === undefined;
  const text = step.link === undefined ? step.body : formatResolution(step.body, step.link);
  const files = filesFrom(step.files ?? [], act);
  if (!files.ok) return files;
  const said = done({ ...ticket, ...(answers && { firstRespondedAt: act.now }) }, act, [
    entry(act, {
      attachments: files.value.map(({ attachment }) => attachment),
      kind: step.kind,
      visibility: step.visibility,
      body: { text, format: 'markdown' },
      fromRequester,
      ...(step.channel !== undefined && { channel: step.channel }),
      ...(step.minutes !== undefined && { minutes: step.minutes }),
      ...(step.link !== undefined && { link: step.link }),
    }),
  ]);
  return said.ok ? ok({ ...said.value, files: stored(files.value) }) : said;
}

function update(ticket: Ticket, step: StepOf<'update'>, act: Act, desk: Desk): Result<LocalChange> {
  const changed = changeFields(ticket, step.fields, desk, act.now);
  if (!changed.ok) return changed;
  const { changes } = changed.value;
  const status = changes.filter(({ field }) => field === 'status');
  const others = changes.filter(({ field }) => field !== 'status');
  const history = (kind: 'status' | 'field', of: FieldChange[]): Entry[] =>
    of.length === 0 ? [] : [entry(act, { kind, visibility: 'system', changes: of }, kind)];
  return done(changed.value.ticket, act, [...history('status', status), ...history('field', others)]);
}

function time(ticket: Ticket, step: StepOf<'time'>, act: Act): Result<LocalChange> {
  if (!isDuration(step.minutes)) return refuse('minutes', impossibleDuration);
  const note = step.note?.trim() ?? '';
  return done(ticket, act, [
    entry(act, {
      kind: 'time',
      visibility: 'internal',
      minutes: step.minutes,
      ...(note !== '' && { body: { text: note, format: 'markdown' } }),
    }),
  ]);
}

function attach(ticket: Ticket, step: StepOf<'attach'>, act: Act): Result<LocalChange> {
  const files = filesFrom([step], act);
  if (!files.ok) return files;
  const added = entry(act, {
    kind: 'attachment',
    visibility: step.visibility,
    attachments: files.value.map(({ attachment }) => attachment),
    fromRequester: act.me.id === ticket.requester?.id,
  });
  return ok({ ticket: touched(ticket, act), entries: [added], files: stored(files.value) });
}

interface FileFromStep {
  attachment: Attachment;
  bytes: Uint8Array;
}

/** The first is named as the only one of a step ever was. */
function filesFrom(sent: readonly SentFile[], act: Act): Result<FileFromStep[]> {
  const files = sent.map(({ name, mediaType, base64 }, at): FileFromStep => {
    const bytes = Uint8Array.from(Buffer.from(base64, 'base64'));
    const id = at === 0 ? `${act.key}/file` : `${act.key}/file${at + 1}`;
    return { attachment: { id, name, mediaType, size: bytes.length }, bytes };
  });
  const large = files.find(({ bytes }) => bytes.length > largestFile);
  return large
    ? refuse('attachment', `"${large.attachment.name}" is larger than ${largestFile / 1024 / 1024} MB.`)
    : ok(files);
}

function stored(files: readonly FileFromStep[]): LocalChange['files'] {
  return files.map(({ attachment, bytes }) => ({ id: attachment.id, bytes }));
}

const impossibleDuration = 'The time must be at least a minute and at most a month.';

function isDuration(minutes: number): boolean {
  return Number.isInteger(minutes) && minutes > 0 && minutes <= mostMinutes;
}

function done(ticket: Ticket, act: Act, entries: Entry[]): Result<LocalChange> {
  return ok({ ticket: touched(ticket, act), entries, files: [] });
}
