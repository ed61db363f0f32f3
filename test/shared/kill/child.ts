import { readFileSync } from 'node:fs';
import type { Backend, BackendKind } from '../../../src/backends/backend.ts';
import { createGateway } from '../../../src/backends/axiosGateway.ts';
import { backendKinds, kindOf } from '../../../src/backends/registry.ts';
import { readLocalDeskSettings } from '../../../src/backends/local/settings.ts';
import type { Account } from '../../../src/desk/account.ts';
import type { Result } from '../../../src/desk/errors.ts';
import type { Request } from '../../../src/sync/api.ts';
import { createSync } from '../../../src/sync/engine.ts';
import type { Store } from '../../../src/store/open.ts';
import { openStore } from '../../../src/store/open.ts';
import { HttpBackend } from './httpBackend.ts';
import type { KillConfig } from './run.ts';

const mostSyncs = 5;

/** A window of Deskside without an editor, made to be killed. Says `queued <text>` for each operation it keeps. */
async function main(config: KillConfig): Promise<void> {
  const store = value(
    await openStore({
      folder: config.folder,
      workerFile: new URL('../../../src/store/worker.ts', import.meta.url),
    }),
  );
  const { reader, writer } = store;
  const backend = await connect(config, store);
  const sync = createSync({
    reader,
    writer,
    accounts: () => [account(config)],
    connect: () => Promise.resolve({ ok: true, value: backend }),
    now: () => Date.now(),
    intervalMs: () => 3_600_000,
    windowId: crypto.randomUUID(),
    log: () => undefined,
    tuning: { tickMs: 25, leaseMs: 400, settleMs: config.settleMs },
  });
  const ticketOf = (id: string) => reader.ticket({ accountId: config.accountId, id });
  const isThere = () => config.operations.every(({ ticketId }) => ticketOf(ticketId) !== undefined);
  // A first sync that a fault strikes is asked for again; who never sees a ticket does nothing to it.
  for (let attempt = 0; attempt < mostSyncs && !isThere(); attempt += 1) {
    await sync.syncNow(undefined, new AbortController().signal);
  }
  sync.start();
  for (const { ticketId, text, visibility } of config.operations) {
    const ticket = ticketOf(ticketId);
    if (!ticket) break;
    const kind = visibility === 'public' ? 'reply' : 'note';
    const request: Request = {
      accountId: config.accountId,
      ticket,
      label: ticket.key,
      intent: kind,
      steps: [{ type: 'post', kind, visibility, body: text }],
    };
    value(await sync.enqueue(request));
    process.stdout.write(`queued ${text}\n`);
  }
  while (reader.outbox().length > 0) {
    await sync.idle();
    for (const operation of reader.outbox()) {
      if (operation.state === 'conflict' || operation.state === 'failed') {
        throw new Error(JSON.stringify(operation));
      }
      const [step] = operation.steps;
      const isPublic = step?.type === 'post' && step.visibility === 'public';
      // The user's part: a reply of which nobody knows is sent again only when they say so.
      if (operation.state === 'unknown' && isPublic) await sync.retry(operation.id, { force: false });
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  process.stdout.write('done\n');
  await sync.dispose();
  reader.close();
  await writer.close();
}

function account({ accountId, server }: KillConfig): Account {
  const own = { id: accountId, label: 'kill', url: server.base };
  return server.type === 'http'
    ? { ...own, backend: server.type }
    : { ...own, backend: server.kind, user: server.user };
}

async function connect(config: KillConfig, store: Store): Promise<Backend> {
  const { server } = config;
  if (server.type === 'http') return new HttpBackend(server.base);
  const live = account(config);
  const kind = kindFor(live, store);
  const gateway = createGateway({
    account: live,
    endpoint: kind.endpoint?.(live),
    token: () => Promise.resolve(server.token),
    authorise: (token) => kind.authorise(token, live),
    identify: kind.identify,
    log: () => undefined,
    now: () => Date.now(),
  });
  return kind.create({ account: live, gateway, now: () => Date.now(), known: () => undefined });
}

function kindFor(live: Account, { reader, writer }: Store): BackendKind {
  const local = {
    reader,
    run: writer.run.bind(writer),
    settings: () => readLocalDeskSettings(undefined, 'nobody').settings,
  };
  const kind = kindOf(backendKinds(local), live);
  if (!kind) throw new Error(`What is ${live.backend}?`);
  return kind;
}

function value<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.error.reason}: ${result.error.message}`);
  return result.value;
}

await main(JSON.parse(readFileSync(0, 'utf8')) as KillConfig);
