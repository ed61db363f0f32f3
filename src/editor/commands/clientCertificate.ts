import { readFile } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Account } from '../../desk/account.ts';
import { tell } from '../errors.ts';
import type { CommandDeps } from './deps.ts';
import { accountOf } from './signIn.ts';
import { askText } from './steps.ts';

const pemFiles = { PEM: ['pem', 'crt', 'cer', 'key'] };

/** Chooses the certificate that an account shows to its server, and keeps the passphrase of its key with the tokens. */
export async function clientCertificate(deps: CommandDeps, argument: unknown): Promise<void> {
  const account = await accountOf(deps, argument, vscode.l10n.t('Client Certificate'));
  if (!account) return;
  const chosen = await chooseFiles();
  if (!chosen) return;
  const passphrase = chosen.encrypted ? await askPassphrase(account) : '';
  if (passphrase === undefined) return;
  const kept = await deps.credentials.setPassphrase(account, passphrase);
  if (!kept.ok) {
    await tell(kept.error, vscode.l10n.t('The account is as it was.'));
    return;
  }
  const { certFile, keyFile } = chosen;
  const put = await deps.accounts.put({ ...account, certFile, keyFile });
  if (!put.ok) {
    await tell(put.error, vscode.l10n.t('The account is as it was.'));
    return;
  }
  deps.connections.forget(account.id);
  const synced = await deps.sync.syncNow(account.id, AbortSignal.timeout(60_000));
  if (!synced.ok) await tell(synced.error, vscode.l10n.t('The certificate is kept.'));
}

interface Chosen {
  certFile: string;
  keyFile?: string;
  encrypted: boolean;
}

/** A PKCS #12 file has its key with it, a PEM file may have. */
async function chooseFiles(): Promise<Chosen | undefined> {
  const certFile = await choose(vscode.l10n.t('Your client certificate (PEM or PKCS #12)'), {
    [vscode.l10n.t('Certificates')]: ['pem', 'crt', 'cer', 'p12', 'pfx'],
  });
  if (certFile === undefined) return undefined;
  const text = await readText(certFile);
  if (!text.includes('-----BEGIN')) return { certFile, encrypted: true };
  if (hasKey(text)) return { certFile, encrypted: isEncrypted(text) };
  const keyFile = await choose(vscode.l10n.t('The private key of this certificate (PEM)'), pemFiles);
  return keyFile === undefined
    ? undefined
    : { certFile, keyFile, encrypted: isEncrypted(await readText(keyFile)) };
}

async function choose(title: string, filters: Record<string, string[]>): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({ title, filters });
  return chosen?.[0]?.fsPath;
}

/** What can't be read is told with the next request. */
async function readText(file: string): Promise<string> {
  return readFile(file, 'latin1').catch(() => '');
}

function hasKey(pem: string): boolean {
  return pem.includes('PRIVATE KEY-----');
}

function isEncrypted(pem: string): boolean {
  return /-----BEGIN ENCRYPTED PRIVATE KEY-----|^Proc-Type: 4,ENCRYPTED/m.test(pem);
}

async function askPassphrase(account: Account): Promise<string | undefined> {
  const answer = await askText(
    {
      title: vscode.l10n.t('Client Certificate: {0}', account.label),
      prompt: vscode.l10n.t(
        'The passphrase of its key. It is kept where your tokens are. Leave it empty if there is none.',
      ),
      password: true,
    },
    { step: 1, totalSteps: 1 },
  );
  return typeof answer === 'string' ? answer : undefined;
}
