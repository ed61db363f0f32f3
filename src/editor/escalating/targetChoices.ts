import { targetsOf, wordsInCommon, type Target } from '../../desk/target.ts';
import { isActive, type Ticket, type Tier } from '../../desk/ticket.ts';
import type { Translate } from '../translate.ts';
import { likelyTargets } from './likelyTargets.ts';

/** A place a ticket can go to, and what speaks for it. */
export interface TargetChoice {
  target: Target;
  reasons: string[];
}

export interface Places {
  configured: readonly Target[];
  teams: readonly { name: string; tier?: Tier }[];
  /** Tickets of the account: where similar ones went, and how much each team has. */
  known: readonly Ticket[];
}

/** Where a ticket can go, the likeliest first: what its words name, then a higher tier, then where similar ones went. */
export function targetChoices(
  ticket: Ticket,
  { configured, teams, known }: Places,
  t: Translate,
): TargetChoice[] {
  const similar = likelyTargets(ticket, known);
  const open = new Map<string, number>();
  for (const { team, status } of known) {
    if (team !== undefined && isActive({ status })) open.set(team, (open.get(team) ?? 0) + 1);
  }
  const above = ({ tier }: Target) => (tier ?? 0) > (ticket.tier ?? 1);
  return targetsOf(configured, teams)
    .filter((target) => target.manager || target.team !== ticket.team || target.assignee !== undefined)
    .map((target) => ({
      target,
      words: wordsInCommon(target, ticket),
      alike: similar.get(target.team ?? '') ?? 0,
      load: open.get(target.team ?? '') ?? 0,
    }))
    .sort(
      (a, b) =>
        Number(a.target.manager ?? false) - Number(b.target.manager ?? false) ||
        b.words.length - a.words.length ||
        Number(above(b.target)) - Number(above(a.target)) ||
        b.alike - a.alike ||
        (a.target.tier ?? 9) - (b.target.tier ?? 9) ||
        a.load - b.load,
    )
    .map(({ target, words, alike, load }) => ({
      target,
      reasons: [
        target.tier === undefined ? '' : t('tier {0}', target.tier),
        target.manager ? t('the ticket stays with its team') : '',
        words.length === 0 ? '' : t('speaks of {0}', words.join(', ')),
        alike === 0
          ? ''
          : alike === 1
            ? t('1 similar ticket is theirs')
            : t('{0} similar tickets are theirs', alike),
        load === 0 ? '' : t('{0} open there', load),
        target.team === undefined || target.team === target.name ? '' : target.team,
      ].filter((reason) => reason !== ''),
    }));
}
