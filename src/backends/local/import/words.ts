import type { Channel, PriorityRank, StatusCategory, TicketKind, Tier } from '../../../desk/ticket.ts';
import { unfinished } from '../../content/unfinished.ts';

/** What exports write for "nothing". */
export function isAbsent(cell: string): boolean {
  return /^(\?|-|--|null|none|n\/a|nan|undefined|\(empty\)|\(none\)|\[\]|0000-00-00( 00:00:00)?|1970-01-01( 00:00:00)?)?$/i.test(
    cell.trim(),
  );
}

/** Looked through in this order: "re-opened" is open, "awaiting closure" is pending. */
const statuses: readonly [RegExp, StatusCategory][] = [
  [/^re-?open|^not (resolved|fixed|solved)/, 'open'],
  [
    /await|wait|pending|hold|stalled|suspend|defer|blocked|need ?info|needs? (more )?info|feedback|snooz/,
    'pending',
  ],
  [
    /^(clos|cancel|reject|declin|withdraw|wont|won't|invalid|duplicate|obsolete|spam|deleted|archiv|complete|merged|delivered)/,
    'closed',
  ],
  [unfinished, 'open'],
  [/resol|solved|fixed|done|fulfilled|verified|finished|answered/, 'resolved'],
  [
    /^(new|unconfirmed|submitted|created|registered|logged|to ?do|backlog|unassigned|untouched|received)/,
    'new',
  ],
  [
    /open|active|assign|progress|work|investigat|accept|acknowledg|escalat|triage|review|diagnos|confirmed|started|analys/,
    'open',
  ],
];

/** ServiceNow's numbers for the state of an incident. */
const stateNumbers: Readonly<Record<string, StatusCategory>> = {
  1: 'new',
  2: 'open',
  3: 'pending',
  4: 'pending',
  5: 'pending',
  6: 'resolved',
  7: 'closed',
  8: 'closed',
};

/** `undefined`: no such word is known. */
export function statusCategory(name: string): StatusCategory | undefined {
  const word = name.trim().toLowerCase();
  return stateNumbers[word] ?? statuses.find(([pattern]) => pattern.test(word))?.[1];
}

const priorities: readonly [RegExp, PriorityRank][] = [
  [/critical|blocker|highest|urgent|emergency|immediate|showstopper|very high|\bp0\b|\bsev0\b/, 1],
  [/moderate|medium|normal|standard|average/, 3],
  [/low|minor|trivial|planning|enhancement|whenever/, 4],
  [/high|major|important|elevated/, 2],
];

/** A number at the front or after P or SEV counts, then the word. */
export function priorityRank(name: string): PriorityRank | undefined {
  const text = name.trim().toLowerCase();
  const number = /^(?:p|prio(?:rity)?|sev(?:erity)?)?[\s-]*([1-5])\b/.exec(text)?.[1];
  if (number !== undefined) return Math.min(4, Number(number)) as PriorityRank;
  return priorities.find(([pattern]) => pattern.test(text))?.[1];
}

/** ITIL's matrix: impact × urgency, each 1 (high) to 3 (low). */
export function rankFrom(impact: string, urgency: string): PriorityRank | undefined {
  const levels = [impact, urgency].map(level);
  const [a, b] = levels;
  if (a === undefined || b === undefined) return undefined;
  return Math.max(1, Math.min(4, a + b - 1)) as PriorityRank;
}

function level(text: string): number | undefined {
  const word = text.trim().toLowerCase();
  const number = /^[1-3]\b/.exec(word)?.[0];
  if (number !== undefined) return Number(number);
  if (/high|extensive|critical|urgent|widespread/.test(word)) return 1;
  if (/medium|moderate|significant|normal/.test(word)) return 2;
  return /low|minor|limited|single/.test(word) ? 3 : undefined;
}

const kinds: readonly [RegExp, TicketKind][] = [
  [/problem|known error/, 'problem'],
  [/change|rfc/, 'change'],
  [/request|task|question|access|order|story/, 'request'],
  [/incident|bug|fault|failure|defect|alert|outage|error/, 'incident'],
];

export function ticketKind(name: string): TicketKind {
  return find(kinds, name) ?? 'other';
}

/** What the key says about the kind, as ServiceNow's and many others' prefixes do. */
export function kindOfKey(key: string): TicketKind {
  const prefix = /^[A-Za-z]+/.exec(key)?.[0].toUpperCase() ?? '';
  const known: Readonly<Record<string, TicketKind>> = {
    INC: 'incident',
    REQ: 'request',
    RITM: 'request',
    SR: 'request',
    PRB: 'problem',
    CHG: 'change',
  };
  return known[prefix] ?? 'incident';
}

const channels: readonly [RegExp, Channel][] = [
  [/mail/, 'e-mail'],
  [/chat|teams|slack|messag|whatsapp|sms|social/, 'chat'],
  [/phone|call|voice|tel/, 'phone'],
  [/portal|web|self|form|site|catalog/, 'portal'],
  [/walk|person|desk|visit|counter/, 'walk-in'],
  [/alert|monitor|event|api|system|auto|integration/, 'alert'],
];

export function channelOf(name: string): Channel {
  return find(channels, name) ?? 'other';
}

export function tierOf(name: string): Tier | undefined {
  const number = /\b(?:t|l|tier|level|line)?[\s-]*([1-3])(?:st|nd|rd)?\b/i.exec(name)?.[1];
  return number === undefined ? undefined : (Number(number) as Tier);
}

export function isYes(cell: string): boolean {
  return /^(true|yes|y|1|met|ok|within|achieved)$/i.test(cell.trim());
}

function find<T>(table: readonly [RegExp, T][], name: string): T | undefined {
  const word = name.toLowerCase();
  return table.find(([pattern]) => pattern.test(word))?.[1];
}
