import { wholeWords } from './literal.ts';
import type { Ticket, Tier } from './ticket.ts';

/** Where a ticket can be handed to, and what it gets there, in the backend's own labels. */
export interface Target {
  /** What people call it: the team's own name where it has no other. */
  name: string;
  tier?: Tier;
  /** Absent: the ticket stays with its team. */
  team?: string;
  /** A person's id or sign-in name. */
  assignee?: string;
  priority?: string;
  /** Added to the ticket's own. */
  tags?: string[];
  /** A calendar (`.ics`) or a rota (`.yaml`) that says who is on call there. */
  onCall?: string;
  /** Words of a subject, tag, asset or field that speak for this target: a category, a service. */
  for?: string[];
  /** Who is kept informed: ids, addresses or names. */
  watchers?: string[];
  /** Somebody who is told and decides: the ticket stays where it is. */
  manager?: boolean;
}

/** Each place once: those of the settings first, then the teams of the backend that none of them speaks of. */
export function targetsOf(
  configured: readonly Target[],
  teams: readonly { name: string; tier?: Tier }[],
): Target[] {
  const tierOf = new Map(teams.map(({ name, tier }) => [name, tier]));
  const named = configured.map((target) => {
    const tier = target.tier ?? tierOf.get(target.team ?? '');
    return { ...target, ...(tier !== undefined && { tier }) };
  });
  const covered = new Set(configured.map(({ team }) => team));
  return [
    ...named,
    ...teams.filter(({ name }) => !covered.has(name)).map((team) => ({ ...team, team: team.name })),
  ];
}

/** The words of a target that a ticket has in its subject, tags, assets or fields. */
export function wordsInCommon(
  target: Pick<Target, 'for'>,
  ticket: Pick<Ticket, 'subject' | 'tags' | 'assets' | 'customFields'>,
): string[] {
  const said = [
    ticket.subject,
    ...ticket.tags,
    ...ticket.assets,
    ...ticket.customFields.flatMap(({ values }) => values),
  ].join('\n');
  return (target.for ?? []).filter((word) => hasWord(said, word));
}

function hasWord(text: string, word: string): boolean {
  const wanted = word.trim();
  return wanted !== '' && new RegExp(wholeWords([wanted]), 'iu').test(text);
}
