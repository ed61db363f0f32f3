import type { Account } from '../../desk/account.ts';
import type { BackendKind } from '../backend.ts';
import { localKeyPattern } from './keys.ts';
import type { LocalDeskPort } from './port.ts';

export type { LocalDeskPort } from './port.ts';

const kindId = 'local';

/** The embedded ticketing system for those who have none: no server, nothing to sign in to. */
export function localKind(port: LocalDeskPort): BackendKind {
  return {
    id: kindId,
    label: 'Local desk',
    keyPattern: () => localKeyPattern(port.reader.localKeyPrefixes()),
    authorise: () => ({}),
    create: async (context) => {
      const { LocalBackend } = await import('./connector.ts');
      return new LocalBackend(context, port);
    },
  };
}

/** The account that is the local desk, where there is one: what is imported goes there. */
export function localDeskAccountId(accounts: readonly Account[]): string | undefined {
  return accounts.find((account) => account.backend === kindId)?.id;
}
