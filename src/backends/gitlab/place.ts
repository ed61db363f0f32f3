import type { Account } from '../../desk/account.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';

export interface Project {
  name: string;
  /** Of the project in GitLab's interface. */
  path: string;
}

/** The project whose issues are the account's tickets: its address is the account's. */
export function projectOf(account: Pick<Account, 'url'>): Result<Project> {
  const parts = account.url === undefined ? [] : new URL(account.url).pathname.split('/').filter(Boolean);
  const until = parts.indexOf('-');
  const names = until === -1 ? parts : parts.slice(0, until);
  const name = names.at(-1);
  if (names.length < 2 || name === undefined) {
    return fail({
      reason: 'rejected',
      field: 'url',
      message: 'The address must be that of a project, for example https://gitlab.com/acme/helpdesk.',
    });
  }
  return ok({ name, path: `/projects/${encodeURIComponent(names.join('/'))}` });
}
