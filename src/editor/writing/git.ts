import * as vscode from 'vscode';
import { permalink } from '../../runbooks/permalink.ts';

/** The parts of the built-in Git extension's API (version 1) that a permalink takes. */
interface GitApi {
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitRepository {
  rootUri: vscode.Uri;
  state: { HEAD?: { commit?: string }; remotes: { name: string; fetchUrl?: string }[] };
  /** Rejects where the commit has no such file. */
  getObjectDetails(treeish: string, path: string): Promise<unknown>;
}

/** The file at its commit on the forge that holds it; nothing for a file that is in no commit or no forge. */
export async function permalinkTo(uri: vscode.Uri, heading: string | undefined): Promise<string | undefined> {
  const extension = vscode.extensions.getExtension<{ getAPI(version: 1): GitApi }>('vscode.git');
  if (!extension) return undefined;
  const repository = (await extension.activate()).getAPI(1).getRepository(uri);
  const commit = repository?.state.HEAD?.commit;
  if (!repository || !commit) return undefined;
  const isCommitted = await repository.getObjectDetails(commit, uri.fsPath).then(
    () => true,
    () => false,
  );
  if (!isCommitted) return undefined;
  const { remotes } = repository.state;
  const remote = (remotes.find(({ name }) => name === 'origin') ?? remotes[0])?.fetchUrl;
  const path = uri.path.slice(repository.rootUri.path.length + 1);
  return remote === undefined
    ? undefined
    : permalink({ remote, commit, path, ...(heading ? { heading } : {}) });
}
