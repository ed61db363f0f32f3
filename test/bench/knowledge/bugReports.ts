import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import type { TextItem } from '../../../src/runbooks/textIndex.ts';
import { root } from '../../harness/paths.ts';

/** Reports of one project, and which of them say the same as which. */
export interface ReportSet {
  name: string;
  /** `tuning`: choices were made by looking at it. `deciding`: nothing was. */
  use: 'tuning' | 'deciding';
  items: TextItem[];
  /** Of each report that has some, where its duplicates are. */
  duplicates: Map<number, Set<number>>;
}

/** Words are cut as they are because of this set: what it says of them proves nothing. */
const tunedOn = 'seamonkey';

/**
 * Every pair of `NAME_bugs.csv` (Summary, Description, Issue id) and `NAME_duplicates.csv` (Issue id, Duplicate id) in
 * the data beside the checkout and in the folder that `DESKSIDE_BUG_REPORTS` names.
 */
export async function reportSets(): Promise<ReportSet[]> {
  const folders = [path.join(root, '..', 'shared', 'data'), process.env.DESKSIDE_BUG_REPORTS ?? ''];
  const sets: ReportSet[] = [];
  for (const folder of folders.filter((one) => one !== '' && existsSync(one))) {
    for (const file of readdirSync(folder).sort()) {
      const name = /^(.+)_bugs\.csv$/.exec(file)?.[1];
      const pairs = path.join(folder, `${name ?? ''}_duplicates.csv`);
      if (name === undefined || !existsSync(pairs)) continue;
      const rows = await read(path.join(folder, file));
      const items = rows.map((row) => ({ title: row.Summary ?? '', text: row.Description ?? '' }));
      const use = name.toLowerCase() === tunedOn ? 'tuning' : 'deciding';
      sets.push({ name, use, items, duplicates: duplicatesOf(rows, await read(pairs)) });
    }
  }
  return sets;
}

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

type Row = Record<string, string | undefined>;

async function read(file: string): Promise<Row[]> {
  return parse(await readFile(file), { columns: true, bom: true });
}
