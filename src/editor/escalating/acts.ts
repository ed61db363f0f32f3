import type { Entry } from '../../desk/entry.ts';
import { escalationsOf, type Escalation } from '../../desk/escalation.ts';
import { formatHandBack } from '../../desk/handBack.ts';
import { fieldsBefore, type Step } from '../../desk/operation.ts';
import type { Person, Ticket } from '../../desk/ticket.ts';
import { formatDraft } from '../../replies/draftText.ts';
import { personText } from '../../replies/handOffPlan.ts';
import { comment } from '../../replies/passages.ts';
import type { Translate } from '../translate.ts';

/** A draft as it is begun; `cursor` is where the writing goes on. */
export interface BegunText {
  text: string;
  cursor: number;
}

/** Takes a ticket over, with a word to those it came from. */
export function acceptSteps(ticket: Ticket, me: Person, message: string): Step[] {
  const fields = { assignee: me.id };
  const update: Step = { type: 'update', fields, before: fieldsBefore(ticket, fields) };
  const word = message.trim();
  if (word === '') return [update];
  return [{ type: 'post', kind: 'note', visibility: 'internal', body: `**Accepted.** ${word}` }, update];
}

/** The hand-off that brought a ticket where it is now. */
export function arrivalOf(ticket: Ticket, entries: readonly Entry[]): Escalation | undefined {
  return escalationsOf(entries).findLast(
    ({ direction, stays, to }) =>
      direction === 'onward' && !stays && (to === undefined || to === ticket.team),
  );
}

/** Where a ticket goes back to, and why. */
export interface BackTo {
  team: string;
  /** Who handed it on, where that is known. */
  person?: Person | undefined;
  /** What it was before; nothing where the account keeps no tiers. */
  tier?: string | undefined;
  /** A line each; `undefined` where all is done that it came for. */
  missing: readonly string[] | undefined;
}

/** The note that gives a ticket back: with what is missing, or with what was found and done. */
export function handBackText({ team, person, tier, missing }: BackTo, t: Translate): BegunText {
  const fields = {
    team,
    ...(tier !== undefined && { tier }),
    assignee: person && personText(person),
    reason: undefined,
  };
  const headings = [t('What was found'), t('What was done'), t('What is left to do')];
  const note = formatHandBack({
    to: team,
    done: missing === undefined,
    missing: [...(missing ?? [])],
    text: missing ? '' : headings.map((heading) => `### ${heading}\n\n`).join('\n'),
  });
  const text = formatDraft(fields, note);
  const hint = missing
    ? t('Internal. One line for each thing they must add before it comes back.')
    : t('Internal. Say what was found and done, and what the requester may be told.');
  const first = text.indexOf(headings[0] ?? '');
  return {
    text: `${text}\n\n${comment(hint)}\n`,
    cursor: missing || first === -1 ? text.length : text.indexOf('\n', first) + 2,
  };
}

/** The tier a ticket had before the one it has. */
export function tierBefore(ticket: Ticket, entries: readonly Entry[]): string {
  const change = entries
    .flatMap(({ changes }) => changes)
    .findLast(({ field, to }) => field === 'tier' && to === String(ticket.tier));
  return change?.from ?? '1';
}

/** The note that asks another team; the ticket stays where it is. */
export function consultText(team: string, t: Translate): BegunText {
  const text = `## ${t('Question to {0}', team)}\n\n`;
  const hint = t('Internal. Say what you have seen, what you think, and what you need to know.');
  return { text: `${text}\n\n${comment(hint)}\n`, cursor: text.length };
}
