import type { Tier } from '../../desk/ticket.ts';

/** The custom field that holds a ticket's tier, in systems that know no tiers themselves. */
export const tierField = 'Escalation Tier';

export function tierOf(values: readonly string[]): Tier | undefined {
  const number = Number(/[123]/.exec(values[0] ?? '')?.[0]);
  return number === 1 || number === 2 || number === 3 ? number : undefined;
}

/** The tier that a team's name says it is. */
export function tierOfTeam(name: string): Tier | undefined {
  const number = /\b(?:tier|level|l)\s*([123])\b/i.exec(name)?.[1];
  return number === undefined ? undefined : tierOf([number]);
}
