import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Result } from '../../desk/errors.ts';
import type { StoredLink } from '../../desk/links.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';

export interface LinkDeps {
  reader: Pick<CommandDeps['reader'], 'accountState'>;
  writer: Pick<CommandDeps['writer'], 'run'>;
  now: CommandDeps['now'];
}

/** Keeps here that a document belongs to a ticket; what came of it, where that is known. */
export function keepLink(
  { reader, writer, now }: LinkDeps,
  ticket: Ticket,
  link: Pick<StoredLink, 'document' | 'outcome'>,
): Promise<Result<unknown>> {
  return writer.run('putLink', {
    id: randomUUID(),
    ticket: { accountId: ticket.accountId, id: ticket.id },
    ticketKey: ticket.key,
    ...link,
    at: now(),
    by: reader.accountState(ticket.accountId)?.me?.name ?? '',
  });
}

/** Can colleagues be told of it? Not in a system that can keep no note internal: there it is kept here only. */
export function isNoted({ reader }: Pick<LinkDeps, 'reader'>, { accountId }: Ticket): boolean {
  return reader.accountState(accountId)?.capabilities?.internalNote !== false;
}

/** What is said where a link could not be kept here, by whether colleagues are told of it. */
export function notKept(isToBeNoted: boolean): string {
  return isToBeNoted
    ? vscode.l10n.t('The note was queued, but the link was not kept here.')
    : vscode.l10n.t('The document was not linked.');
}

/** Queues the internal note that tells colleagues of it. */
export function noteLink(
  { sync }: Pick<CommandDeps, 'sync'>,
  ticket: Ticket,
  body: string,
): ReturnType<CommandDeps['sync']['enqueue']> {
  return sync.enqueue({
    accountId: ticket.accountId,
    ticket,
    label: ticket.key,
    intent: 'link',
    steps: [{ type: 'post', kind: 'note', visibility: 'internal', body }],
  });
}
