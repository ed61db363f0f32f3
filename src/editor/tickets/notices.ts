import type { Account } from '../../desk/account.ts';
import { needsReload, type DeskError } from '../../desk/errors.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { AccountState } from '../../store/api.ts';
import type { AccountProblem } from '../accountRules.ts';
import { isPassing } from '../statusText.ts';
import type { Translate } from '../translate.ts';
import type { AccountNode, ProblemsNode } from './ticketNodes.ts';

export interface DeskCondition {
  accounts: readonly Account[];
  state(accountId: string): AccountState | undefined;
  /** Entries of the setting that can't be used. */
  settingProblems: readonly AccountProblem[];
  /** Why the store can't be read. */
  storeProblem: DeskError | undefined;
}

/** Rows for what the user has to see to, so that an outage never looks like an empty queue. */
export function noticesOf(condition: DeskCondition, t: Translate): (AccountNode | ProblemsNode)[] {
  const notices: (AccountNode | ProblemsNode)[] = [];
  if (condition.storeProblem) notices.push(storeNotice(condition.storeProblem, t));
  if (condition.settingProblems.length > 0) {
    notices.push({
      type: 'problems',
      id: 'problems:settings',
      label:
        condition.settingProblems.length === 1
          ? t('An account in the settings can’t be used')
          : t('{0} accounts in the settings can’t be used', condition.settingProblems.length),
      problems: condition.settingProblems.map(({ position, field }) =>
        t('"deskside.accounts": entry {0} is left out because of its "{1}".', position, field),
      ),
    });
  }
  for (const { id, label } of condition.accounts) {
    const state = condition.state(id);
    if (!state) continue;
    if (state.error && !isPassing(state.error)) {
      notices.push({ type: 'account', id: `account:${id}`, accountId: id, label, error: state.error });
    }
    const { problems, leftOut = [] } = state;
    if (problems.length + leftOut.length > 0) {
      notices.push({
        type: 'problems',
        id: `problems:${id}`,
        label: unreadLabel(label, problems.length, leftOut.length, t),
        problems: [...problems, ...leftOut],
      });
    }
  }
  return notices;
}

function unreadLabel(account: string, problems: number, leftOut: number, t: Translate): string {
  if (problems > 0) return t('{0}: not everything could be read', account);
  return leftOut === 1
    ? t('{0}: a ticket could not be read', account)
    : t('{0}: {1} tickets could not be read', account, leftOut);
}

function storeNotice(problem: DeskError, t: Translate): ProblemsNode {
  const reload = needsReload(problem);
  return {
    type: 'problems',
    id: 'problems:store',
    label: reload
      ? t('Read-only: reload this window to use the new Deskside')
      : t('Tickets can’t be read from this computer'),
    problems: [problem.message],
    ...(reload && { reload }),
  };
}

/** One line above the tickets while an account can't be reached. */
export function offlineMessage(
  condition: Pick<DeskCondition, 'accounts' | 'state'>,
  time: (at: Instant) => string,
  t: Translate,
): string | undefined {
  const lines: string[] = [];
  for (const { id, label } of condition.accounts) {
    const state = condition.state(id);
    if (!state?.error || !isPassing(state.error) || state.error.reason === 'cancelled') continue;
    lines.push(
      state.lastSyncedAt === undefined
        ? t('{0} can’t be reached and was never synced.', label)
        : t('{0} can’t be reached: last synced {1}.', label, time(state.lastSyncedAt)),
    );
  }
  return lines.length > 0 ? lines.join(' ') : undefined;
}
