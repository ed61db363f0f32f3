import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import { Approvals } from '../approvals.ts';
import { choosePolicy } from './choosePolicy.ts';
import { ruleHash, type PolicyFile } from './policyFiles.ts';
import { actionText, conditionText } from './ruleText.ts';

/**
 * Has the user read the policy, and lets it take effect on this machine; of rules that send by themselves each alone.
 * Whether it was approved.
 */
export async function approvePolicy({ memory }: Pick<CommandDeps, 'memory'>): Promise<boolean> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'You have not said that you trust this workspace, so its escalation policy does nothing.',
      ),
    );
    return false;
  }
  const file = await choosePolicy(vscode.l10n.t('Approve Escalation Policy'));
  if (!file?.policy) return false;
  const approvals = new Approvals(memory);
  if (approvals.has(file.hash) && !(await wantsChange(approvals, file))) return false;
  const { rules } = file.policy;
  const approve = vscode.l10n.t('Approve');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Let this escalation policy take effect on this computer?'),
    {
      modal: true,
      detail: [
        ...rules.map(
          (rule) =>
            `• ${rule.name}: ${conditionText(rule.when, vscode.l10n.t)} → ${actionText(rule, vscode.l10n.t)}`,
        ),
        '',
        vscode.l10n.t('When the file changes, you are asked again.'),
      ].join('\n'),
    },
    approve,
  );
  if (chosen !== approve) return false;
  await approvals.add(file.hash);
  for (const rule of rules.filter(({ then }) => then === 'send')) {
    const send = vscode.l10n.t('Let It Send');
    const draft = vscode.l10n.t('Only Prepare the Hand-Off');
    const answer = await vscode.window.showWarningMessage(
      vscode.l10n.t('May the rule “{0}” hand on your tickets by itself?', rule.name),
      {
        modal: true,
        detail: vscode.l10n.t(
          'When a ticket of yours is {0}, it goes to {1} with an internal note that is made of its timeline. Nothing is sent to requesters.',
          conditionText(rule.when, vscode.l10n.t),
          rule.to ?? '',
        ),
      },
      send,
      draft,
    );
    const hash = ruleHash(file, rule);
    if (answer === send) await approvals.add(hash);
    else await approvals.remove(hash);
  }
  vscode.window.setStatusBarMessage(`$(check) ${vscode.l10n.t('The escalation policy is in force')}`, 5000);
  return true;
}

async function wantsChange(approvals: Approvals, file: PolicyFile): Promise<boolean> {
  const again = vscode.l10n.t('Review Again');
  const withdraw = vscode.l10n.t('Withdraw');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('This escalation policy is in force on this computer.'),
    again,
    withdraw,
  );
  if (chosen === withdraw) {
    await approvals.remove(file.hash);
    for (const rule of file.policy?.rules ?? []) await approvals.remove(ruleHash(file, rule));
    vscode.window.setStatusBarMessage(vscode.l10n.t('The escalation policy does nothing any more'), 5000);
  }
  return chosen === again;
}
