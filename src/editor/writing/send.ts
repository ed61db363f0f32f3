import * as vscode from 'vscode';
import type { Draft } from '../../desk/draft.ts';
import { isPublic } from '../../desk/operation.ts';
import type { ResolutionLink } from '../../desk/links.ts';
import type { Ticket } from '../../desk/ticket.ts';
import { parseDraft } from '../../replies/draftText.ts';
import { planDraft } from '../../replies/plan.ts';
import type { Problem } from '../../replies/planned.ts';
import { confirmPublic } from '../confirmPublic.ts';
import { sentFiles } from '../drafts/draftFiles.ts';
import { sendOnce } from '../drafts/sendOnce.ts';
import { confirmOpen } from '../macros/confirmOpen.ts';
import { requiredBy } from '../escalating/required.ts';
import { namesAccount, sendAcross, type AcrossDeps } from '../escalating/sendAcross.ts';
import { resolveDocument } from './documents.ts';
import type { CommandDeps } from '../commands/deps.ts';
import type { LinkDeps } from './keepLink.ts';
import { afterResolving } from './resolve.ts';
import { tell } from '../errors.ts';
import { sayQueued } from '../outbox/sayQueued.ts';

export interface SendDeps extends LinkDeps, AcrossDeps {
  drafts: Pick<CommandDeps['drafts'], 'of' | 'discard'>;
  reader: LinkDeps['reader'] & Pick<CommandDeps['reader'], 'ticket' | 'draftFiles'>;
  sync: AcrossDeps['sync'] & Pick<CommandDeps['sync'], 'enqueue'>;
  panels: Pick<CommandDeps['panels'], 'open'>;
  memory: vscode.Memento;
}

/** Sends the draft of the active editor, after the confirmation that a public one takes. */
export async function sendDraft(deps: SendDeps): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const draft = deps.drafts.of(document);
  if (!draft) return;
  const sent = await sendOnce(draft, () => send(deps, draft));
  if (sent?.link && sent.ticket) await afterResolving(deps, sent.ticket, sent.link);
}

/** What was sent, if it was: the ticket, and the document that a resolution names. */
async function send(
  deps: SendDeps,
  draft: Draft,
): Promise<{ ticket: Ticket | undefined; link: ResolutionLink | undefined } | undefined> {
  const ticket =
    draft.ticketId === undefined
      ? undefined
      : deps.reader.ticket({ accountId: draft.accountId, id: draft.ticketId });

  const files = sentFiles(deps.reader.draftFiles(draft.id));
  if (ticket && namesAccount(draft)) {
    if (files.length > 0) {
      showProblem({
        message: vscode.l10n.t('Files can’t go to another account: take them away first.'),
        line: 1,
      });
      return undefined;
    }
    await sendAcross(deps, draft, ticket, showProblem);
    return undefined;
  }
  const link = draft.kind === 'resolution' ? await namedLink(draft) : undefined;
  if (link === 'missing') {
    showProblem({
      message: vscode.l10n.t('The document named here is not in this workspace.'),
      line: lineOf(draft, 'document'),
    });
    return undefined;
  }
  const capabilities = deps.reader.accountState(draft.accountId)?.capabilities;
  const planned = planDraft(draft, { ticket, requiredBy, capabilities, files, ...(link ? { link } : {}) });
  if (!planned.ok) {
    showProblem(planned.problem);
    return undefined;
  }
  if (!(await confirmOpen(draft.text))) return undefined;
  if (isPublic(planned.plan) && !(await confirmPublic(deps.memory, ticket, planned.plan.label)))
    return undefined;
  const queued = await deps.sync.enqueue({
    accountId: draft.accountId,
    ...(ticket ? { ticket } : {}),
    ...(draft.baseRevision !== undefined && { baseRevision: draft.baseRevision }),
    ...(draft.seenUntil !== undefined && { seenUntil: draft.seenUntil }),
    ...planned.plan,
  });
  if (!queued.ok) {
    void tell(queued.error, vscode.l10n.t('Your text was not sent; the draft is kept.'));
    return undefined;
  }
  const { accountId, label } = queued.value;
  sayQueued(deps, { accountId, label, sent: vscode.l10n.t('{0}: on its way', label) });
  if (ticket) deps.panels.open(ticket);
  await deps.drafts.discard(draft);
  return { ticket, link };
}

/** Discards the draft of the active editor; it can be had back at once. */
export async function discardDraft(deps: CommandDeps): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) return;
  const draft = deps.drafts.of(document);
  if (!draft) return;
  const discarded = await deps.drafts.discard(draft);
  if (!discarded.ok) {
    void tell(discarded.error, vscode.l10n.t('The draft is kept.'));
    return;
  }
  const undo = vscode.l10n.t('Undo');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Draft discarded: {0}', draft.label),
    undo,
  );
  if (answer === undo) {
    await deps.drafts.restore(draft);
    await deps.drafts.show(draft);
  }
}

async function namedLink(draft: Draft) {
  const parsed = parseDraft(draft.text);
  if (!parsed.ok) return undefined;
  const { document = '', outcome = '' } = parsed.value.fields;
  return document === '' ? undefined : ((await resolveDocument(document, outcome)) ?? 'missing');
}

function showProblem(problem: Problem): void {
  const editor = vscode.window.activeTextEditor;
  if (editor) {
    const at = editor.document.lineAt(Math.min(problem.line, editor.document.lineCount) - 1).range.end;
    editor.selection = new vscode.Selection(at, at);
    editor.revealRange(new vscode.Range(at, at));
  }
  void vscode.window.showWarningMessage(vscode.l10n.t('Not sent: {0} The draft is kept.', problem.message));
}

function lineOf(draft: Draft, field: string): number {
  return Math.max(1, draft.text.split('\n').findIndex((line) => line.startsWith(`${field}:`)) + 1);
}
