import assert from 'node:assert/strict';
import {
  guessMapping,
  openTable,
  ReadReport,
  type ImportSource,
  type Mapping,
  type ReadOptions,
  type Table,
} from '../../../src/backends/local/import/importer.ts';
import { readTickets } from '../../../src/backends/local/import/read.ts';
import type { LocalTicket } from '../../../src/backends/local/port.ts';

export const now = Date.UTC(2026, 2, 31, 12);
export const never = new AbortController().signal;

/** A file that never was on a disk, given in pieces of `chunkSize` bytes. */
export function source(
  content: string | Uint8Array,
  name = 'tickets.csv',
  chunkSize = 64 * 1024,
): ImportSource {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  return {
    name,
    size: bytes.length,
    async *chunks() {
      for (let at = 0; at < bytes.length; at += chunkSize) {
        yield await Promise.resolve(bytes.subarray(at, at + chunkSize));
      }
    },
  };
}

export async function open(content: string | Uint8Array | ImportSource, name?: string): Promise<Table> {
  const from = typeof content === 'string' || content instanceof Uint8Array ? source(content, name) : content;
  const table = await openTable(from, never);
  assert.ok(table.ok, table.ok ? '' : table.error.message);
  return table.value;
}

/** The one sentence that a file which can't be imported gives. */
export async function refusal(content: string | Uint8Array, name?: string): Promise<string> {
  const table = await openTable(source(content, name), never);
  assert.ok(!table.ok, 'The file was taken.');
  return table.error.message;
}

export interface Read {
  tickets: LocalTicket[];
  report: ReadReport;
  table: Table;
  mapping: Mapping;
  byKey: (key: string) => LocalTicket;
}

/** Reads a whole file as the import does, by the guessed mapping with `change` made to it. */
export async function read(
  content: string | Uint8Array | ImportSource,
  change: (mapping: Mapping, table: Table) => Mapping = (mapping) => mapping,
  who: Pick<ReadOptions, 'me' | 'known'> = {},
): Promise<Read> {
  const table = await open(content);
  const mapping = change(guessMapping(table, 'utc'), table);
  const report = new ReadReport();
  const tickets: LocalTicket[] = [];
  const options = { table, mapping, accountId: 'local', now, signal: never, ...who };
  for await (const batch of readTickets(options, report)) tickets.push(...batch);
  const byKey = (key: string) => {
    const found = tickets.find(({ ticket }) => ticket.key === key);
    assert.ok(found, `There is no ticket ${key}.`);
    return found;
  };
  return { tickets, report, table, mapping, byKey };
}

export function keys(result: Read): string[] {
  return result.tickets.map(({ ticket }) => ticket.key);
}
