import * as vscode from 'vscode';
import { fieldsBefore, type Intent, type TicketFields } from '../../desk/operation.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { tell } from '../errors.ts';
import type { CommandDeps } from './deps.ts';

/** Queues a change of fields and offers to take it back. */
export async function changeFields(
  deps: Pick<CommandDeps, 'sync' | 'reader'>,
  change: { ticket: Ticket; intent: Intent; fields: TicketFields; said: string },
): Promise<void> {
  const { ticket, intent, fields, said } = change;
  const before = fieldsBefore(ticket, fields);
  const queued = await deps.sync.enqueue({
    accountId: ticket.accountId,
    ticket,
    label: ticket.key,
    intent,
    steps: [{ type: 'update', fields, before }],
  });
  if (!queued.ok) {
    await tell(queued.error, vscode.l10n.t('{0} was not changed.', ticket.key));
    return;
  }
  const undo = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(said, undo)) !== undo) return;
  const unsent = deps.reader.operation(queued.value.id);
  if (unsent && unsent.state !== 'confirmed' && (await deps.sync.discard(unsent.id)).ok) return;
  const now = deps.reader.ticket(ticket) ?? ticket;
  const undone = await deps.sync.enqueue({
    accountId: ticket.accountId,
    ticket: now,
    label: ticket.key,
    intent,
    steps: [{ type: 'update', fields: before, before: fieldsBefore(now, before) }],
  });
  if (!undone.ok) await tell(undone.error, vscode.l10n.t('{0} stays as it was changed.', ticket.key));
}

/** Says that the account can't do this, where that is known. Gives whether it can. */
export function can(
  deps: Pick<CommandDeps, 'reader' | 'accounts'>,
  ticket: Ticket,
  capability: 'setStatus' | 'assign' | 'interactionLog',
): boolean {
  if (deps.reader.accountState(ticket.accountId)?.capabilities?.[capability] !== false) return true;
  const label = deps.accounts.get(ticket.accountId)?.label ?? ticket.accountId;
  void vscode.window.showWarningMessage(
    vscode.l10n.t('"{0}" does not let you do that with {1}. Nothing was changed.', label, ticket.key),
  );
  return false;
}
