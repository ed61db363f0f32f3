import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import { TextIndex, type TextItem } from '../../../src/runbooks/textIndex.ts';
import { root } from '../../harness/paths.ts';
import type { Bench, Measured } from '../figure.ts';

const data = path.join(root, '..', 'shared', 'data');
const reports = path.join(data, 'seamonkey_bugs.csv');
const many = 50_000;
const asked = 200;
/** What plain BM25 finds of them, the title three times plus the body. */
const plain = { 5: 0.787, 10: 0.827 };

/** Similar tickets: are the known duplicates of a report among the first, and how long does it take in a large desk? */
export const similar: Bench = {
  name: 'similar',
  run: async () => {
    if (!existsSync(reports)) {
      console.log('similar: there is no seamonkey_bugs.csv beside the checkout.');
      return [];
    }
    const rows = await read(reports);
    const items = rows.map((row) => ({ title: row.Summary ?? '', text: row.Description ?? '' }));
    const truth = duplicatesOf(rows, await read(path.join(data, 'seamonkey_duplicates.csv')));
    return [hits(items, truth, 5), hits(items, truth, 10), latency(items)];
  },
};

/** Of each report that has one, where its duplicates are. */
function duplicatesOf(rows: readonly Row[], pairs: readonly Row[]): Map<number, Set<number>> {
  const numbers = new Map(rows.map((row, number) => [row['Issue id'], number]));
  const truth = new Map<number, Set<number>>();
  for (const pair of pairs) {
    const [a, b] = [numbers.get(pair['Issue id']), numbers.get(pair['Duplicate id'])];
    if (a === undefined || b === undefined || a === b) continue;
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      truth.set(one, (truth.get(one) ?? new Set()).add(other));
    }
  }
  return truth;
}

function hits(
  items: readonly TextItem[],
  truth: ReadonlyMap<number, ReadonlySet<number>>,
  first: 5 | 10,
): Measured {
  const index = indexOf(items);
  let found = 0;
  for (const [number, duplicates] of truth) {
    const query = items[number];
    const matches = query === undefined ? [] : index.find(query, first, (one) => one !== number);
    if (matches.some((match) => duplicates.has(match.number))) found++;
  }
  return {
    name: `similar.hit${first}`,
    size: truth.size,
    value: found / truth.size,
    unit: '',
    peer: 'plain BM25: more is better',
    peerValue: plain[first],
  };
}

function latency(items: readonly TextItem[]): Measured {
  const index = new TextIndex();
  for (let number = 0; number < many; number++) {
    const item = items[number % items.length];
    if (item !== undefined) index.put(number, { ...item, title: `${item.title} ${number}` });
  }
  const times = items.slice(0, asked).map((item) => {
    const begin = performance.now();
    index.find(item, 10);
    return performance.now() - begin;
  });
  times.sort((a, b) => a - b);
  return {
    name: 'similar.query-p95',
    size: many,
    value: times[Math.floor(times.length * 0.95)] ?? 0,
    unit: 'ms',
    peer: '20 ms',
    peerValue: 20,
    target: { value: 20 },
  };
}

function indexOf(items: readonly TextItem[]): TextIndex {
  const index = new TextIndex();
  items.forEach((item, number) => index.put(number, item));
  return index;
}

type Row = Record<string, string | undefined>;

async function read(file: string): Promise<Row[]> {
  return parse(await readFile(file), { columns: true, bom: true });
}
