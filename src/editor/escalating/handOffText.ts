import type { Capabilities } from '../../desk/capabilities.ts';
import {
  formatHandOff,
  handOffSections,
  recipientText,
  type HandOff,
  type HandOffSection,
} from '../../desk/handOff.ts';
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

/** People who are to be kept informed. */
export interface Informed {
  /** As the draft names them. */
  known: readonly string[];
  /** Whom the account does not know. */
  unknown: readonly string[];
}

export interface HandOffAct {
  target: Target;
  /** Several teams, which the target names, work on it together: the ticket stays. */
  swarm?: boolean;
  /** Why it is handed on, in a few words. */
  reason: string;
  /** What is known already. */
  sections: Record<HandOffSection, string>;
  /** The sections that the target wants filled in. */
  required: readonly HandOffSection[];
  /** Proposed as assignee: who the target names, or who is on call there. */
  assignee?: string | undefined;
  informed?: Informed | undefined;
  capabilities: Partial<Capabilities> | undefined;
  now: Instant;
}

/** The hand-off as a draft: where the ticket goes and what it gets there, then what is known, then what is missing. */
export function handOffText(ticket: Ticket, act: HandOffAct, t: Translate): BegunText {
  const { sections } = act;
  return draftOf(fieldsOf(ticket, act, t), { to: nameOf(act), sections }, hints(act, t));
}

/** A hand-off under its front matter, with hints below, to be written on where nothing is known. */
export function draftOf(
  fields: Record<string, string | undefined>,
  handOff: HandOff,
  hintLines: readonly string[],
): BegunText {
  const body = formatHandOff(handOff).replace(emptyHypothesis, `${emptyHypothesis}\n\n`);
  const text = formatDraft(fields, `${body}\n${comment(hintLines.join('\n'))}\n`);
  const hypothesis = text.indexOf(emptyHypothesis);
  return { text, cursor: hypothesis === -1 ? text.length : hypothesis + emptyHypothesis.length };
}

function nameOf({ target: { name, tier, manager }, swarm }: HandOffAct): string {
  return recipientText(name, swarm ? 'swarm' : manager ? 'manager' : tier);
}

function canWatch({ capabilities }: HandOffAct): boolean {
  return capabilities === undefined || (capabilities.watchers?.includes('watcher') ?? false);
}

function fieldsOf(ticket: Ticket, act: HandOffAct, t: Translate): Record<string, string | undefined> {
  const { target, reason, assignee, capabilities, informed, now, swarm } = act;
  const clock = urgentClock(ticket);
  const can = (capability: keyof Capabilities) => capabilities?.[capability] !== false;
  return {
    ...(swarm || target.manager
      ? { [swarm ? 'swarm' : 'manager']: target.name }
      : {
          ...(can('setTeam') && { team: target.team ?? ticket.team }),
          ...(can('setTier') && { tier: target.tier?.toString() }),
          assignee,
          priority: target.priority ?? ticket.priority.name,
        }),
    ...(can('setTags') && { tags: target.tags?.join(', ') }),
    ...(canWatch(act) && { watchers: informed?.known.join(', ') }),
    reason,
    sla: (clock && clockLine(clock, now, t)) || undefined,
    ...(can('publicReply') && { message: undefined }),
  };
}

function hints(act: HandOffAct, t: Translate): string[] {
  const { target, sections, required, capabilities, informed = { known: [], unknown: [] } } = act;
  const able = canWatch(act);
  const untold = able ? informed.unknown : [...informed.known, ...informed.unknown];
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
    untold.length === 0
      ? ''
      : able
        ? t('Nobody here is called {0}: tell them yourself.', untold.join(', '))
        : t('This account has no watchers, or you may not add any: tell {0} yourself.', untold.join(', ')),
    capabilities?.publicReply === false
      ? ''
      : t('message: what the requester is told, in public, once the rest is done. Empty: nothing.'),
  ].filter((hint) => hint !== '');
}
