import * as vscode from 'vscode';
import type { BackendKind, SignInHelp } from '../../backends/backend.ts';
import type { Account } from '../../desk/account.ts';
import { isUnencrypted, newAccountId, normaliseUrl } from '../accountRules.ts';
import { tell } from '../errors.ts';
import type { CommandDeps } from './deps.ts';
import { askCredential, keepSignedIn, probe, withCredential, type Credential } from './signIn.ts';
import { urlProblemText } from './signInText.ts';
import { askChoice, askText, runSteps, settle, type Place, type Step } from './steps.ts';

type Kind = BackendKind & { signIn: SignInHelp };

/** Connects a ticketing system: which kind, where, and the token. Kept only once somebody could be signed in, or on request. */
export async function addAccount(deps: CommandDeps): Promise<void> {
  if (await offerServerless(deps)) return;
  const kinds = deps.connections.kinds.filter((kind): kind is Kind => kind.signIn !== undefined);
  const first = kinds[0];
  if (!first) return;
  const typed: { kind: Kind; url: string; credential: Credential } = {
    kind: first,
    url: '',
    credential: { token: '', session: false },
  };
  const title = vscode.l10n.t('Add Account');
  const askKind: Step = async (place) =>
    settle(
      await askChoice(
        {
          title,
          placeholder: vscode.l10n.t('Which ticketing system do you work with?'),
          items: kinds.map((backend) => ({
            label: backend.label,
            iconPath: new vscode.ThemeIcon('server'),
            backend,
          })),
        },
        place,
      ),
      ({ backend }) => (typed.kind = backend),
    );
  const askUrl: Step = (place) => askAddress(deps, typed, place);
  const askSecret: Step = async (place) =>
    settle(
      await askCredential(typed.kind.signIn, { title: typed.kind.label, url: typed.url }, place),
      (credential) => (typed.credential = credential),
    );

  for (;;) {
    if (!(await runSteps(kinds.length > 1 ? [askKind, askUrl, askSecret] : [askUrl, askSecret]))) return;
    const account = withCredential(newAccount(deps, typed.kind, typed.url), typed.credential);
    const { token } = typed.credential;
    const outcome = await probe(deps, account, typed.kind, token);
    if (outcome.type === 'again') continue;
    if (outcome.type === 'keep') await keepSignedIn(deps, outcome.account, token, outcome.session);
    return;
  }
}

/** A kind without a server needs no sign-in: where its account was taken out, it is put back. Gives whether it was. */
async function offerServerless(deps: CommandDeps): Promise<boolean> {
  const there = deps.accounts.all().map((account) => deps.connections.kindOf(account));
  const absent = deps.connections.kinds.find((kind) => kind.signIn === undefined && !there.includes(kind));
  if (!absent) return false;
  const server = vscode.l10n.t('A ticketing system on a server');
  const picked = await vscode.window.showQuickPick(
    [
      { label: server, iconPath: new vscode.ThemeIcon('server') },
      {
        label: absent.label,
        description: vscode.l10n.t('needs no server'),
        iconPath: new vscode.ThemeIcon('inbox'),
      },
    ],
    { title: vscode.l10n.t('Add Account') },
  );
  if (!picked) return true;
  if (picked.label === server) return false;
  const account = { id: newAccountId(absent.id, idsOf(deps)), backend: absent.id, label: absent.label };
  const put = await deps.accounts.put(account);
  if (!put.ok) await tell(put.error);
  return true;
}

async function askAddress(
  deps: CommandDeps,
  typed: { kind: Kind; url: string },
  place: Place,
): Promise<'next' | 'back' | 'cancel'> {
  const answer = await askText(
    {
      title: vscode.l10n.t('Add Account: {0}', typed.kind.label),
      prompt: vscode.l10n.t('Address, as in the browser'),
      placeholder: typed.kind.signIn.addressExample ?? 'https://…',
      value: typed.url,
      validate: (value) => {
        const normalised = normaliseUrl(value);
        if (!normalised.ok) return urlProblemText(normalised.problem, vscode.l10n.t);
        const known = deps.accounts.all().find(({ url }) => url === normalised.url);
        return (
          known && vscode.l10n.t('"{0}" is connected to this address already. Use "Sign In…".', known.label)
        );
      },
    },
    place,
  );
  const done = settle(answer, (value) => {
    const normalised = normaliseUrl(value);
    if (normalised.ok) typed.url = normalised.url;
  });
  if (done !== 'next' || !isUnencrypted(typed.url)) return done;
  const proceed = vscode.l10n.t('Connect Without Encryption');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Everyone on the way to {0} could read your token and your tickets.',
      new URL(typed.url).host,
    ),
    { modal: true, detail: vscode.l10n.t('The address begins with http://. Is there one with https://?') },
    proceed,
  );
  return chosen === proceed ? 'next' : 'cancel';
}

function newAccount(deps: CommandDeps, kind: Kind, url: string): Account {
  const taken = deps.accounts.all().some(({ label }) => label === kind.label);
  const label = taken ? `${kind.label} (${new URL(url).host})` : kind.label;
  return { id: newAccountId(label, idsOf(deps)), backend: kind.id, label, url };
}

function idsOf(deps: CommandDeps): string[] {
  return deps.accounts.all().map(({ id }) => id);
}
