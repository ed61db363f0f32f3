import * as vscode from 'vscode';
import { sameTicket, type Ticket } from '../../desk/ticket.ts';
import { compareUrgency } from '../../desk/urgency.ts';
import { whyFirst } from '../tickets/whyFirst.ts';
import { assignTo } from './assign.ts';
import type { CommandDeps } from './deps.ts';

/** Opens what is to be done next, and says why it is that. Run again, the one after it. */
export async function nextTicket(deps: CommandDeps): Promise<void> {
  const accountIds = deps.accounts.all().map(({ id }) => id);
  const waiting = deps.reader
    .tickets({ accountIds, mine: true, active: true, order: 'urgent' })
    .filter(({ status }) => status.category !== 'pending')
    .sort(compareUrgency);
  const present = deps.current.inFront();
  const at = present ? waiting.findIndex((ticket) => sameTicket(ticket, present)) : -1;
  const next = waiting[at + 1] ?? waiting[0];
  if (!next || (present && sameTicket(next, present))) {
    await offerUnassigned(deps, next);
    return;
  }
  deps.panels.open(next);
  const after = waiting[waiting.indexOf(next) + 1];
  const said = vscode.l10n.t(
    '{0}: number {1} of {2} that wait for you.',
    next.key,
    waiting.indexOf(next) + 1,
    waiting.length,
  );
  await explain(`${said} ${whyFirst(next, after, deps.now(), vscode.l10n.t)}`);
}

/** Nothing (else) waits for the user: the most urgent of what nobody has is offered. */
async function offerUnassigned(deps: CommandDeps, last: Ticket | undefined): Promise<void> {
  const accountIds = deps.accounts.all().map(({ id }) => id);
  const teams = [...new Set(deps.accounts.all().flatMap((account) => account.teams ?? []))];
  const free = { accountIds, assigned: false, active: true, ...(teams.length > 0 && { teams }) };
  const [first] = deps.reader.tickets({ ...free, order: 'urgent', limit: 1 });
  const nothing = last
    ? vscode.l10n.t('Nothing but {0} waits for you.', last.key)
    : vscode.l10n.t('Nothing waits for you.');
  if (!first) {
    void vscode.window.showInformationMessage(nothing);
    return;
  }
  const take = vscode.l10n.t('Take It');
  const open = vscode.l10n.t('Open');
  const offer = vscode.l10n.t('Nobody has {0} yet: {1}', first.key, first.subject);
  const chosen = await vscode.window.showInformationMessage(`${nothing} ${offer}`, take, open);
  if (chosen === undefined) return;
  deps.panels.open(first);
  const me = deps.reader.accountState(first.accountId)?.me;
  if (chosen === take && me) await assignTo(deps, [first], me);
}

async function explain(said: string): Promise<void> {
  const rule = vscode.l10n.t('What Is the Rule?');
  if ((await vscode.window.showInformationMessage(said, rule)) !== rule) return;
  await vscode.window.showInformationMessage(vscode.l10n.t('What comes next?'), {
    modal: true,
    detail: vscode.l10n.t(
      'Of your tickets that are not pending: first what is due first (the first response or the solution, whichever runs out earlier; a paused clock does not count), then the higher priority, then the older one. Run the command again for the one after it.',
    ),
  });
}
