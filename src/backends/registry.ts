import type { Account } from '../desk/account.ts';
import type { BackendKind } from './backend.ts';
import { githubKind } from './github/kind.ts';
import { gitlabKind } from './gitlab/kind.ts';
import { jiraDataCenterKind, jiraKind } from './jira/kind.ts';
import { localKind, type LocalDeskPort } from './local/kind.ts';
import { redmineKind } from './redmine/kind.ts';
import { rtKind } from './rt/kind.ts';

/** Every kind of backend there is. Light: a connector's code is loaded with the first account that needs it. */
export function backendKinds(local: LocalDeskPort): readonly BackendKind[] {
  return [localKind(local), rtKind, redmineKind, githubKind, gitlabKind, jiraKind, jiraDataCenterKind];
}

/** The kind an account is of; nothing for a kind that is not known here. */
export function kindOf(kinds: readonly BackendKind[], account: Account): BackendKind | undefined {
  return kinds.find((kind) => kind.id === account.backend);
}
