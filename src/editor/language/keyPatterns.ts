import type { KeyPattern } from '../../runbooks/ticketKeys.ts';
import type { Accounts } from '../accounts.ts';
import type { Connections } from '../connections.ts';

/** How the tickets of each account are written. An account without a server has all its tickets here. */
export function keyPatternsOf(
  accounts: Pick<Accounts, 'all'>,
  connections: Pick<Connections, 'kindOf'>,
): KeyPattern[] {
  return accounts.all().flatMap((account) => {
    const kind = connections.kindOf(account);
    if (!kind) return [];
    const { source } = kind.keyPattern(account);
    return [{ accountId: account.id, source, complete: account.url === undefined }];
  });
}
