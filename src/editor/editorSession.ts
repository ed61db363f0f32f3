import * as vscode from 'vscode';
import type { BackendKind, EditorSession } from '../backends/backend.ts';
import type { Account } from '../desk/account.ts';

/** The editor's own sign-in that an account may use: only where its kind has one for just this address. */
export function editorSessionOf(kind: BackendKind | undefined, account: Account): EditorSession | undefined {
  return account.url === undefined ? undefined : kind?.signIn?.session?.(account.url);
}

/** The token of the editor's own sign-in; nothing if nobody is signed in. Asks only with `ask`. */
export async function editorToken(session: EditorSession, ask: boolean): Promise<string | undefined> {
  const { provider, scopes } = session;
  const found = ask
    ? await vscode.authentication.getSession(provider, scopes, { createIfNone: true })
    : await vscode.authentication.getSession(provider, scopes, { silent: true });
  return found?.accessToken;
}
