import * as vscode from 'vscode';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { OwnQuery } from './queue.ts';

/** The queues that the user has made; entries that are none are left out. */
export function ownQueries(): OwnQuery[] {
  const setting = vscode.workspace.getConfiguration('deskside').get<unknown>('queues');
  const names = new Set<string>();
  return (Array.isArray(setting) ? (setting as unknown[]) : []).filter((one): one is OwnQuery => {
    if (!isOwnQuery(one) || names.has(one.name)) return false;
    names.add(one.name);
    return true;
  });
}

function isOwnQuery(value: unknown): value is OwnQuery {
  if (typeof value !== 'object' || value === null || !('name' in value) || !('query' in value)) return false;
  return typeof value.name === 'string' && value.name !== '' && typeof value.query === 'string';
}

/** Keeps a queue in the place of the one called `replaced`, or at the end. */
export function putOwnQuery(query: OwnQuery, replaced: string | undefined): Promise<Result<void>> {
  const all = ownQueries().filter(({ name }) => name === replaced || name !== query.name);
  const place = all.findIndex(({ name }) => name === replaced);
  return write(place === -1 ? [...all, query] : all.with(place, query));
}

export function removeOwnQuery(name: string): Promise<Result<void>> {
  return write(ownQueries().filter((one) => one.name !== name));
}

/** Where the list is that counts: a workspace's own hides the user's. */
async function write(queries: readonly OwnQuery[]): Promise<Result<void>> {
  const { Global, Workspace } = vscode.ConfigurationTarget;
  const settings = vscode.workspace.getConfiguration('deskside');
  const target = settings.inspect('queues')?.workspaceValue === undefined ? Global : Workspace;
  try {
    await settings.update('queues', queries, target);
    return ok();
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return fail({
      reason: 'storage',
      message: vscode.l10n.t('The settings could not be written ({0})', said),
    });
  }
}
