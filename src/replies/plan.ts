import type { Draft } from '../desk/draft.ts';
import { parseHandBack } from '../desk/handBack.ts';
import { handOffSections, parseHandOff, type HandOffSection } from '../desk/handOff.ts';
import type { ResolutionLink } from '../desk/links.ts';
import { fieldsBefore, type Intent, type SentFile, type Step, type TicketFields } from '../desk/operation.ts';
import { channels, ticketKinds, type Ticket, type Tier } from '../desk/ticket.ts';
import { parseDraft } from './draftText.ts';
import { withoutEmptySections } from './passages.ts';
import { postSteps } from './postSteps.ts';

/** What sending a draft would do. */
export interface Plan {
  intent: Intent;
  label: string;
  steps: Step[];
}

/** Why a draft can't be sent as it stands; `line` (from 1) is where to look. */
export interface Problem {
  message: string;
  line: number;
}

export type Planned = { ok: true; plan: Plan } | { ok: false; problem: Problem };

/** What the text of a draft names and only the surroundings can look up. */
export interface Resolved {
  ticket?: Ticket;
  /** The document a resolution names, found in the workspace. */
  link?: ResolutionLink;
  /** The sections that the team a hand-off goes to wants filled in. */
  requiredBy?: (team: string) => readonly HandOffSection[];
  /** What goes with it. */
  files?: readonly SentFile[];
}

/** Turns a draft into the steps that sending it takes, or says what is missing. Sends nothing. */
export function planDraft(draft: Draft, resolved: Resolved): Planned {
  const parsed = parseDraft(draft.text);
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
      return planHandOff(ticket, fields, body, draft.text, resolved);
  }
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
    tags: (fields.tags ?? '').split(/[\s,]+/).filter((tag) => tag !== ''),
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

function planHandOff(
  ticket: Ticket,
  fields: Record<string, string>,
  body: string,
  text: string,
  { requiredBy, files = [] }: Resolved,
): Planned {
  const back = parseHandBack(body);
  if (back?.missing.length === 0 && back.text === '') {
    return problem('Say what is missing before the ticket goes back.', lineAfterFields(text));
  }
  const handOff = parseHandOff(body);
  if (handOff && Object.values(handOff.sections).every((text) => text === '')) {
    return problem(
      'The hand-off is still empty: say what is happening and what was tried.',
      lineAfterFields(text),
    );
  }
  const lacking = (requiredBy?.(fields.team ?? '') ?? []).filter((id) => handOff?.sections[id] === '');
  if (handOff && lacking[0] !== undefined) {
    const heading = (id: HandOffSection) =>
      handOffSections.find((section) => section.id === id)?.heading ?? id;
    return problem(
      `${fields.team ?? ''} wants these to be filled in: ${lacking.map(heading).join(', ')}.`,
      lineBelow(text, heading(lacking[0])),
    );
  }
  const update: TicketFields = {};
  if (fields.team) update.team = fields.team;
  if (fields.tier) {
    const tier = tierOf(fields.tier);
    if (tier === undefined) return problem('"tier" is 1, 2 or 3.', 2);
    update.tier = tier;
  }
  if (fields.priority) update.priority = fields.priority;
  const assignee = idWithin(fields.assignee ?? '');
  if (assignee !== '') update.assignee = assignee;
  else if (update.team !== undefined && ticket.assignee) update.assignee = null;
  if (update.team === undefined && update.tier === undefined && !update.assignee) {
    return problem('Say whom the ticket goes to: a team, a tier or an assignee.', 2);
  }
  return planned('escalate', ticket, [
    ...postSteps({ kind: 'hand-off', visibility: 'internal', body: handOffBody(fields.reason, body) }, files),
    { type: 'update', fields: update, before: fieldsBefore(ticket, update) },
  ]);
}

/** What the next tier reads: the reason first, then what was written. */
function handOffBody(reason: string | undefined, body: string): string {
  const text = withoutEmptySections(body);
  return reason ? text.replace(/^(## .*)$/m, `$1\n\n**Reason:** ${reason.replaceAll('$', '$$$$')}`) : text;
}

function planned(intent: Intent, ticket: Ticket, steps: Step[]): Planned {
  return { ok: true, plan: { intent, label: ticket.key, steps } };
}

function problem(message: string, line = 1): Planned {
  return { ok: false, problem: { message, line } };
}

function minutesOf(text: string | undefined): number | undefined {
  return text === undefined || text === '' ? undefined : Number(text);
}

function tierOf(text: string): Tier | undefined {
  return text === '1' ? 1 : text === '2' ? 2 : text === '3' ? 3 : undefined;
}

/** `Bob Tier2 <bob>` names bob. */
function idWithin(text: string): string {
  return (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim();
}

/** The line below a heading, where its section is written. */
function lineBelow(text: string, heading: string): number {
  const at = text.split('\n').findIndex((line) => line.replace(/^[#\s]+/, '').trim() === heading);
  return at === -1 ? 1 : at + 2;
}

function isOneOf<T extends string>(all: readonly T[], text: string): text is T {
  return all.some((one) => one === text);
}

function lineAfterFields(text: string): number {
  const end = text.startsWith('---') ? text.indexOf('\n---', 3) : -1;
  return end === -1 ? 1 : text.slice(0, end).split('\n').length + 2;
}
