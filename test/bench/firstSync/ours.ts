import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGateway } from '../../../src/backends/axiosGateway.ts';
import { parseQuery } from '../../../src/desk/query/parse.ts';
import { localCalendar } from '../../../src/desk/query/dates.ts';
import { ok, type Result } from '../../../src/desk/errors.ts';
import { ReadRhythm } from '../../../src/editor/tickets/readRhythm.ts';
import { readTickets } from '../../../src/editor/tickets/readTickets.ts';
import { TicketsModel } from '../../../src/editor/tickets/ticketsModel.ts';
import { openStore } from '../../../src/store/open.ts';
import { createSync } from '../../../src/sync/engine.ts';
import { temporaryFolder } from '../../harness/paths.ts';
import { treeInput } from '../treeInput.ts';
import { BenchBackend } from './backend.ts';

export interface Downloaded {
  /** Milliseconds until all tickets were stored and in the tree. */
  stored: number;
  searchable: number;
}

const account = (port: number) => ({
  id: 'bench',
  backend: 'bench',
  label: 'Bench',
  url: `http://127.0.0.1:${port}`,
});

/** As the extension does it: gateway, engine, the worker that writes, and a tree that follows. */
export async function download(port: number, count: number): Promise<Downloaded> {
  const folder = await temporaryFolder('first-sync');
  const workerFile = new URL('../../../src/store/worker.ts', import.meta.url);
  const { reader, writer } = valueOf(await openStore({ folder, workerFile }));
  const now = () => Date.now();
  const gateway = createGateway({
    account: account(port),
    token: () => Promise.resolve('token'),
    authorise: () => ({}),
    log: () => undefined,
    now,
  });
  const backend = new BenchBackend(gateway);
  const begin = performance.now();
  const sync = createSync({
    reader,
    writer,
    accounts: () => [account(port)],
    connect: () => Promise.resolve(ok(backend)),
    now,
    intervalMs: () => 3_600_000,
    windowId: 'bench',
    log: () => undefined,
  });
  const tree = follow(reader, sync);
  try {
    valueOf(await sync.syncNow('bench', new AbortController().signal));
    await tree.shows(reader.countTickets({ mine: true }));
    const stored = performance.now() - begin;
    while (reader.unindexed() > 0) await sleep(5);
    const searchable = performance.now() - begin;
    const last = parseQuery(`key:#${count} `, { calendar: localCalendar(now()), accounts: [] });
    if (reader.search(last, 1).length !== 1 || reader.countTickets({}) !== count) {
      throw new Error('Something is missing.');
    }
    return { stored, searchable };
  } finally {
    tree.stop();
    await sync.dispose();
    await writer.close();
    reader.close();
    await rm(folder, { recursive: true, force: true });
  }
}

type Reader = Parameters<typeof readTickets>[0] & {
  countTickets(filter: { active?: boolean; mine: true }): number;
};

/** The tree without the editor, as it is at first (what is mine): reads and draws when something changed, as often as the view does. */
function follow(reader: Reader, sync: { onDidChange(listener: () => void): { dispose(): void } }) {
  const model = new TicketsModel((text, ...values) => text + values.join());
  let shown = 0;
  const refresh = async (): Promise<void> => {
    const begin = performance.now();
    const tickets = (await readTickets(reader, { active: true, mine: true }, () => true)) ?? [];
    rhythm.took(begin);
    const done = reader.countTickets({ active: false, mine: true });
    model.update(treeInput(tickets, Date.now(), done));
    for (const root of model.roots) model.children(root);
    shown = tickets.length + done;
  };
  const rhythm = new ReadRhythm(() => void refresh());
  const listening = sync.onDidChange(() => rhythm.changed());
  return {
    async shows(count: number) {
      rhythm.dispose();
      await refresh();
      if (shown !== count) throw new Error(`The tree has ${shown} tickets instead of ${count}.`);
    },
    stop() {
      rhythm.dispose();
      listening.dispose();
    },
  };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
