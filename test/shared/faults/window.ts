import type { Backend } from '../../../src/backends/backend.ts';
import { createGateway, type GatewayOptions } from '../../../src/backends/axiosGateway.ts';
import type { Account } from '../../../src/desk/account.ts';
import { fail, ok, type Result } from '../../../src/desk/errors.ts';
import { openStore } from '../../../src/store/open.ts';
import type { StoreReader, StoreWriter } from '../../../src/store/api.ts';
import type { Sync } from '../../../src/sync/api.ts';
import { createSync } from '../../../src/sync/engine.ts';
import type { JumpingClock } from './clock.ts';
import type { Server } from './subject.ts';

export const accountId = 'faulty';
export const sweepMs = 900_000;
/** A window of Deskside without an editor. */
export interface Window {
  reader: StoreReader;
  writer: StoreWriter;
  sync: Sync;
  close(): Promise<void>;
}

/** An account of the window, and the address it is reached at. */
export interface Reached {
  id: string;
  subject: Server;
  url: string;
}

export function openWindow(
  subject: Server,
  url: string,
  folder: string,
  clock: JumpingClock,
  deadlineMs: number,
): Promise<Window> {
  return openWindowOver([{ id: accountId, subject, url }], folder, clock, deadlineMs);
}

export async function openWindowOver(
  reached: readonly Reached[],
  folder: string,
  clock: JumpingClock,
  deadlineMs: number,
): Promise<Window> {
  const workerFile = new URL('./storeWorker.ts', import.meta.url);
  const { reader, writer } = value(await openStore({ folder, workerFile }));
  const accounts = reached.map(({ id, subject, url }) => accountAt(id, subject, url));
  const backends = new Map<string, Backend>();
  for (const { id, subject, url } of reached) {
    const known = (ticketId: string) => reader.ticket({ accountId: id, id: ticketId })?.revision;
    const backend = await connect(subject, accountAt(id, subject, url), clock.now, known, {
      deadlineMs,
      idleMs: deadlineMs,
      pauseMs: 20,
      longestPauseMs: 0,
    });
    backends.set(id, backend);
  }
  const sync = createSync({
    reader,
    writer,
    accounts: () => accounts,
    connect: (id) => {
      const backend = backends.get(id);
      return Promise.resolve(
        backend ? ok(backend) : fail({ reason: 'not-found', message: 'There is no such account.' }),
      );
    },
    now: clock.now,
    intervalMs: () => 60_000,
    windowId: crypto.randomUUID(),
    log: () => undefined,
    tuning: { clock, tickMs: 50, sweepMs, graceMs: 100 },
  });
  return {
    reader,
    writer,
    sync,
    async close() {
      await sync.dispose();
      reader.close();
      await writer.close();
    },
  };
}

function accountAt(id: string, subject: Server, url: string): Account {
  return {
    id,
    backend: subject.kind.id,
    label: subject.name,
    url: url + (subject.path ?? ''),
    user: subject.user,
  };
}

function connect(
  subject: Server,
  account: Account,
  now: () => number,
  known: (ticketId: string) => string | undefined,
  tuning: GatewayOptions['tuning'],
): Promise<Backend> {
  const gateway = createGateway({
    account,
    endpoint: subject.kind.endpoint?.(account),
    token: () => Promise.resolve(subject.token),
    authorise: (token) => subject.kind.authorise(token, account),
    identify: subject.kind.identify,
    log: () => undefined,
    now,
    tuning,
  });
  return subject.kind.create({ account, gateway, now, known });
}

/** Our connector without anything in between: what a good sync has to end in. */
export function direct(subject: Server): Promise<Backend> {
  return connect(subject, accountAt(accountId, subject, subject.base), Date.now, () => undefined, {});
}

export function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.reason}: ${result.error.message}`);
  return result.value;
}
