import type { Draft } from '../desk/draft.ts';
import type { ResolutionLink } from '../desk/links.ts';
import { fieldsBefore, type SentFile, type Step, type TicketFields } from '../desk/operation.ts';
import { channels, ticketKinds, type Ticket } from '../desk/ticket.ts';
import { parseDraft, type ParsedDraft } from './draftText.ts';
import { planHandOff, tagsIn, type HandOffRules } from './handOffPlan.ts';
import { unclosedPassage, withoutComments } from './passages.ts';
import { lineAfterFields, planned, problem, type Planned } from './planned.ts';
import { postSteps } from './postSteps.ts';

/** What the text of a draft names and only the surroundings can look up. */
export interface Resolved extends HandOffRules {
  ticket?: Ticket;
  /** The document a resolution names, found in the workspace. */
  link?: ResolutionLink;
  /** What goes with it. */
  files?: readonly SentFile[];
}

/** Turns a draft into the steps that sending it takes, or says what is missing. Sends nothing. */
export function planDraft(draft: Draft, resolved: Resolved): Planned {
  const drafted = planWhole(draft, resolved);
  const isKept = resolved.capabilities?.internalNote !== false;
  return isKept || !drafted.ok || !drafted.plan.steps.some(isInternal) ? drafted : published(draft);
}

function isInternal(step: Step): boolean {
  return step.type === 'post' && step.visibility === 'internal';
}

/** Said before it is queued: a system that can keep no note internal would refuse it, and have it wait for nothing. */
function published({ kind, text }: Draft): Planned {
  return kind === 'resolution'
    ? problem(
        'This account can keep no note internal. Set "visibility" to public, or use Change Status without a note.',
        text.split('\n').findIndex((line) => line.startsWith('visibility:')) + 1 || 1,
      )
    : problem('This account can keep no note internal, and what is written here is for colleagues only.');
}

function planWhole(draft: Draft, resolved: Resolved): Planned {
  const unclosed = unclosedPassage(draft.text);
  if (unclosed !== undefined)
    return problem('The passage that is not to be sent is not closed: write --> below it.', unclosed);
  const parsed = parsedBy(draft);
  if (!parsed.ok) return problem(parsed.message, parsed.line);
  const { fields, body } = parsed.value;
  const { ticket, files = [] } = resolved;
  if (draft.kind === 'new-ticket') return planTicket(fields, body, files);
  if (!ticket)
    return problem('The ticket of this draft is no longer here. Sync, or copy the text to another draft.');
  const justFiles = files.length > 0 && (draft.kind === 'reply' || draft.kind === 'note');
  if (body === '' && !justFiles)
    return problem('There is nothing to send yet: write the text first.', lineAfterFields(draft.text));
  switch (draft.kind) {
    case 'reply':
      return planned(
        body === '' ? 'attach' : 'reply',
        ticket,
        postSteps({ kind: 'reply', visibility: 'public', body }, files),
      );
    case 'note':
      return planned(
        body === '' ? 'attach' : 'note',
        ticket,
        postSteps({ kind: 'note', visibility: 'internal', body }, files),
      );
    case 'resolution':
      return planResolution(ticket, fields, body, resolved);
    case 'hand-off':
      return planHandOff(ticket, { fields, body, text: draft.text }, resolved);
  }
}

/** A reply or a note is all text: what begins it like front matter was written to be read. */
function parsedBy({ kind, text }: Draft): ParsedDraft {
  return kind === 'reply' || kind === 'note'
    ? { ok: true, value: { fields: {}, body: withoutComments(text) } }
    : parseDraft(text);
}

function planTicket(fields: Record<string, string>, body: string, files: readonly SentFile[]): Planned {
  const { subject = '', requester, team, priority } = fields;
  if (subject === '') return problem('A ticket needs a subject.', 2);
  const kind = fields.kind || 'incident';
  if (!isOneOf(ticketKinds, kind)) return problem(`"kind" is one of ${ticketKinds.join(', ')}.`, 2);
  const channel = fields.channel || 'other';
  if (!isOneOf(channels, channel)) return problem(`"channel" is one of ${channels.join(', ')}.`, 2);
  const ticket = {
    subject,
    description: body,
    kind: kind,
    channel: channel,
    tags: tagsIn(fields.tags ?? ''),
    ...(requester ? { requester } : {}),
    ...(team ? { team } : {}),
    ...(priority ? { priority } : {}),
  };
  const attached = postSteps({ kind: 'reply', visibility: 'public', body: '' }, files);
  return {
    ok: true,
    plan: { intent: 'create', label: subject, steps: [{ type: 'create', ticket }, ...attached] },
  };
}

function planResolution(
  ticket: Ticket,
  fields: Record<string, string>,
  body: string,
  { link, files = [] }: Resolved,
): Planned {
  const visibility = fields.visibility || 'internal';
  if (visibility !== 'internal' && visibility !== 'public') {
    return problem('"visibility" is internal (for colleagues) or public (the requester reads it).', 2);
  }
  const status = fields.status ?? '';
  if (status === '') return problem('Say which "status" the ticket gets, for example Resolved.', 2);
  const minutes = minutesOf(fields.minutes);
  if (Number.isNaN(minutes)) return problem('"minutes" is a number of minutes of work.', 2);
  const update: TicketFields = { status };
  return planned('resolve', ticket, [
    {
      type: 'post',
      kind: 'resolution',
      visibility,
      body,
      ...(link ? { link } : {}),
      ...(minutes ? { minutes } : {}),
      ...(files.length > 0 && { files: [...files] }),
    },
    { type: 'update', fields: update, before: fieldsBefore(ticket, update) },
  ]);
}

function minutesOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

function isOneOf<T extends string>(all: readonly T[], text: string): text is T {
  return all.some((one) => one === text);
}
