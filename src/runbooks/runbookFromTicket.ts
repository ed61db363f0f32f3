import type { Entry } from '../desk/entry.ts';
import { parseHandOff } from '../desk/handOff.ts';
import { parseLog } from '../desk/interactionLog.ts';
import { localDay } from '../desk/localDay.ts';
import { oneLine } from '../desk/plainText.ts';
import type { Instant, Person, Ticket } from '../desk/ticket.ts';
import { applyRedactions, findRedactions, type KnownPerson, type Redaction } from './redaction.ts';
import { renderRunbook, type RunbookContent, type RunbookSection } from './runbookTemplate.ts';
import { nameOf } from './slug.ts';
import { fillTemplate } from './userTemplate.ts';
import { firstWords, quoted, said, sentences, stepsOf } from './timelineText.ts';

export interface RunbookFromTicketOptions {
  now: Instant;
  /** Ids of other documents: the new one gets its own. */
  takenIds?: ReadonlySet<string>;
  /** A template with placeholders, in the place of our own form. */
  template?: string;
}

export interface WrittenRunbook {
  /** Proposed; names no person. */
  fileName: string;
  text: string;
  /** What should be taken out of `text`, for the user to decide about each. */
  redactions: Redaction[];
}

const causes =
  /\b(?:root cause|caused? by|the cause|because|due to|the reason|turned out|ursache|grund war|weil)\b/i;
const proofs =
  /\b(?:verified|confirmed|tested|works? (?:again|now)|working (?:again|now)|is back|no longer|funktioniert wieder)\b/i;

/** Writes down what a ticket's timeline knows, in the sections of a runbook. */
export function runbookFromTicket(
  ticket: Ticket,
  entries: readonly Entry[],
  options: RunbookFromTicketOptions,
): WrittenRunbook {
  const people = peopleOf(ticket, entries);
  const title = oneLine(ticket.subject) || ticket.key;
  const name = nameOf(withoutPeople(title, people));
  const content: RunbookContent = {
    id: freeId(name, options.takenIds),
    title,
    owner: ticket.team,
    symptoms: [title],
    tags: ticket.tags,
    tier: ticket.tier,
    tickets: [ticket.key],
    sections: ticketSections(ticket, entries, options.now),
  };
  const { template } = options;
  const text =
    template === undefined ? renderRunbook(content) : fillTemplate(template, content, localDay(options.now));
  return { fileName: `${name}.md`, text, redactions: findRedactions(text, people) };
}

/** What a ticket's timeline says, by the section of a runbook it belongs to. */
export function ticketSections(
  ticket: Ticket,
  entries: readonly Entry[],
  now: Instant,
): Partial<Record<RunbookSection, string>> {
  const described =
    entries.find(({ fromRequester, body }) => fromRequester && body !== undefined) ??
    entries.find(({ body }) => body !== undefined);
  const written = entries.filter((entry) => entry !== described && entry.body !== undefined);
  const solved = written.filter(({ kind }) => kind === 'resolution' || kind === 'run').map(bodyOf);
  const tried = written.filter(({ kind }) => kind === 'note' || kind === 'log');
  const told = [...solved, ...tried.map(bodyOf)];
  const steps = (solved.length > 0 ? solved : tried.map(bodyOf)).flatMap(stepsOf);
  return {
    issue: quoted(said(described)),
    environment: ticket.assets.map((asset) => `- ${oneLine(asset)}`).join('\n'),
    steps: steps.map((step, at) => `${at + 1}. ${step}`).join('\n'),
    verify: bullets(sentences([...told, ...written.map(said)], proofs, 3)),
    escalate: escalation(written),
    cause: bullets(sentences(told, causes, 3)),
    history: [
      `- ${localDay(now)}: written from ${ticket.key}.`,
      ...(solved.length > 0 ? tried : []).map(
        (entry) => `- ${localDay(entry.at)}: ${firstWords(bodyOf(entry), 300)}`,
      ),
    ].join('\n'),
  };
}

/** The text itself: what a resolution or a call log adds for machines stays behind. */
function bodyOf(entry: Entry): string {
  const text = said(entry);
  return (parseLog(text)?.body ?? text)
    .replace(/(?:^|\n)[*_#\s]*Documentation (?:used|linked):[\s\S]*$/, '')
    .trim();
}

function escalation(entries: readonly Entry[]): string {
  const notes = entries.filter(({ kind }) => kind === 'hand-off').map(said);
  return notes
    .flatMap((note) => {
      const sections = parseHandOff(note)?.sections;
      if (sections === undefined) return stepsOf(note);
      const lead = { situation: '', hypothesis: 'Suspected: ', verifyFirst: 'They will ask for: ' };
      return (['situation', 'hypothesis', 'verifyFirst'] as const)
        .filter((id) => sections[id] !== '')
        .map((id) => lead[id] + firstWords(sections[id].replace(/^\s*(?:[->*+]|\d+[.)])\s*/gm, ''), 400));
    })
    .map((line) => `- ${line}`)
    .join('\n');
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

/** Everybody whose name may be in the ticket. */
export function peopleOf(ticket: Ticket, entries: readonly Entry[]): KnownPerson[] {
  const people = new Map<string, KnownPerson>();
  const add = (person: Person | undefined, role: KnownPerson['role']) => {
    if (person === undefined || people.has(person.id)) return;
    people.set(person.id, { name: person.name, id: person.id, role });
  };
  add(ticket.requester, 'requester');
  for (const { author, fromRequester } of entries) add(author, fromRequester ? 'requester' : 'colleague');
  add(ticket.assignee, 'colleague');
  return [...people.values()];
}

function withoutPeople(title: string, people: readonly KnownPerson[]): string {
  const found = findRedactions(title, people).map((redaction) => ({ ...redaction, replacement: ' ' }));
  return applyRedactions(title, found).replace(/ ['’]s\b/g, ' ');
}

export function freeId(name: string, taken: ReadonlySet<string> | undefined): string {
  let id = name;
  for (let number = 2; taken?.has(id) === true; number++) id = `${name}-${number}`;
  return id;
}
