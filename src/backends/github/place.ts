import type { Account } from '../../desk/account.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';

export interface Repository {
  owner: string;
  name: string;
}

/** The repository whose issues are the account's tickets: its address is the account's. */
export function repositoryOf(account: Pick<Account, 'url'>): Result<Repository> {
  const [owner, name] = account.url === undefined ? [] : new URL(account.url).pathname.split('/').slice(1);
  if (!owner || !name) {
    return fail({
      reason: 'rejected',
      field: 'url',
      message: 'The address must be that of a repository, for example https://github.com/acme/helpdesk.',
    });
  }
  return ok({ owner, name: name.replace(/\.git$/, '') });
}

/** Where GitHub's interface is: beside github.com and ghe.com, and below a GitHub Enterprise Server. */
export function endpointOf(account: Pick<Account, 'url'>): string {
  const { origin, host, protocol } = new URL(account.url ?? 'https://github.com');
  if (host === 'github.com' || host === 'www.github.com') return 'https://api.github.com';
  return host.endsWith('.ghe.com') ? `${protocol}//api.${host}` : `${origin}/api/v3`;
}
