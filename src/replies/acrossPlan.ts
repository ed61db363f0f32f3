import { emptyHandOff, parseHandOff, sectionsLacking, handOffSections } from '../desk/handOff.ts';
import { fieldsBefore, type NewTicket, type Step } from '../desk/operation.ts';
import { linkedName, linkedPlace } from '../desk/pair.ts';
import type { Ticket } from '../desk/ticket.ts';
import { withoutEmptySections } from './passages.ts';
import { lineAfterFields, type Problem } from './planned.ts';

/** What sending a hand-off to another account does: a ticket there, and steps here that name it. */
export interface AcrossPlan {
  /** As the draft names it. */
  account: string;
  ticket: NewTicket;
  steps: Step[];
  notes: boolean;
}

export type PlannedAcross = { ok: true; plan: AcrossPlan } | { ok: false; problem: Problem };

/** A hand-off whose front matter names an account: what it takes, or what is missing. Sends nothing. */
export function planAcross(
  ticket: Ticket,
  { fields, body, text }: { fields: Record<string, string>; body: string; text: string },
): PlannedAcross {
  const { account = '', team, priority, status, reason, notes = '' } = fields;
  const handOff = parseHandOff(body) ?? emptyHandOff();
  if (sectionsLacking(handOff).length === handOffSections.length) {
    return refused(
      'The hand-off is still empty: say what is happening and what was tried.',
      lineAfterFields(text),
    );
  }
  if (notes !== '' && notes !== 'yes' && notes !== 'no') return refused('"notes" is yes or no.', 2);
  const written = withoutEmptySections(body);
  const why = reason ? `**Reason:** ${reason}` : '';
  const steps: Step[] = [
    {
      type: 'post',
      kind: 'hand-off',
      visibility: 'internal',
      body: below(written, [`**Linked ticket:** ${linkedPlace}`, why]),
    },
  ];
  if (status) {
    const update = { status };
    steps.push({ type: 'update', fields: update, before: fieldsBefore(ticket, update) });
  }
  return {
    ok: true,
    plan: {
      account,
      ticket: {
        subject: ticket.subject,
        description: below(written, [`**Escalated from:** ${linkedName(ticket)}`, why]),
        kind: ticket.kind,
        channel: 'other',
        tags: [],
        ...(team ? { team } : {}),
        ...(priority ? { priority } : {}),
      },
      steps,
      notes: notes === 'yes',
    },
  };
}

/** Lines below the title, where everybody looks first. */
function below(text: string, lines: readonly string[]): string {
  const said = lines.filter((line) => line !== '').join('\n\n');
  const title = /^## .*$/m.exec(text)?.[0];
  return title === undefined ? `${said}\n\n${text}` : text.replace(title, () => `${title}\n\n${said}`);
}

function refused(message: string, line: number): PlannedAcross {
  return { ok: false, problem: { message, line } };
}
