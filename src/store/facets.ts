import { escalationsOf } from '../desk/escalation.ts';
import type { Entry } from '../desk/entry.ts';
import type { Flag } from '../desk/query/query.ts';
import { isActive, type Ticket } from '../desk/ticket.ts';

/**
 * What operators look for is in the full-text index too, so that words and operators are looked up together. Each word
 * of it begins with a character for private use that says which operator it is for: what people write never does.
 */
const marks = {
  any: '\uE000',
  status: '\uE001',
  team: '\uE002',
  tag: '\uE003',
  priority: '\uE004',
  account: '\uE005',
  requester: '\uE006',
  assignee: '\uE007',
  channel: '\uE008',
  tier: '\uE009',
  flag: '\uE00A',
  beginning: '\uE00B',
  escalator: '\uE00C',
  gap: '\uE00F',
} as const;
const joint = '\uE010';

const noWord = /[^\p{L}\p{N}\p{M}\p{Co}]+/u;
const wordInText = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

type WordFacet = 'status' | 'team' | 'tag' | 'priority';
type NameFacet = 'account' | 'requester' | 'assignee' | 'channel' | 'tier' | 'flag' | 'escalator';

/** The one that every ticket has. */
export const anyFacet = marks.any;

/** Words of a label, to be found in a row. */
export function wordFacet(facet: WordFacet, label: string): string {
  return remembered(marks[facet], label, markedWords);
}

/** More letters than that are looked up as the beginning of a word; so few begin too many. */
export const longestBeginning = 2;

/** The first letters of a word in a subject or a name: what somebody types first. */
export function beginningFacet(letters: string): string {
  return marks.beginning + letters;
}

/** One name as a whole. */
export function nameFacet(facet: NameFacet, name: string): string {
  return remembered(marks[facet], name, markedName);
}

function markedWords(mark: string, label: string): string {
  return label
    .split(noWord)
    .filter((word) => word !== '')
    .map((word) => mark + word)
    .join(' ');
}

function markedName(mark: string, name: string): string {
  return mark + name.replace(/[^\p{L}\p{N}]/gu, joint);
}

function beginningsOf(mark: string, word: string): string {
  const found: string[] = [];
  for (let length = 1; length <= Math.min(longestBeginning, word.length); length++) {
    found.push(mark + word.slice(0, length));
  }
  return found.join(' ');
}

function beginnings(text: string): string {
  let all = '';
  for (const word of text.match(wordInText) ?? [])
    all += `${remembered(marks.beginning, word, beginningsOf)} `;
  return all;
}

/** There are few labels, names and words, and each is on many tickets. */
const facetsByText = new Map<string, Map<string, string>>();
const mostTexts = 5_000;

function remembered(mark: string, text: string, make: (mark: string, text: string) => string): string {
  let known = facetsByText.get(mark);
  if (known === undefined || known.size > mostTexts)
    facetsByText.set(mark, (known = new Map<string, string>()));
  let facet = known.get(text);
  if (facet === undefined) known.set(text, (facet = make(mark, text)));
  return facet;
}

export function flagFacet(flag: Flag): string {
  return nameFacet('flag', flag);
}

/** All that operators find a ticket by. */
export function facetsOf(ticket: Ticket, entries: readonly Entry[]): string {
  const { status, priority, team, tier, requester, assignee } = ticket;
  const facets = [
    anyFacet,
    nameFacet('account', ticket.accountId),
    wordFacet('status', `${status.name} ${status.category}`),
    wordFacet('priority', `${priority.name} P${priority.rank}`),
    nameFacet('channel', ticket.channel),
    ...flagsOf(ticket, entries).map(flagFacet),
    beginnings(`${ticket.key} ${ticket.subject} ${requester?.name ?? ''} ${assignee?.name ?? ''}`),
  ];
  if (team !== undefined) facets.push(wordFacet('team', team));
  if (tier !== undefined) facets.push(nameFacet('tier', String(tier)));
  if (requester !== undefined) facets.push(nameFacet('requester', requester.id));
  if (assignee !== undefined) facets.push(nameFacet('assignee', assignee.id));
  const escalators = entries.filter(({ kind }) => kind === 'hand-off').map(({ author }) => author.id);
  for (const id of new Set(escalators)) facets.push(nameFacet('escalator', id));
  for (const tag of ticket.tags) facets.push(marks.gap, wordFacet('tag', tag));
  return facets.join(' ');
}

function flagsOf(ticket: Ticket, entries: readonly Entry[]): Flag[] {
  const flags: Flag[] = [ticket.status.category, isActive(ticket) ? 'active' : 'done', ticket.kind];
  if (ticket.mine) flags.push('mine');
  if (ticket.assignee === undefined) flags.push('unassigned');
  if ((ticket.tier ?? 1) > 1) flags.push('escalated');
  flags.push(...handedOn(ticket, entries));
  if (ticket.assets.length > 0) flags.push('asset');
  if (ticket.sla.length > 0) flags.push('sla');
  if (entries.some(({ attachments }) => attachments.length > 0)) flags.push('attachment');
  return flags;
}

/** It came here from others who handed it on, and maybe nobody took it yet. */
function handedOn(ticket: Ticket, entries: readonly Entry[]): Flag[] {
  if (!isActive(ticket) || !entries.some(({ kind }) => kind === 'hand-off')) return [];
  const last = escalationsOf(entries).at(-1);
  if (last?.direction !== 'onward') return [];
  return last.accepted || last.stays ? ['handed-on'] : ['handed-on', 'unaccepted'];
}
