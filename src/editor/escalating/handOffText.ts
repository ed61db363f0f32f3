import type { Capabilities } from '../../desk/capabilities.ts';
import { formatHandOff, handOffSections, type HandOffSection } from '../../desk/handOff.ts';
import type { Target } from '../../desk/target.ts';
import type { Instant, Ticket } from '../../desk/ticket.ts';
import { urgentClock } from '../../desk/urgency.ts';
import { formatDraft } from '../../replies/draftText.ts';
import { comment } from '../../replies/passages.ts';
import type { Translate } from '../translate.ts';
import type { BegunText } from './acts.ts';
import { clockLine } from './facts.ts';

/** Where the writing begins. */
const emptyHypothesis = '### Hypothesis\n\n';

export interface HandOffAct {
  target: Target;
  /** Why it is handed on, in a few words. */
  reason: string;
  /** What is known already. */
  sections: Record<HandOffSection, string>;
  /** The sections that the target wants filled in. */
  required: readonly HandOffSection[];
  /** Proposed as assignee: who the target names, or who is on call there. */
  assignee?: string | undefined;
  capabilities: Partial<Capabilities> | undefined;
  now: Instant;
}

/** The hand-off as a draft: where the ticket goes and what it gets there, then what is known, then what is missing. */
export function handOffText(ticket: Ticket, act: HandOffAct, t: Translate): BegunText {
  const { target, sections } = act;
  const body = formatHandOff({ to: nameOf(target), sections }).replace(
    emptyHypothesis,
    `${emptyHypothesis}\n\n`,
  );
  const text = formatDraft(fieldsOf(ticket, act, t), `${body}\n${comment(hints(act, t).join('\n'))}\n`);
  const hypothesis = text.indexOf(emptyHypothesis);
  return { text, cursor: hypothesis === -1 ? text.length : hypothesis + emptyHypothesis.length };
}

function nameOf({ name, tier, manager }: Target): string {
  if (manager) return `${name} (manager)`;
  return tier === undefined ? name : `${name} (tier ${tier})`;
}

function fieldsOf(
  ticket: Ticket,
  { target, reason, assignee, capabilities, now }: HandOffAct,
  t: Translate,
): Record<string, string | undefined> {
  const clock = urgentClock(ticket);
  const can = (capability: keyof Capabilities) => capabilities?.[capability] !== false;
  return {
    ...(target.manager
      ? { manager: target.name }
      : {
          ...(can('setTeam') && { team: target.team ?? ticket.team }),
          ...(can('setTier') && { tier: target.tier?.toString() }),
          assignee,
          priority: target.priority ?? ticket.priority.name,
        }),
    ...(can('setTags') && { tags: target.tags?.join(', ') }),
    reason,
    sla: (clock && clockLine(clock, now, t)) || undefined,
    ...(can('publicReply') && { message: undefined }),
  };
}

function hints({ target, sections, required, capabilities }: HandOffAct, t: Translate): string[] {
  const headings = (wanted: (id: HandOffSection) => boolean) =>
    handOffSections
      .filter(({ id }) => wanted(id))
      .map(({ heading }) => heading)
      .join(', ');
  return [
    t(
      'Nothing is known yet of: {0}. What stays empty is not sent.',
      headings((id) => sections[id] === ''),
    ),
    required.length === 0
      ? ''
      : t(
          '{0} wants these to be filled in: {1}.',
          target.name,
          headings((id) => required.includes(id)),
        ),
    capabilities?.publicReply === false
      ? ''
      : t('message: what the requester is told, in public, once the rest is done. Empty: nothing.'),
  ].filter((hint) => hint !== '');
}
