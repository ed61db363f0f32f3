import * as vscode from 'vscode';
import type { Capabilities } from '../../desk/capabilities.ts';
import type { Result } from '../../desk/errors.ts';
import { fieldsBefore, type Intent, type Operation, type TicketFields } from '../../desk/operation.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { StoreReader } from '../../store/api.ts';
import { tell } from '../errors.ts';
import { showProgress } from '../progress.ts';
import { ticketCount } from '../ticketCount.ts';
import type { CommandDeps } from './deps.ts';

type Needs = Pick<CommandDeps, 'sync' | 'reader'>;

export interface FieldsOfTicket {
  ticket: Ticket;
  fields: TicketFields;
}

/** Queues changes of fields, of one ticket or of many, and offers to take all of them back. */
export async function changeFields(
  deps: Needs,
  change: { changes: readonly FieldsOfTicket[]; intent: Intent; said: string },
): Promise<void> {
  const { changes, intent, said } = change;
  const queued = await inTurn(said, changes, (one) => queue(deps, one, intent));
  const done = queued.filter((one) => one.ok).map(({ value }) => value);
  const problem = queued.find((one) => !one.ok)?.error;
  if (problem) await tell(problem, unchanged(changes, done.length));
  if (done.length === 0) return;
  const outcome = done.length === changes.length ? said : unchanged(changes, done.length);
  const undo = vscode.l10n.t('Undo');
  if ((await vscode.window.showInformationMessage(outcome, undo)) !== undo) return;
  const undone = await inTurn(vscode.l10n.t('Taking it back'), done, (one) => takeBack(deps, one, intent));
  const stays = undone.find((one) => !one.ok)?.error;
  if (stays) await tell(stays, vscode.l10n.t('Some of it stays as it was changed.'));
}

interface Queued extends FieldsOfTicket {
  before: TicketFields;
  operation: Operation;
}

async function queue({ sync }: Needs, change: FieldsOfTicket, intent: Intent): Promise<Result<Queued>> {
  const { ticket, fields } = change;
  const before = fieldsBefore(ticket, fields);
  const queued = await sync.enqueue({
    accountId: ticket.accountId,
    ticket,
    label: ticket.key,
    intent,
    steps: [{ type: 'update', fields, before }],
  });
  return queued.ok ? { ok: true, value: { ...change, before, operation: queued.value } } : queued;
}

/** Discards what was not sent; what was is changed once more. */
async function takeBack(deps: Needs, queued: Queued, intent: Intent): Promise<Result<unknown>> {
  const { ticket, before } = queued;
  const unsent = deps.reader.operation(queued.operation.id);
  if (unsent && unsent.state !== 'confirmed') {
    const discarded = await deps.sync.discard(unsent.id);
    if (discarded.ok) return { ok: true, value: undefined };
  }
  return queue(deps, { ticket: deps.reader.ticket(ticket) ?? ticket, fields: before }, intent);
}

/** One after the other, so that the outbox has them in the order of the list; the user may stop in between. */
export async function inTurn<T, R>(
  title: string,
  list: readonly T[],
  act: (one: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  await showProgress(title, async (signal, report) => {
    for (const one of list) {
      if (signal.aborted) return;
      results.push(await act(one));
      report({ part: results.length / list.length, message: `${results.length}/${list.length}` });
    }
  });
  return results;
}

function unchanged(changes: readonly FieldsOfTicket[], done: number): string {
  const [first] = changes;
  return changes.length === 1 && first
    ? vscode.l10n.t('{0} was not changed.', first.ticket.key)
    : vscode.l10n.t('{0} of {1} tickets were not changed.', changes.length - done, changes.length);
}

/** Those whose account can do this, as far as that is known. Says so, once, where one can't. */
export function those(
  {
    reader,
    accounts,
  }: { reader: Pick<StoreReader, 'accountState'>; accounts: Pick<CommandDeps['accounts'], 'get'> },
  tickets: readonly Ticket[],
  capability: keyof Capabilities,
): Ticket[] {
  const able = ({ accountId }: Ticket) =>
    reader.accountState(accountId)?.capabilities?.[capability] !== false;
  const unable = tickets.filter((ticket) => !able(ticket));
  const [first] = unable;
  if (first) {
    const label = accounts.get(first.accountId)?.label ?? first.accountId;
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '"{0}" does not let you do that with {1}. Nothing was changed there.',
        label,
        nameOf(unable),
      ),
    );
  }
  return tickets.filter(able);
}

/** `RT-7`, or how many. */
export function nameOf(tickets: readonly Ticket[]): string {
  const [first] = tickets;
  return tickets.length === 1 && first ? first.key : ticketCount(tickets.length, vscode.l10n.t);
}
