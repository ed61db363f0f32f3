import { renameSync, rmSync } from 'node:fs';
import { Connection, versionOf } from './connection.ts';
import { makePrivate } from './files.ts';
import { NewerStore } from './failure.ts';
import type { Schema } from './schema.ts';

/**
 * Brings a database to the schema's newest version, in one transaction; a precious one is backed up beside itself
 * first. `fill` puts data into one that was just made. Gives the path of the backup, if one was made.
 */
export function migrate(
  connection: Connection,
  schema: Pick<Schema, 'precious' | 'migrations'>,
  fill: () => void = () => undefined,
): string | undefined {
  const known = schema.migrations.length;
  if (versionOf(connection) === known) return undefined;
  return connection.write(() => {
    const version = versionOf(connection);
    if (version > known) throw new NewerStore();
    if (version === known) return undefined;
    const saved = version > 0 && schema.precious ? backUp(connection.path, version) : undefined;
    for (const migration of schema.migrations.slice(version)) connection.exec(migration);
    if (version === 0) fill();
    connection.exec(`PRAGMA user_version = ${known}`);
    return saved;
  });
}

/** Called while the writing transaction is open and has changed nothing: a second connection sees the state before it. */
function backUp(path: string, version: number): string {
  const target = path.replace(/\.db$/, `.backup-v${version}.db`);
  const connection = new Connection(path, { readOnly: true, timeout: 5000 });
  try {
    copyTo(connection, target);
  } finally {
    connection.close();
  }
  return target;
}

/** Copies a database into a file of its own, which is there only when it is whole. */
export function copyTo(connection: Connection, target: string): void {
  const unfinished = `${target}.unfinished`;
  rmSync(unfinished, { force: true });
  makePrivate(unfinished);
  connection.run('VACUUM INTO ?', unfinished);
  renameSync(unfinished, target);
}
