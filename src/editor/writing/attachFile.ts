import * as vscode from 'vscode';
import type { Draft } from '../../desk/draft.ts';
import type { Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { keepFiles, pickFiles } from '../drafts/draftFiles.ts';
import { whyNoFiles } from '../drafts/mayAttach.ts';
import { tell } from '../errors.ts';

/** Attaches files to what the user is writing: the draft in the editor, the panel's box, or a ticket's reply or note. */
export async function attachFile(deps: CommandDeps, argument: unknown): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const draft = document && deps.drafts.of(document);
  if (draft) return attachTo(deps, draft);
  if (deps.panels.attachFile()) return;
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return;
  const kind = await pickKind(deps, ticket);
  if (kind === undefined) return;
  const label =
    kind === 'reply' ? vscode.l10n.t('Reply to {0}', ticket.key) : vscode.l10n.t('Note on {0}', ticket.key);
  const begun = await deps.drafts.ensure(kind, ticket, label);
  if (!begun.ok) {
    await tell(begun.error);
    return;
  }
  await attachTo(deps, begun.value);
  deps.panels.open(ticket, { compose: kind === 'reply' ? 'public' : 'internal' });
}

/** Takes a file away from the draft in the editor; it is asked for by its id. */
export async function detachFile(deps: CommandDeps, argument: unknown): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  const draft = document && deps.drafts.of(document);
  if (!draft || typeof argument !== 'string') return;
  const detached = await deps.drafts.detach(draft, argument);
  if (!detached.ok) await tell(detached.error);
}

async function attachTo({ drafts, reader }: CommandDeps, draft: Draft): Promise<void> {
  const why = whyNoFiles(draft.kind, reader.accountState(draft.accountId)?.capabilities);
  const files = why ?? (await pickFiles(vscode.l10n.t('Attach to: {0}', draft.label)));
  if (files === undefined) {
    await drafts.dropIfEmpty(draft);
    return;
  }
  const problem =
    typeof files === 'string'
      ? files
      : await keepFiles(drafts, draft, reader.draftFiles(draft.id).length, files);
  if (problem !== undefined) void vscode.window.showWarningMessage(problem);
}

async function pickKind({ reader }: CommandDeps, ticket: Ticket): Promise<'reply' | 'note' | undefined> {
  const can = reader.accountState(ticket.accountId)?.capabilities;
  const picks = [
    { label: `$(lock) ${vscode.l10n.t('Internal note')}`, draft: 'note' as const },
    { label: `$(globe) ${vscode.l10n.t('Public reply')}`, draft: 'reply' as const },
  ].filter(({ draft }) => whyNoFiles(draft, can) === undefined);
  if (picks.length === 0) {
    void vscode.window.showWarningMessage(whyNoFiles('reply', can) ?? '');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(picks, {
    title: vscode.l10n.t('Attach File to {0}', ticket.key),
    placeHolder: vscode.l10n.t('Who is to see it? Nothing is sent yet.'),
  });
  return picked?.draft;
}
