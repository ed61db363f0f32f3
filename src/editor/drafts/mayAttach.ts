import * as vscode from 'vscode';
import type { Capabilities } from '../../desk/capabilities.ts';
import type { DraftKind } from '../../desk/draft.ts';

/** Why files can't go with a draft of this kind; nothing where they can, or nobody knows yet. */
export function whyNoFiles(kind: DraftKind, can: Capabilities | undefined): string | undefined {
  if (can?.attach === false) return vscode.l10n.t('This ticketing system takes no files from here.');
  if (can?.attach !== 'public' || kind === 'reply' || kind === 'new-ticket') return undefined;
  return vscode.l10n.t(
    'This ticketing system shows every file to everybody who sees the ticket, so none can go with an internal text.',
  );
}
