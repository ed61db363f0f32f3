import * as vscode from 'vscode';
import type { DraftKind } from '../../desk/draft.ts';
import type { StoreReader } from '../../store/api.ts';
import type { Drafts } from './drafts.ts';
import { draftScheme } from './draftUri.ts';

/** Says above every draft who will read it and what goes with it, and offers to send or discard it. */
export function registerDraftLens(drafts: Drafts, reader: StoreReader): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const provider = vscode.languages.registerCodeLensProvider(
    { scheme: draftScheme },
    {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses(document) {
        const draft = drafts.of(document);
        if (!draft) return [];
        const ticket =
          draft.ticketId === undefined
            ? undefined
            : reader.ticket({ accountId: draft.accountId, id: draft.ticketId });
        const requester = ticket?.requester?.name ?? vscode.l10n.t('the requester');
        const top = new vscode.Range(0, 0, 0, 0);
        return [
          new vscode.CodeLens(top, {
            title: sendTitle(draft.kind, requester),
            command: 'deskside.sendDraft',
          }),
          new vscode.CodeLens(top, { title: vscode.l10n.t('Discard'), command: 'deskside.discardDraft' }),
          ...(ticket
            ? [
                new vscode.CodeLens(top, {
                  title: vscode.l10n.t('Show {0}', ticket.key),
                  command: 'deskside.openTicket',
                  arguments: [{ accountId: ticket.accountId, id: ticket.id }],
                }),
              ]
            : []),
          ...reader.draftFiles(draft.id).map(
            ({ id, name }) =>
              new vscode.CodeLens(top, {
                title: `$(attach)\u00a0${name}\u00a0$(close)`,
                tooltip: vscode.l10n.t('Remove {0}', name),
                command: 'deskside._detachFile',
                arguments: [id],
              }),
          ),
        ];
      },
    },
  );
  return vscode.Disposable.from(
    provider,
    changed,
    drafts.onDidChange(() => changed.fire()),
  );
}

function sendTitle(kind: DraftKind, requester: string): string {
  switch (kind) {
    case 'reply':
      return `$(globe)\u00a0${vscode.l10n.t('Send public reply to {0}', requester)}`;
    case 'note':
      return `$(lock)\u00a0${vscode.l10n.t('Add internal note')}`;
    case 'resolution':
      return `$(pass)\u00a0${vscode.l10n.t('Resolve with this note')}`;
    case 'hand-off':
      return `$(arrow-up)\u00a0${vscode.l10n.t('Escalate with this hand-off')}`;
    case 'new-ticket':
      return `$(add)\u00a0${vscode.l10n.t('Create this ticket')}`;
  }
}
