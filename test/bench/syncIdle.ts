import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import { createGateway } from '../../src/backends/axiosGateway.ts';
import { rtKind } from '../../src/backends/rt/kind.ts';
import type { Account } from '../../src/desk/account.ts';
import { ok, type Result } from '../../src/desk/errors.ts';
import { mine } from '../../src/desk/scope.ts';
import { openStore } from '../../src/store/open.ts';
import { createSync } from '../../src/sync/engine.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { measure, median, type Bench, type Measured } from './figure.ts';
import { benchTicket } from './seed.ts';
import { packPage } from '../shared/page.ts';

const sizes = [1_000, 10_000, 100_000];
const syncs = 20;
const accountId = 'rt';

/** A sync of an account in which nothing is new: what it asks, and what it takes beside the asking. */
export const syncIdle: Bench = {
  name: 'sync.idle',
  run: async () => {
    const server = await startServer();
    try {
      const measured: Measured[] = [];
      for (const size of sizes) measured.push(...(await idleWith(size, server)));
      return measured;
    } finally {
      server.close();
    }
  },
};

async function idleWith(size: number, server: Server): Promise<Measured[]> {
  const folder = await temporaryFolder('idle');
  const workerFile = new URL('../../src/store/worker.ts', import.meta.url);
  const { reader, writer } = valueOf(await openStore({ folder, workerFile }));
  const account: Account = { id: accountId, backend: 'rt', label: 'RT', url: server.url };
  const gateway = createGateway({
    account,
    token: () => Promise.resolve('1-27-secret'),
    authorise: (token) => rtKind.authorise(token, account),
    identify: rtKind.identify,
    log: () => undefined,
    now: Date.now,
  });
  const known = (id: string) => reader.ticket({ accountId, id })?.revision;
  const backend = await rtKind.create({ account, gateway, now: Date.now, known });
  const sync = createSync({
    reader,
    writer,
    accounts: () => [account],
    connect: () => Promise.resolve(ok(backend)),
    now: Date.now,
    intervalMs: () => 60_000,
    windowId: 'bench',
    log: () => undefined,
  });
  try {
    for (let first = 0; first < size; first += 100) {
      const tickets = Array.from({ length: 100 }, (_, index) => ({
        ...benchTicket(first + index + 1, accountId, Date.now()),
        mine: false,
      }));
      const page = { accountId, scope: mine, tickets, timelines: [], cursor: server.cursor };
      valueOf(await writer.run('putPage', packPage(page)));
    }
    const { signal } = new AbortController();
    const syncNow = async () => valueOf(await sync.syncNow(undefined, signal));
    await syncNow();
    const asked = server.asked();
    for (let n = 0; n < syncs; n += 1) await syncNow();
    const requests = (server.asked() - asked) / syncs;
    const ours = await measure(() => timed(syncNow));
    const url = server.url + server.lastAsked();
    const peer = await measure(() => timed(() => axios.get(url)));
    return [
      {
        name: 'sync.idle.requests',
        size,
        value: requests,
        unit: 'requests',
        peer: 'one for each account',
        peerValue: 1,
        target: { value: 1 },
      },
      {
        name: 'sync.idle',
        size,
        value: median(ours),
        unit: 'ms',
        peer: 'axios: the same request',
        peerValue: median(peer),
      },
    ];
  } finally {
    await sync.dispose();
    reader.close();
    await writer.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Milliseconds for one, of {@link syncs} in a row. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  for (let n = 0; n < syncs; n += 1) await work();
  return (performance.now() - begin) / syncs;
}

interface Server {
  url: string;
  /** Where nothing is new. */
  cursor: string;
  asked(): number;
  lastAsked(): string;
  close(): void;
}

/** Answers what Request Tracker answers to somebody for whom nothing is new. */
async function startServer(): Promise<Server> {
  let asked = 0;
  let last = '';
  const answers: Record<string, unknown> = {
    '/rt': { Version: '5.0.3' },
    '/user/27': { Name: 'alice', RealName: 'Alice', Privileged: 1 },
    '/queues/all': { items: [{ id: '3', Name: 'Helpdesk', Lifecycle: 'default' }] },
    '/queue/3': { id: '3', Name: 'Helpdesk', TicketCustomFields: [] },
    '/tickets': { items: [] },
    '/transactions': { items: [{ id: '500', ObjectId: '7' }] },
  };
  const server = http.createServer((request, response) => {
    asked += 1;
    last = request.url ?? '';
    const { pathname } = new URL(last, 'http://localhost');
    const body = answers[pathname.replace('/REST/2.0', '').replace('/user/alice', '/user/27')];
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cursor: JSON.stringify({ high: 500, seen: [500] }),
    asked: () => asked,
    lastAsked: () => last,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
