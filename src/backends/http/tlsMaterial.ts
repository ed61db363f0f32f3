import { readFile } from 'fs/promises';
import tls from 'tls';
import type { Account } from '../../desk/account.ts';
import { fail, ok, type DeskError, type Result } from '../../desk/errors.ts';

/** What an account's connections are made with. Absent: those of the machine, and no certificate of our own. */
export interface TlsMaterial {
  ca?: string[];
  cert?: Buffer;
  key?: Buffer;
  pfx?: Buffer;
  passphrase?: string;
}

/** Reads the account's files and tries them, so that what is wrong with them is said before anything is asked. */
export async function tlsMaterial(
  account: Pick<Account, 'caFile' | 'certFile' | 'keyFile'>,
  passphrase: () => Promise<string | undefined>,
): Promise<Result<TlsMaterial>> {
  const ca = account.caFile === undefined ? ok(undefined) : await authorities(account.caFile);
  if (!ca.ok) return ca;
  const own = await clientCertificate(account, passphrase);
  if (!own.ok) return own;
  return ok({ ...(ca.value && { ca: ca.value }), ...own.value });
}

/** The machine's certificate authorities and those of a PEM file. */
async function authorities(caFile: string): Promise<Result<string[] | undefined>> {
  const pem = await read(caFile);
  if (!pem.ok) return pem;
  const own = pem.value.toString().match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (own === null) return fail(tlsError(`The file ${caFile} has no certificate in PEM form.`));
  return ok([...tls.getCACertificates('default'), ...own]);
}

/** The certificate we show to a server: PEM, with the key in the same file or one of its own, or PKCS #12. */
async function clientCertificate(
  { certFile, keyFile }: Pick<Account, 'certFile' | 'keyFile'>,
  passphrase: () => Promise<string | undefined>,
): Promise<Result<TlsMaterial>> {
  if (certFile === undefined) return ok({});
  const cert = await read(certFile);
  if (!cert.ok) return cert;
  const key = keyFile === undefined ? cert : await read(keyFile);
  if (!key.ok) return key;
  const isPem = cert.value.includes('-----BEGIN');
  const secret = await passphrase();
  const material: TlsMaterial = {
    ...(isPem ? { cert: cert.value, key: key.value } : { pfx: cert.value }),
    ...(secret !== undefined && { passphrase: secret }),
  };
  try {
    tls.createSecureContext(material);
    return ok(material);
  } catch {
    return fail(
      tlsError(
        secret === undefined
          ? `The client certificate ${certFile} can't be used: its key is missing, damaged, or needs a passphrase.`
          : `The client certificate ${certFile} can't be used: the passphrase is wrong, or the key is not its own.`,
      ),
    );
  }
}

async function read(file: string): Promise<Result<Buffer>> {
  try {
    return ok(await readFile(file));
  } catch {
    return fail(tlsError(`The certificate file ${file} can't be read.`));
  }
}

function tlsError(message: string): DeskError {
  return { reason: 'tls', message };
}
