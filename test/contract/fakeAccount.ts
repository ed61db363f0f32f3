import { createGateway, type GatewayOptions } from '../../src/backends/axiosGateway.ts';
import type { Backend, BackendContext, BackendKind } from '../../src/backends/backend.ts';
import type { Account } from '../../src/desk/account.ts';

interface ConnectorOptions {
  /** Default: no ticket is. */
  known?: BackendContext['known'];
  /** Default: next to no pause before a request is tried again. */
  tuning?: GatewayOptions['tuning'];
}

/** A connector of `kind`, signed in with `token`, against a server on loopback. */
export function connectorTo(
  kind: BackendKind,
  account: Account,
  token: string,
  { known = () => undefined, tuning = { pauseMs: 1 } }: ConnectorOptions = {},
): Promise<Backend> {
  const now = () => Date.now();
  const gateway = createGateway({
    account,
    endpoint: kind.endpoint?.(account),
    token: () => Promise.resolve(token),
    authorise: (secret) => kind.authorise(secret, account),
    identify: kind.identify,
    log: () => undefined,
    now,
    tuning,
  });
  return kind.create({ account, gateway, now, known });
}
