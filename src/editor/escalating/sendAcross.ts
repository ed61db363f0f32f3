import * as vscode from 'vscode';
import type { Draft } from '../../desk/draft.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { planAcross } from '../../replies/acrossPlan.ts';
import { parseDraft } from '../../replies/draftText.ts';
import type { Problem } from '../../replies/planned.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { tell } from '../errors.ts';
import { sayQueued, type SayQueuedDeps } from '../outbox/sayQueued.ts';

export interface AcrossDeps extends SayQueuedDeps {
  sync: SayQueuedDeps['sync'] & Pick<CommandDeps['sync'], 'escalateAcross'>;
  panels: Pick<CommandDeps['panels'], 'open'>;
  drafts: Pick<CommandDeps['drafts'], 'discard'>;
}

/** Is it a hand-off to another account? */
export function namesAccount({ kind, text }: Draft): boolean {
  const parsed = parseDraft(text);
  return kind === 'hand-off' && parsed.ok && (parsed.value.fields.account ?? '') !== '';
}

/** Sends a hand-off to another account: a ticket there, a note here that names it. */
export async function sendAcross(
  deps: AcrossDeps,
  draft: Draft,
  ticket: Ticket,
  refuse: (problem: Problem) => void,
): Promise<void> {
  const parsed = parseDraft(draft.text);
  if (!parsed.ok) {
    refuse({ message: parsed.message, line: parsed.line });
    return;
  }
  const planned = planAcross(ticket, { ...parsed.value, text: draft.text });
  if (!planned.ok) {
    refuse(planned.problem);
    return;
  }
  const { account: named, ...plan } = planned.plan;
  const account = deps.accounts.all().find(({ id, label }) => label === named || id === named);
  if (!account || account.id === ticket.accountId) {
    refuse({ message: vscode.l10n.t('There is no other account called “{0}”.', named), line: 2 });
    return;
  }
  const queued = await deps.sync.escalateAcross({
    ticket,
    ...(draft.baseRevision !== undefined && { baseRevision: draft.baseRevision }),
    ...(draft.seenUntil !== undefined && { seenUntil: draft.seenUntil }),
    steps: plan.steps,
    there: { accountId: account.id, ticket: plan.ticket },
    notes: plan.notes,
  });
  if (!queued.ok) {
    void tell(queued.error, vscode.l10n.t('Your text was not sent; the draft is kept.'));
    return;
  }
  sayQueued(deps, {
    accountId: account.id,
    label: ticket.key,
    sent: vscode.l10n.t('{0}: on its way to {1}', ticket.key, account.label),
  });
  deps.panels.open(ticket);
  await deps.drafts.discard(draft);
}
