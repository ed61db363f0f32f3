import type { Capabilities } from '../desk/capabilities.ts';
import { parseHandBack } from '../desk/handBack.ts';
import {
  emptyHandOff,
  handOffSections,
  parseHandOff,
  sectionsLacking,
  type HandOffSection,
} from '../desk/handOff.ts';
import { fieldsBefore, type SentFile, type Step, type TicketFields } from '../desk/operation.ts';
import type { Person, Ticket, Tier } from '../desk/ticket.ts';
import { withoutEmptySections } from './passages.ts';
import { lineAfterFields, planned, problem, type Planned } from './planned.ts';
import { postSteps } from './postSteps.ts';

/** A hand-off as it was written. */
export interface WrittenHandOff {
  fields: Record<string, string>;
  body: string;
  /** The whole text, for where to look. */
  text: string;
}

/** What the surroundings know of where a hand-off may go. */
export interface HandOffRules {
  /** The sections that a team wants filled in. */
  requiredBy?: ((team: string) => readonly HandOffSection[]) | undefined;
  /** What the account can do; what it can't is refused before anything is sent. */
  capabilities?:
    Pick<Capabilities, 'internalNote' | 'setTeam' | 'setTags' | 'publicReply' | 'watchers'> | undefined;
  /** What goes with the note. */
  files?: readonly SentFile[];
}

/**
 * The steps of a hand-off: who is kept informed, so that they get what follows; the note, so that whoever finds the
 * ticket finds out why; then where it goes; and what the requester is told last, when all else has been done.
 */
export function planHandOff(ticket: Ticket, written: WrittenHandOff, rules: HandOffRules): Planned {
  const { fields, body, text } = written;
  const unwritten = whatIsUnwritten(ticket, written, rules);
  if (unwritten) return unwritten;
  const update = updateOf(ticket, fields);
  if (!update) return problem('"tier" is 1, 2 or 3.', lineOf(text, 'tier'));
  const stays = fields.swarm || fields.manager;
  if (!stays && update.team === undefined && update.tier === undefined && !update.assignee) {
    return problem('Say whom the ticket goes to: a team, a tier or an assignee.', 2);
  }
  const { capabilities } = rules;
  if (update.team !== undefined && update.team !== ticket.team && capabilities?.setTeam === false) {
    return problem('This account can’t move tickets: leave "team" empty.', lineOf(text, 'team'));
  }
  if (update.tags && capabilities?.setTags === false) {
    return problem('This account can’t set tags: leave "tags" empty.', lineOf(text, 'tags'));
  }
  const watching = watchSteps(ticket, fields.watchers ?? '');
  if (watching.length > 0 && capabilities && !capabilities.watchers?.includes('watcher')) {
    return problem('This account can’t add watchers: leave "watchers" empty.', lineOf(text, 'watchers'));
  }
  if (fields.message && capabilities?.publicReply === false) {
    return problem('This account can’t write to requesters: leave "message" empty.', lineOf(text, 'message'));
  }
  const note = { kind: 'hand-off', visibility: 'internal', body: handOffBody(fields, body) } as const;
  const steps: Step[] = [...watching, ...postSteps(note, rules.files ?? [])];
  if (Object.keys(update).length > 0) {
    steps.push({ type: 'update', fields: update, before: fieldsBefore(ticket, update) });
  }
  if (fields.message) {
    steps.push({ type: 'post', kind: 'reply', visibility: 'public', body: fields.message });
  }
  return planned('escalate', ticket, steps);
}

function whatIsUnwritten(
  ticket: Ticket,
  { fields, body, text }: WrittenHandOff,
  { requiredBy }: HandOffRules,
): Planned | undefined {
  const back = parseHandBack(body);
  if (back) {
    if (back.missing.length > 0 || withoutEmptySections(back.text) !== '') return undefined;
    return problem(
      back.done
        ? 'Say what was found and done before the ticket goes back.'
        : 'Say what is missing before the ticket goes back.',
      lineAfterFields(text),
    );
  }
  const handOff = parseHandOff(body);
  if (handOff && sectionsLacking(handOff).length === handOffSections.length) {
    return problem(
      'The hand-off is still empty: say what is happening and what was tried.',
      lineAfterFields(text),
    );
  }
  const lackingFor = (name: string) => sectionsLacking(handOff ?? emptyHandOff(), requiredBy?.(name) ?? []);
  const goesTo = recipientsOf(fields, ticket).find((name) => lackingFor(name).length > 0);
  const lacking = goesTo === undefined ? [] : lackingFor(goesTo);
  const [first] = lacking;
  return (
    first &&
    problem(
      `${goesTo ?? ''} wants these to be filled in: ${lacking.map(({ heading }) => heading).join(', ')}.`,
      lineBelow(text, first.heading),
    )
  );
}

/** Whom a hand-off speaks to: those who may require something of it. */
function recipientsOf({ swarm, manager, team }: Record<string, string>, ticket: Ticket): string[] {
  const named = swarm ? swarm.split(',') : [manager || team || ticket.team || ''];
  return named.map((name) => name.trim());
}

/** What of the ticket changes; nothing where a field can't be understood. */
function updateOf(ticket: Ticket, fields: Record<string, string>): TicketFields | undefined {
  const update: TicketFields = {};
  if (fields.team) update.team = fields.team;
  if (fields.tier) {
    const tier = tierOf(fields.tier);
    if (tier === undefined) return undefined;
    update.tier = tier;
  }
  if (fields.priority) update.priority = fields.priority;
  const assignee = idWithin(fields.assignee ?? '');
  if (assignee !== '') update.assignee = assignee;
  else if (update.team !== undefined && ticket.assignee) update.assignee = null;
  const added = tagsIn(fields.tags ?? '').filter((tag) => !ticket.tags.includes(tag));
  if (added.length > 0) update.tags = [...ticket.tags, ...added];
  return update;
}

function watchSteps(ticket: Ticket, text: string): Step[] {
  return peopleIn(text)
    .filter(({ id }) => !ticket.watchers?.some((one) => one.role === 'watcher' && one.id === id))
    .map((person) => ({ type: 'watch', change: 'add', watcher: { ...person, role: 'watcher' } }));
}

/** What the next tier reads: what presses first, then what was written. */
function handOffBody({ reason, sla }: Record<string, string>, body: string): string {
  const lines = [reason && `**Reason:** ${reason}`, sla && `**Service level:** ${sla}`].filter(Boolean);
  const text = withoutEmptySections(body);
  const title = /^## .*$/m.exec(text)?.[0];
  if (title === undefined) return [...lines, text].join('\n\n');
  return text.replace(title, () => [title, ...lines].join('\n\n'));
}

/** Words between commas or spaces. */
export function tagsIn(text: string): string[] {
  return text.split(/[\s,]+/).filter((tag) => tag !== '');
}

function tierOf(text: string): Tier | undefined {
  return text === '1' ? 1 : text === '2' ? 2 : text === '3' ? 3 : undefined;
}

/** How a draft names somebody: `Bob Tier2 <bob>`. */
export function personText({ id, name }: Person): string {
  return name === id ? id : `${name.replace(/[<>,]/g, ' ')} <${id}>`;
}

/** The inverse of {@link personText}. */
function idWithin(text: string): string {
  return (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim();
}

/** `Bob Tier2 <bob>, lead` names two, each once. */
function peopleIn(text: string): Person[] {
  const named = new Map<string, Person>();
  for (const part of text.split(',')) {
    const id = idWithin(part);
    if (id === '' || named.has(id)) continue;
    named.set(id, { id, name: part.replace(/<[^<>]*>\s*$/, '').trim() || id });
  }
  return [...named.values()];
}

function lineOf(text: string, field: string): number {
  return Math.max(1, text.split('\n').findIndex((line) => line.startsWith(`${field}:`)) + 1);
}

/** The line below a heading, where its section is written. */
function lineBelow(text: string, heading: string): number {
  const at = text.split('\n').findIndex((line) => line.replace(/^[#\s]+/, '').trim() === heading);
  return at === -1 ? lineAfterFields(text) : at + 2;
}
