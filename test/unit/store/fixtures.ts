import { strict as assert } from 'node:assert';
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Draft } from '../../../src/desk/draft.ts';
import type { Entry } from '../../../src/desk/entry.ts';
import type { Result } from '../../../src/desk/errors.ts';
import type { Operation } from '../../../src/desk/operation.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../../../src/store/api.ts';
import { openStore } from '../../../src/store/open.ts';

export const workerFile = new URL('../../../src/store/worker.ts', import.meta.url);

export function value<T>(result: Result<T>): T {
  if (!result.ok) assert.fail(`${result.error.reason}: ${result.error.message}`);
  return result.value;
}

export function ticket(n: number, more: Partial<Ticket> = {}): Ticket {
  return {
    accountId: 'a',
    id: String(n),
    key: `DESK-${n}`,
    subject: `Printer ${n} is jammed`,
    requester: { id: 'carol', name: 'Carol Jones', email: 'carol@example.org' },
    status: { name: 'Open', category: 'open' },
    priority: { name: 'High', rank: 2 },
    kind: 'incident',
    channel: 'phone',
    tags: [],
    assets: [],
    customFields: [],
    createdAt: 1_700_000_000_000,
    updatedAt: 1_700_000_000_000 + n * 1000,
    reassignments: 0,
    reopenings: 0,
    sla: [],
    revision: '1',
    mine: true,
    ...more,
  };
}

export function entry(id: string, text: string, more: Partial<Entry> = {}): Entry {
  return {
    id,
    at: 1_700_000_000_000,
    author: { id: 'alice', name: 'Alice Agent' },
    kind: 'reply',
    visibility: 'public',
    body: { text, format: 'text' },
    changes: [],
    attachments: [],
    fromRequester: false,
    ...more,
  };
}

export function operation(id: string, more: Partial<Operation> = {}): Operation {
  return {
    id,
    accountId: 'a',
    ticketId: '1',
    label: 'DESK-1',
    intent: 'reply',
    steps: [{ type: 'post', kind: 'reply', visibility: 'public', body: `Text of ${id}` }],
    done: 0,
    state: 'queued',
    createdAt: 1_700_000_000_000,
    attempts: 0,
    forced: false,
    ...more,
  };
}

export function draft(id: string, text: string, more: Partial<Draft> = {}): Draft {
  return {
    id,
    kind: 'reply',
    accountId: 'a',
    ticketId: '1',
    label: 'DESK-1',
    text,
    savedAt: 1_700_000_000_000,
    ...more,
  };
}

/** For a store that has nothing to report. */
export function noNotice(message: string): void {
  assert.fail(message);
}

export interface TestStore {
  reader: StoreReader;
  writer: StoreWriter;
  folder: string;
  notices: string[];
  close: () => Promise<void>;
}

/** Temporary folders and open stores of one test; all gone after it. */
export function storeTests(): { folder: () => string; open: (folder?: string) => Promise<TestStore> } {
  const folders: string[] = [];
  const stores: TestStore[] = [];
  afterEach(async () => {
    await Promise.all(stores.splice(0).map((store) => store.close()));
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const newFolder = (): string => {
    const folder = mkdtempSync(path.join(tmpdir(), 'deskside-store-'));
    folders.push(folder);
    return folder;
  };
  return {
    folder: newFolder,
    open: async (folder = newFolder()) => {
      const notices: string[] = [];
      const onNotice = (message: string) => notices.push(message);
      const { reader, writer } = value(await openStore({ folder, workerFile, onNotice }));
      let closed: Promise<void> | undefined;
      const close = () =>
        (closed ??= writer.close().then(() => {
          reader.close();
        }));
      const store = { reader, writer, folder, notices, close };
      stores.push(store);
      return store;
    },
  };
}

/** A process of its own that writes to the store in `folder`; see `child.ts`. */
export function startChild(
  task: string,
  folder: string,
): { process: ChildProcess; line: () => Promise<string> } {
  const script = fileURLToPath(new URL('child.ts', import.meta.url));
  const child = spawn(process.execPath, [script, task, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) {
      const next = waiting.shift();
      if (next === undefined) lines.push(part);
      else next(part);
    }
  });
  return {
    process: child,
    line: () => {
      const first = lines.shift();
      return first === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(first);
    },
  };
}

export function exited(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}
