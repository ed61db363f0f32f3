import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

export interface Certificate {
  key: string;
  cert: string;
  /** PEM files. */
  keyFile: string;
  file: string;
}

const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-days', '2'];

/** A certificate that nobody but its own file vouches for, made anew for each run. */
export function selfSigned(name = 'IP:127.0.0.1'): Certificate {
  const folder = newFolder();
  const made = files(folder, 'self');
  openssl(
    ...['req', '-x509', ...curve, '-nodes', '-subj', '/CN=Deskside test'],
    ...['-addext', `subjectAltName=${name}`, '-keyout', made.keyFile, '-out', made.file],
  );
  return read(made);
}

/** A person's certificate, its key encrypted: as PEM files, and both in one PKCS #12 file. */
export function clientCertificate(passphrase: string): Certificate & { pkcs12: string } {
  const folder = newFolder();
  const made = files(folder, 'person');
  const secret = path.join(folder, 'secret');
  writeFileSync(secret, passphrase);
  openssl(
    ...['req', '-x509', ...curve, '-subj', '/CN=alice', '-passout', `file:${secret}`],
    ...['-keyout', made.keyFile, '-out', made.file],
  );
  const pkcs12 = path.join(folder, 'person.p12');
  openssl(
    ...['pkcs12', '-export', '-in', made.file, '-inkey', made.keyFile, '-out', pkcs12],
    ...['-passin', `file:${secret}`, '-passout', `pass:${passphrase}`],
  );
  return { ...read(made), pkcs12 };
}

function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'deskside-tls-'));
}

function files(folder: string, name: string) {
  return { keyFile: path.join(folder, `${name}-key.pem`), file: path.join(folder, `${name}.pem`) };
}

function read(made: { keyFile: string; file: string }): Certificate {
  return { ...made, key: readFileSync(made.keyFile, 'utf8'), cert: readFileSync(made.file, 'utf8') };
}

function openssl(...args: string[]): void {
  execFileSync('openssl', args, { stdio: 'ignore' });
}
