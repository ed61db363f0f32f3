import * as vscode from 'vscode';
import type { Draft, DraftKind } from '../../desk/draft.ts';
import { ok, type Result } from '../../desk/errors.ts';
import { filesOf, isPublic, type Operation } from '../../desk/operation.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { confirmPublic } from '../confirmPublic.ts';
import { tell } from '../errors.ts';
import { hasText, isEditable, mayHaveArrived, operationTitle } from './outboxText.ts';
import { conflictScheme } from './outboxView.ts';
import { resend } from './resend.ts';

/** Sends it again, from where it stopped. */
export async function retry(deps: CommandDeps, argument: unknown): Promise<void> {
  const operation = operationOf(deps, argument);
  if (operation) await resend(deps, operation, false);
}

/** Sends it although somebody else changed the ticket meanwhile. */
export async function force(deps: CommandDeps, argument: unknown): Promise<void> {
  const operation = operationOf(deps, argument);
  if (operation) await resend(deps, operation, true);
}

/** Shows both sides of what stopped it: a comparison of fields, or the ticket with the entries that are new. */
export async function compare(deps: CommandDeps, argument: unknown): Promise<void> {
  const operation = operationOf(deps, argument);
  if (!operation) return;
  if (operation.conflict?.type !== 'fields') {
    if (operation.ticketId !== undefined)
      deps.panels.open({ accountId: operation.accountId, id: operation.ticketId });
    return;
  }
  const side = (name: 'mine' | 'theirs') =>
    vscode.Uri.from({
      scheme: conflictScheme,
      path: `/${operation.id}/${name}`,
      query: String(operation.attempts),
    });
  await vscode.commands.executeCommand(
    'vscode.diff',
    side('theirs'),
    side('mine'),
    vscode.l10n.t('{0}: there ↔ your change', operation.label),
    { preview: true },
  );
}

/** Makes a draft of it again. The draft is on disk before the change leaves the outbox. */
export async function edit(deps: CommandDeps, argument: unknown): Promise<void> {
  const operation = operationOf(deps, argument);
  if (!operation) return;
  if (!isEditable(operation)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Part of this may have arrived already, so it can’t be taken back. Retry or discard the rest.',
      ),
    );
    return;
  }
  const { takeBack } = await import('../writing/writing.ts');
  const text = takeBack(operation);
  if (!text) return;
  const label = operationTitle(operation, vscode.l10n.t);
  const ticket = ticketOf(deps, operation);
  const kept = ticket
    ? await intoDraft(deps, ticket, { ...text, label })
    : await deps.drafts.open(text.kind, undefined, {
        accountId: operation.accountId,
        label,
        text: text.text,
      });
  if (!kept.ok) {
    await tell(kept.error, vscode.l10n.t('It is still in the outbox.'));
    return;
  }
  await takeFilesBack(deps, operation, kept.value);
  const discarded = await deps.sync.discard(operation.id);
  if (!discarded.ok) {
    await tell(discarded.error, vscode.l10n.t('It is still in the outbox; its text is in the draft too.'));
  } else if (ticket) {
    await deps.drafts.open(text.kind, ticket, { accountId: operation.accountId, label, text: text.text });
  }
}

/** The files that were to go with it go with the draft. */
async function takeFilesBack(
  { drafts, writer }: CommandDeps,
  { steps }: Operation,
  draft: Draft | undefined,
): Promise<void> {
  const ids = steps.flatMap((step) => filesOf(step).flatMap(({ stored }) => stored ?? []));
  if (ids.length === 0 || !draft) return;
  await writer.run('moveFiles', { ids, draftId: draft.id });
  await drafts.restore(draft);
}

/** Puts a text on top of what is written already, and on disk. */
async function intoDraft(
  deps: CommandDeps,
  ticket: Ticket,
  { kind, text, label }: { kind: DraftKind; text: string; label: string },
): Promise<Result<Draft | undefined>> {
  const written = deps.drafts.read(kind, ticket).trim();
  const both = written === '' ? text : `${text}\n\n${written}`;
  const kept = await deps.drafts.update(kind, ticket, label, both);
  return kept.ok ? ok(deps.reader.draftFor(kind, ticket)) : kept;
}

/** Gives a change up: after a question where written text would be lost, otherwise with a way back. */
export async function discard(deps: CommandDeps, argument: unknown): Promise<void> {
  const operation = operationOf(deps, argument);
  if (!operation) return;
  const title = operationTitle(operation, vscode.l10n.t);
  if (hasText(operation) && !(await confirmed(deps, operation, title))) return;
  const discarded = await deps.sync.discard(operation.id);
  if (!discarded.ok) {
    await tell(discarded.error, vscode.l10n.t('It is still in the outbox.'));
    return;
  }
  const undo = vscode.l10n.t('Undo');
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t('Discarded: {0}', title), undo);
  if (answer !== undo) return;
  const { accountId, label, intent, baseRevision, seen } = operation;
  const ticket = ticketOf(deps, operation);
  // What failed waited for its user; put back, it would go out at once.
  if (isPublic(operation) && !(await confirmPublic(deps.memory, ticket, label))) return;
  const queued = await deps.sync.enqueue({
    accountId,
    label,
    intent,
    steps: operation.steps.slice(operation.done),
    ...(ticket && { ticket }),
    ...(baseRevision !== undefined && { baseRevision }),
    ...(seen && { seenUntil: seen.until }),
  });
  if (!queued.ok) await tell(queued.error);
}

async function confirmed(deps: CommandDeps, operation: Operation, title: string): Promise<boolean> {
  const throwAway = vscode.l10n.t('Discard');
  const draft = vscode.l10n.t('Make It a Draft');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0}: discard what you wrote?', title),
    {
      modal: true,
      detail:
        operation.done > 0
          ? vscode.l10n.t(
              '{0} of its {1} parts have arrived and stay.',
              operation.done,
              operation.steps.length,
            )
          : mayHaveArrived(operation)
            ? vscode.l10n.t('It may have arrived all the same; discarding does not take it back.')
            : vscode.l10n.t('Nothing of it has arrived.'),
    },
    throwAway,
    ...(isEditable(operation) ? [draft] : []),
  );
  if (answer === draft) await edit(deps, { operation });
  return answer === throwAway;
}

/** The operation of a row, as it is now. */
function operationOf(deps: CommandDeps, argument: unknown): Operation | undefined {
  if (typeof argument !== 'object' || argument === null || !('operation' in argument)) return undefined;
  const { operation } = argument;
  if (typeof operation !== 'object' || operation === null || !('id' in operation)) return undefined;
  return typeof operation.id === 'string' ? deps.reader.operation(operation.id) : undefined;
}

function ticketOf(deps: CommandDeps, { accountId, ticketId }: Operation): Ticket | undefined {
  return ticketId === undefined ? undefined : deps.reader.ticket({ accountId, id: ticketId });
}
