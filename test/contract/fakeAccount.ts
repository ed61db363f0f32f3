import { createGateway } from '../../src/backends/axiosGateway.ts';
import type { Backend, BackendKind } from '../../src/backends/backend.ts';
import type { Account } from '../../src/desk/account.ts';

/** A connector of `kind`, signed in with `token`, against a server on loopback. */
export function connectorTo(kind: BackendKind, account: Account, token: string): Promise<Backend> {
  const now = () => Date.now();
  const gateway = createGateway({
    account,
    endpoint: kind.endpoint?.(account),
    token: () => Promise.resolve(token),
    authorise: (secret) => kind.authorise(secret, account),
    identify: kind.identify,
    log: () => undefined,
    now,
    tuning: { pauseMs: 1 },
  });
  return kind.create({ account, gateway, now, known: () => undefined });
}
