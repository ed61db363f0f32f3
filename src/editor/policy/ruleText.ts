import type { Rule, RuleConditions } from '../../desk/policy/policy.ts';
import type { Translate } from '../translate.ts';

const minute = 60_000;

/** When a rule applies, in a sentence's half: `reassigned 3 times and P1 or P2`. */
export function conditionText(when: RuleConditions, t: Translate): string {
  const either = (values: readonly string[]) => values.join(t(' or '));
  const { priority, team, kind, tag, breach, unresolved, replies, reassignments, reopenings, words } = when;
  return [
    priority && either(priority.map((rank) => `P${rank}`)),
    team && t('with {0}', either(team)),
    kind && t('kind {0}', either(kind)),
    tag && t('tag {0}', either(tag)),
    breach !== undefined && (breach === 0 ? t('overdue') : t('due within {0}', durationText(breach, t))),
    unresolved !== undefined && t('not resolved {0} after it was opened', durationText(unresolved, t)),
    replies && t('the requester wrote again {0}', timesText(replies, t)),
    reassignments && t('reassigned {0}', timesText(reassignments, t)),
    reopenings && t('reopened {0}', timesText(reopenings, t)),
    words && t('speaks of {0}', either(words)),
  ]
    .filter((part) => typeof part === 'string')
    .join(t(' and '));
}

/** What a rule does: `sends it to Tier 2`. */
export function actionText({ then, to = '' }: Pick<Rule, 'then' | 'to'>, t: Translate): string {
  switch (then) {
    case 'suggest':
      return to === '' ? t('suggests to escalate') : t('suggests to escalate to {0}', to);
    case 'remind':
      return t('reminds');
    case 'draft':
      return t('prepares the hand-off to {0}', to);
    case 'send':
      return t('hands it on to {0} by itself', to);
  }
}

function durationText(ms: number, t: Translate): string {
  const minutes = ms / minute;
  if (minutes % 1440 === 0) return minutes === 1440 ? t('1 day') : t('{0} days', minutes / 1440);
  return minutes % 60 === 0 ? t('{0} h', minutes / 60) : t('{0} min', minutes);
}

function timesText(count: number, t: Translate): string {
  return count === 1 ? t('once') : t('{0} times', count);
}
