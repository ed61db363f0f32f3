import * as vscode from 'vscode';
import type { BackendKind, Session, SignInHelp } from '../../backends/backend.ts';
import type { Account } from '../../desk/account.ts';
import { ok, type DeskError } from '../../desk/errors.ts';
import { editorToken } from '../editorSession.ts';
import { explain, settled, tell } from '../errors.ts';
import { showProgress } from '../progress.ts';
import type { CommandDeps } from './deps.ts';
import { probeProblemText } from './signInText.ts';
import { askChoice, askText, back, type Answer, type Place } from './steps.ts';
import { accountIdOf, syncNow } from './view.ts';

/** Signs in to the account of `argument`, or to one that the user picks. */
export async function signIn(deps: CommandDeps, argument: unknown): Promise<void> {
  const account = await accountOf(deps, argument, vscode.l10n.t('Sign In'));
  const kind = account && deps.connections.kindOf(account);
  if (!account || !kind?.signIn || account.url === undefined) return;
  for (;;) {
    const about = { title: account.label, url: account.url, user: account.user };
    const credential = await askCredential(kind.signIn, about, { step: 1, totalSteps: 1 });
    if (credential === undefined || credential === back) return;
    const outcome = await probe(deps, withCredential(account, credential), kind, credential.token);
    if (outcome.type === 'again') continue;
    if (outcome.type === 'keep') await keepSignedIn(deps, outcome.account, credential.token, outcome.session);
    return;
  }
}

/** Says what is wrong with an account, and offers what may help. */
export async function accountProblem(deps: CommandDeps, argument: unknown): Promise<void> {
  const account = deps.accounts.get(accountIdOf(argument) ?? '');
  const error = account && deps.reader.accountState(account.id)?.error;
  if (!error) return;
  const again = vscode.l10n.t('Try Again');
  const certificate = vscode.l10n.t('Choose Certificate…');
  const client = vscode.l10n.t('Client Certificate…');
  const settings = vscode.l10n.t('Open Settings');
  const chosen = await vscode.window.showErrorMessage(
    `${account.label}: ${explain(error)}`,
    ...(error.reason === 'tls' ? [certificate, client] : []),
    again,
    settings,
  );
  if (chosen === settings) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'deskside.accounts');
  } else if (chosen === client) {
    await vscode.commands.executeCommand('deskside.clientCertificate', argument);
  } else if (chosen === certificate) {
    const trusting = await withCertificate(account);
    if (!trusting) return;
    const put = await deps.accounts.put(trusting);
    if (!put.ok) await tell(put.error);
    deps.connections.forget(account.id);
    await syncNow(deps, argument);
  } else if (chosen === again) await syncNow(deps, argument);
}

/** What somebody signs in with. */
export interface Credential {
  token: string;
  user?: string;
  /** It is the editor's own sign-in's, which keeps it and renews it. */
  session: boolean;
}

/** The account as it is kept with this credential. */
export function withCredential(account: Account, { user, session }: Credential): Account {
  const signedIn = { ...account, ...(user !== undefined && { user }), ...(session && { session }) };
  if (!session) delete signedIn.session;
  return signedIn;
}

/** Asks how to sign in, as far as there is a choice, then for what that takes. */
export async function askCredential(
  help: SignInHelp,
  about: { title: string; url: string; user?: string },
  place: Place,
): Promise<Answer<Credential>> {
  const session = help.session?.(about.url);
  if (session) {
    const own = vscode.l10n.t('Sign in with {0}', session.name);
    const way = await askChoice(
      {
        title: vscode.l10n.t('Sign In: {0}', about.title),
        placeholder: vscode.l10n.t('How do you want to sign in?'),
        items: [
          { label: own, description: vscode.l10n.t('through VS Code, in the browser'), own: true },
          { label: vscode.l10n.t('Paste a {0}', help.secretName), own: false },
        ],
      },
      place,
    );
    if (way === undefined || way === back) return way;
    if (way.own) {
      const token = await editorToken(session, true).catch(() => undefined);
      return token === undefined ? undefined : { token, session: true };
    }
  }
  let user: string | undefined;
  if (help.userName !== undefined) {
    const { userName } = help;
    const typed = await askText(
      {
        title: vscode.l10n.t('Sign In: {0}', about.title),
        prompt: userName,
        value: about.user ?? '',
        validate: (value) => (value.trim() === '' ? vscode.l10n.t('Type your {0}.', userName) : undefined),
      },
      place,
    );
    if (typed === undefined || typed === back) return typed;
    user = typed.trim();
  }
  const token = await askToken(help, about, place);
  if (token === undefined || token === back) return token;
  return { token, session: false, ...(user !== undefined && { user }) };
}

/** Asks for the secret, with a button that opens the page where one is made. */
function askToken(
  help: SignInHelp,
  about: { title: string; url: string },
  place: Place,
): Promise<Answer<string>> {
  const { page } = help;
  return askText(
    {
      title: vscode.l10n.t('Sign In: {0}', about.title),
      prompt: help.howToGet,
      placeholder: help.secretName,
      password: true,
      validate: (value) =>
        value.trim() === '' ? vscode.l10n.t('Paste the {0}.', help.secretName) : undefined,
      buttons:
        page === undefined
          ? []
          : [
              {
                button: {
                  iconPath: new vscode.ThemeIcon('link-external'),
                  tooltip: vscode.l10n.t('Open the page where one is made'),
                },
                press: () => void vscode.env.openExternal(vscode.Uri.parse(page(about.url))),
              },
            ],
    },
    place,
  ).then((answer) => (typeof answer === 'string' ? answer.trim() : answer));
}

export type ProbeOutcome =
  { type: 'keep'; account: Account; session: Session | undefined } | { type: 'again' } | { type: 'stop' };

/** Tries the token at the account's address. Where that fails the user decides: again, all the same, or not at all. */
export async function probe(
  deps: CommandDeps,
  account: Account,
  kind: BackendKind,
  token: string,
): Promise<ProbeOutcome> {
  const tried = await showProgress(vscode.l10n.t('Signing in to {0}…', account.label), (signal) =>
    deps.connections.probe(account, token, signal),
  );
  if (tried.ok) return { type: 'keep', account, session: tried.value };
  if (tried.error.reason === 'cancelled') return { type: 'stop' };
  const again = vscode.l10n.t('Try Again');
  const keep = vscode.l10n.t('Save Anyway');
  const certificate = vscode.l10n.t('Choose Certificate…');
  const chosen = await vscode.window.showWarningMessage(
    probeText(tried.error, account, kind),
    { modal: true, detail: vscode.l10n.t('Nothing was saved yet.') },
    ...(tried.error.reason === 'tls' ? [certificate] : [again]),
    keep,
  );
  if (chosen === keep) return { type: 'keep', account, session: undefined };
  if (chosen === certificate) {
    const trusting = await withCertificate(account);
    return trusting ? probe(deps, trusting, kind, token) : { type: 'stop' };
  }
  return { type: chosen === again ? 'again' : 'stop' };
}

/** Keeps the token first, so that whoever learns of the account finds it, then the account; and fetches its tickets. */
export async function keepSignedIn(
  deps: CommandDeps,
  account: Account,
  token: string,
  session: Session | undefined,
): Promise<void> {
  const kept = account.session ? ok() : await deps.credentials.set(account, token);
  if (!kept.ok) {
    await tell(kept.error, vscode.l10n.t('You are not signed in.'));
    return;
  }
  const put = await deps.accounts.put(account);
  if (!put.ok) {
    await deps.credentials.delete(account);
    await tell(put.error, vscode.l10n.t('You are not signed in.'));
    return;
  }
  deps.connections.forget(account.id);
  settled(`account:${account.id}`);
  void vscode.window.showInformationMessage(
    session
      ? vscode.l10n.t('Signed in to {0} as {1}.', account.label, session.me.name)
      : vscode.l10n.t('{0} is saved; signing in is tried again with every sync.', account.label),
  );
  await deps.sync.syncNow(account.id, AbortSignal.timeout(120_000));
}

export async function accountOf(
  deps: Pick<CommandDeps, 'accounts' | 'connections'>,
  argument: unknown,
  title: string,
): Promise<Account | undefined> {
  const named = accountIdOf(argument);
  if (named !== undefined) return deps.accounts.get(named);
  const accounts = deps.accounts.all().filter((account) => deps.connections.kindOf(account)?.signIn);
  if (accounts.length === 0) {
    await vscode.commands.executeCommand('deskside.addAccount');
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    accounts.map((account) => ({ label: account.label, description: account.url ?? '', account })),
    { title },
  );
  return picked?.account;
}

function probeText(error: DeskError, account: Account, kind: BackendKind): string {
  const about = { url: account.url ?? '', kind: kind.label, secretName: kind.signIn?.secretName ?? '' };
  return probeProblemText(error, about, vscode.l10n.t) ?? explain(error);
}

async function withCertificate(account: Account): Promise<Account | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('The certificate authority of your company (PEM)'),
    filters: { PEM: ['pem', 'crt', 'cer'] },
  });
  return chosen?.[0] && { ...account, caFile: chosen[0].fsPath };
}
