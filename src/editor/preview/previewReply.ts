import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Draft } from '../../desk/draft.ts';
import { openPlaceholders } from '../../replies/placeholders.ts';
import { formatThere, publicText } from '../../replies/preview.ts';
import { parseFromPanel } from '../../webviews/validate.ts';
import type { PreviewOf } from '../../webviews/preview/messages.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { panelHtml } from '../panel/panelHtml.ts';

type PreviewDeps = Pick<CommandDeps, 'reader' | 'drafts' | 'current'>;

/** One for each draft. */
const open = new Map<string, vscode.WebviewPanel>();

/** Shows what the requester will see of the reply in front, beside it, and follows what is written. */
export async function previewReply(deps: PreviewDeps, argument: unknown): Promise<void> {
  const draft = await draftInFront(deps, argument);
  if (draft === undefined) return;
  const there = open.get(draft.id);
  if (there) there.reveal(undefined, true);
  else show(deps, draft);
}

async function draftInFront(
  { drafts, reader, current }: PreviewDeps,
  argument: unknown,
): Promise<Draft | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  const written = document && drafts.of(document);
  if (written) {
    if (publicText(written) !== undefined) return written;
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The customer will see nothing of this: only colleagues read it.'),
    );
    return undefined;
  }
  const ticket = await current.resolve(argument);
  if (!ticket) return undefined;
  const reply = reader.draftFor('reply', ticket);
  if (!reply) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('There is no public reply to {0} yet: write one first.', ticket.key),
    );
  }
  return reply;
}

function show({ reader, drafts }: PreviewDeps, { id, label }: Draft): void {
  const files = vscode.Uri.joinPath(extensionUri(), 'dist', 'webviews');
  const panel = vscode.window.createWebviewPanel(
    'deskside.preview',
    vscode.l10n.t('Preview: {0}', label),
    { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
    { enableScripts: true, localResourceRoots: [files] },
  );
  open.set(id, panel);
  const { webview } = panel;
  const file = (name: string): string => webview.asWebviewUri(vscode.Uri.joinPath(files, name)).toString();
  const tell = (): void => {
    const draft = reader.draft(id);
    // It was sent or discarded.
    if (draft === undefined) panel.dispose();
    else void webview.postMessage(previewOf(reader, textNow(drafts, draft)));
  };
  const listeners = vscode.Disposable.from(
    drafts.onDidChange(tell),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (drafts.of(document)?.id === id) tell();
    }),
    webview.onDidReceiveMessage((message: unknown) => {
      const said = parseFromPanel(message);
      if (said?.type === 'ready') tell();
      else if (said?.type === 'open-link') void vscode.env.openExternal(vscode.Uri.parse(said.url, true));
    }),
    panel.onDidChangeViewState(tell),
  );
  panel.onDidDispose(() => {
    listeners.dispose();
    open.delete(id);
  });
  webview.html = panelHtml({
    script: file('preview.js'),
    nonce: randomBytes(16).toString('base64url'),
  });
}

/** An open document is newer than what is kept of it. */
function textNow(drafts: PreviewDeps['drafts'], draft: Draft): Draft {
  const documents = vscode.workspace.textDocuments.map((document) => drafts.of(document));
  return documents.find((one) => one?.id === draft.id) ?? draft;
}

function previewOf(reader: PreviewDeps['reader'], draft: Draft): PreviewOf {
  const text = publicText(draft) ?? '';
  const ref = draft.ticketId === undefined ? undefined : { accountId: draft.accountId, id: draft.ticketId };
  const ticket = ref && reader.ticket(ref);
  const { name, email } = ticket?.requester ?? { name: vscode.l10n.t('the requester') };
  return {
    type: 'preview-of',
    language: vscode.env.language,
    words: { ...vscode.l10n.bundle },
    to: email === undefined || email === name ? name : `${name} <${email}>`,
    subject: ticket ? `${ticket.key} · ${ticket.subject}` : draft.label,
    body: { text, format: formatThere(ref ? reader.entries(ref) : []) },
    files: reader.draftFiles(draft.id).map(({ name: fileName, size }) => ({ name: fileName, size })),
    open: [...new Set(openPlaceholders(text).map((one) => one.text))],
  };
}

function extensionUri(): vscode.Uri {
  const own = vscode.extensions.getExtension('deskside.deskside');
  if (own === undefined) throw new Error('Deskside does not find itself.');
  return own.extensionUri;
}
