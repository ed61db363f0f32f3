import { rm } from 'node:fs/promises';
import http from 'node:http';
import axios from 'axios';
import { createGateway } from '../../../src/backends/axiosGateway.ts';
import { rtKind } from '../../../src/backends/rt/kind.ts';
import type { Account } from '../../../src/desk/account.ts';
import { ok, type Result } from '../../../src/desk/errors.ts';
import { fieldsBefore, type Step } from '../../../src/desk/operation.ts';
import { openStore } from '../../../src/store/open.ts';
import { createSync } from '../../../src/sync/engine.ts';
import { temporaryFolder } from '../../harness/paths.ts';
import { measure, median, type Bench } from '../figure.ts';
import { startPushServer, type PushServer, type Recorded } from './server.ts';

const accountId = 'bench';
const token = '1-14-0123456789abcdef';
const tickets = 50;
const operations = 100;
/** As many requests at a time as the gateway makes. */
const parallel = 4;

/** A full outbox after an hour offline, against the same requests made by nobody who has to remember them. */
export const pushing: Bench = {
  name: 'sync.push',
  run: async () => {
    const server = await startPushServer();
    let requests: Recorded[] = [];
    try {
      const ours = await measure(async () => {
        const pushed = await push(server);
        requests = pushed.requests;
        return pushed.time;
      });
      const bare = await measure(() => again(server.base, requests));
      console.log(`  ${requests.length} requests for ${operations} operations`);
      const size = operations;
      const peer = 'axios making the same requests, four at a time';
      return [
        { name: 'sync.push', size, value: median(ours), unit: 'ms', peer, peerValue: median(bare) },
        {
          name: 'sync.push.requests',
          size,
          value: requests.length / operations,
          unit: 'an operation',
          peer: 'the change itself',
          peerValue: 1,
        },
      ];
    } finally {
      await server.close();
    }
  },
};

async function push(server: PushServer): Promise<{ time: number; requests: Recorded[] }> {
  const folder = await temporaryFolder('push');
  const workerFile = new URL('../../../src/store/worker.ts', import.meta.url);
  const { reader, writer } = valueOf(await openStore({ folder, workerFile }));
  const account: Account = { id: accountId, backend: 'rt', label: 'RT', url: server.base };
  const now = () => Date.now();
  const gateway = createGateway({
    account,
    token: () => Promise.resolve(token),
    authorise: (secret) => rtKind.authorise(secret, account),
    identify: rtKind.identify,
    log: () => undefined,
    now,
  });
  const backend = await rtKind.create({ account, gateway, now, known: () => undefined });
  const sync = createSync({
    reader,
    writer,
    accounts: () => [account],
    connect: () => Promise.resolve(ok(backend)),
    now,
    intervalMs: () => 3_600_000,
    windowId: crypto.randomUUID(),
    log: () => undefined,
  });
  try {
    const { signal } = new AbortController();
    const problems = [];
    for (let id = 1; id <= tickets; id += 1) {
      valueOf(await sync.refreshTicket({ accountId, id: String(id) }, signal));
    }
    for (let n = 0; n < operations; n += 1) {
      const ticket = reader.ticket({ accountId, id: String((n % tickets) + 1) });
      if (!ticket) throw new Error('A ticket is not there.');
      const step = stepOf(n);
      const steps = [step.type === 'update' ? { ...step, before: fieldsBefore(ticket, step.fields) } : step];
      const intent = step.type === 'update' ? 'priority' : step.type === 'post' ? step.kind : 'time';
      const queued = await sync.enqueue({
        accountId,
        ticket,
        label: ticket.key,
        intent: intent === 'reply' || intent === 'priority' ? intent : 'note',
        steps,
      });
      if (!queued.ok) problems.push(queued.error.message);
    }
    server.recorded.splice(0);
    const begin = performance.now();
    sync.start();
    await sync.idle();
    const time = performance.now() - begin;
    const left = reader.outbox().length;
    if (left > 0 || problems.length > 0) throw new Error(`${left} were not sent. ${problems.join(' ')}`);
    return { time, requests: server.recorded.splice(0) };
  } finally {
    await sync.dispose();
    reader.close();
    await writer.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Notes, replies and changes by turns; two on each ticket. */
function stepOf(n: number): Step {
  if (n % 3 === 0)
    return { type: 'update', fields: { priority: n < tickets ? 'High' : 'Medium' }, before: {} };
  const isPublic = n % 3 === 1;
  const visibility = isPublic ? 'public' : 'internal';
  return { type: 'post', kind: isPublic ? 'reply' : 'note', visibility, body: `Text number ${n}.` };
}

async function again(base: string, requests: readonly Recorded[]): Promise<number> {
  const client = axios.create({
    baseURL: base,
    httpAgent: new http.Agent({ keepAlive: true }),
    proxy: false,
  });
  const left = requests.values();
  const begin = performance.now();
  const worker = async (): Promise<void> => {
    for (const { method, path, body } of left) {
      const headers = body === '' ? {} : { 'content-type': 'application/json' };
      await client.request({ method, url: path, headers, ...(body !== '' && { data: body }) });
    }
  };
  await Promise.all(Array.from({ length: parallel }, worker));
  return performance.now() - begin;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
