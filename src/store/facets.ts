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
  gap: '\uE00F',
} as const;
const joint = '\uE010';

type WordFacet = 'status' | 'team' | 'tag' | 'priority';
type NameFacet = 'account' | 'requester' | 'assignee' | 'channel' | 'tier' | 'flag';

/** The one that every ticket has. */
export const anyFacet = marks.any;

/** Words of a label, to be found in a row. */
export function wordFacet(facet: WordFacet, label: string): string {
  const words = label.split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u).filter((word) => word !== '');
  return words.map((word) => marks[facet] + word).join(' ');
}

/** One name as a whole. */
export function nameFacet(facet: NameFacet, name: string): string {
  return marks[facet] + name.replace(/[^\p{L}\p{N}]/gu, joint);
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
  ];
  if (team !== undefined) facets.push(wordFacet('team', team));
  if (tier !== undefined) facets.push(nameFacet('tier', String(tier)));
  if (requester !== undefined) facets.push(nameFacet('requester', requester.id));
  if (assignee !== undefined) facets.push(nameFacet('assignee', assignee.id));
  for (const tag of ticket.tags) facets.push(marks.gap, wordFacet('tag', tag));
  return facets.join(' ');
}

function flagsOf(ticket: Ticket, entries: readonly Entry[]): Flag[] {
  const flags: Flag[] = [ticket.status.category, isActive(ticket) ? 'active' : 'done', ticket.kind];
  if (ticket.mine) flags.push('mine');
  if (ticket.assignee === undefined) flags.push('unassigned');
  if ((ticket.tier ?? 1) > 1) flags.push('escalated');
  if (ticket.assets.length > 0) flags.push('asset');
  if (ticket.sla.length > 0) flags.push('sla');
  if (entries.some(({ attachments }) => attachments.length > 0)) flags.push('attachment');
  return flags;
}
