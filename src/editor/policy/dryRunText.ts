import type { Period, Proof, RuleOutcome } from '../../desk/policy/dryRun.ts';
import { oneLine } from '../../desk/plainText.ts';
import { isActive, type Instant } from '../../desk/ticket.ts';
import type { Translate } from '../translate.ts';
import { actionText, conditionText } from './ruleText.ts';
import { tableOf } from '../markdownTable.ts';

export interface DryRunReport {
  outcomes: readonly RuleOutcome[];
  /** Looked at. */
  tickets: number;
  /** What people call the period: `last month`. */
  period: string;
  during: Period;
  milliseconds: number;
  /** A moment as people read it. */
  time: (at: Instant) => string;
}

/** Of each rule, so many tickets are listed. */
const mostListed = 100;

/** What a policy would have done, as Markdown: how often, how rightly, and for which tickets. */
export function dryRunText(report: DryRunReport, t: Translate): string {
  const { outcomes, tickets, period, milliseconds, time } = report;
  const sum = outcomes.flatMap(({ firings }) => firings);
  return (
    [
      `# ${t('Dry run of the escalation policy: {0}', period)}`,
      t(
        '{0} tickets on this computer were looked at, in {1} ms. Nothing was sent or changed.',
        tickets,
        milliseconds,
      ),
      t('The policy would have fired {0} times, {1} of them rightly.', sum.length, rightly(sum)),
      tableOf(
        [3, 4],
        [t('Rule'), t('Applies'), t('Does'), t('Fired'), t('Rightly')],
        outcomes.map(({ rule, firings }) => [
          rule.name,
          conditionText(rule.when, t),
          actionText(rule, t),
          String(firings.length),
          String(rightly(firings)),
        ]),
      ),
      t(
        '_Rightly_ means that what happened afterwards bears the rule out: the ticket was handed on, moved to another team, reopened, or missed its target. A rule counts once for each ticket, when it first applied. What a ticketing system gives only as a total (reassignments, reopenings) is dated by the timeline.',
      ),
      ...outcomes.flatMap(({ rule, firings }) => [
        `## ${oneLine(rule.name)}`,
        firings.length === 0
          ? t('Would not have fired.')
          : firings
              .slice(0, mostListed)
              .map(
                ({ ticket, at, proof }) =>
                  `- ${ticket.key} ${oneLine(ticket.subject)} (${time(at)}): ${proofText(proof, isActive(ticket), t)}`,
              )
              .join('\n'),
        ...(firings.length > mostListed ? [t('… and {0} more.', firings.length - mostListed)] : []),
      ]),
    ].join('\n\n') + '\n'
  );
}

function rightly(firings: readonly { proof?: Proof }[]): number {
  return firings.filter(({ proof }) => proof !== undefined).length;
}

function proofText(proof: Proof | undefined, isOpen: boolean, t: Translate): string {
  switch (proof) {
    case 'handed-on':
      return t('then handed on');
    case 'moved':
      return t('then moved to another team');
    case 'reopened':
      return t('then reopened');
    case 'missed-target':
      return t('then missed its target');
    case undefined:
      return isOpen ? t('nothing of that so far; still open') : t('solved without it');
  }
}
