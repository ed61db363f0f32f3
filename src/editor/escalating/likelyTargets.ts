import type { Ticket } from '../../desk/ticket.ts';
import { wordsOf } from '../../runbooks/words.ts';

/** So many words of the subject must be shared, or all where there are fewer. */
const shared = 2;

/** How many similar tickets each team has or had: where one like this is likely to be solved. */
export function likelyTargets(
  ticket: Pick<Ticket, 'accountId' | 'id' | 'subject' | 'tags'>,
  known: readonly Pick<Ticket, 'accountId' | 'id' | 'subject' | 'tags' | 'team'>[],
): Map<string, number> {
  const words = new Set(wordsOf(ticket.subject));
  const needed = Math.min(shared, words.size);
  const counts = new Map<string, number>();
  if (needed === 0) return counts;
  for (const one of known) {
    if (one.team === undefined || (one.id === ticket.id && one.accountId === ticket.accountId)) continue;
    const common = new Set(wordsOf(one.subject).filter((word) => words.has(word))).size;
    if (common >= needed) counts.set(one.team, (counts.get(one.team) ?? 0) + 1);
  }
  return counts;
}
