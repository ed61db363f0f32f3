import * as vscode from 'vscode';
import { isPublic, type Operation } from '../../desk/operation.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Sync } from '../../sync/api.ts';
import { confirmPublic } from '../confirmPublic.ts';
import { tell } from '../errors.ts';

export interface ResendDeps {
  reader: Pick<StoreReader, 'ticket'>;
  sync: Pick<Sync, 'retry'>;
  memory: vscode.Memento;
}

/** Sends what stopped once more, `force` past a conflict. What the requester will read is named so before. */
export async function resend(deps: ResendDeps, operation: Operation, force: boolean): Promise<void> {
  if (isPublic(operation) && !(await confirmed(deps, operation, force))) return;
  const sent = await deps.sync.retry(operation.id, { force });
  if (!sent.ok) await tell(sent.error, vscode.l10n.t('It is still in the outbox.'));
}

async function confirmed(
  { reader, memory }: ResendDeps,
  operation: Operation,
  force: boolean,
): Promise<boolean> {
  const { accountId, ticketId, label, state } = operation;
  const ticket = ticketId === undefined ? undefined : reader.ticket({ accountId, id: ticketId });
  if (force)
    return ask(ticket, label, vscode.l10n.t('Something was written meanwhile that you may not have seen.'));
  if (state === 'unknown') {
    return ask(ticket, label, vscode.l10n.t('It may have arrived already, and would be read twice then.'));
  }
  return confirmPublic(memory, ticket, label);
}

/** Asked each time: this is not what the user once agreed not to be asked about. */
async function ask(ticket: Ticket | undefined, label: string, why: string): Promise<boolean> {
  const send = vscode.l10n.t('Send Public Reply');
  const reader = ticket?.requester?.name ?? vscode.l10n.t('the requester');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Send this to {0} all the same?', reader),
    {
      modal: true,
      detail: [
        why,
        vscode.l10n.t('It is public: {0} and everyone who can see {1} will read it.', reader, label),
      ].join('\n'),
    },
    send,
  );
  return answer === send;
}
