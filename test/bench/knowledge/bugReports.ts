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

/** Words are cut and weighed as they are because of these sets: what they say of it proves nothing. */
const tunedOn = ['seamonkey', 'hadoop', 'mobile'];

/**
 * Every pair of `NAME_bugs.csv` (Summary, Description, Issue id) and `NAME_duplicates.csv` (Issue id, Duplicate id: one, or several with commas) in
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
      const use = tunedOn.includes(name.toLowerCase()) ? 'tuning' : 'deciding';
      sets.push({ name, use, items, duplicates: duplicatesOf(rows, await read(pairs)) });
    }
  }
  return sets;
}

function duplicatesOf(rows: readonly Row[], pairs: readonly Row[]): Map<number, Set<number>> {
  const numbers = new Map(rows.map((row, number) => [row['Issue id'], number]));
  const truth = new Map<number, Set<number>>();
  for (const pair of pairs) {
    const a = numbers.get(pair['Issue id']);
    for (const id of (pair['Duplicate id'] ?? '').split(/,\s*/)) {
      const b = numbers.get(id);
      if (a === undefined || b === undefined || a === b) continue;
      truth.set(a, (truth.get(a) ?? new Set()).add(b));
      truth.set(b, (truth.get(b) ?? new Set()).add(a));
    }
  }
  return truth;
}

type Row = Record<string, string | undefined>;

async function read(file: string): Promise<Row[]> {
  return parse(await readFile(file), { columns: true, bom: true });
}
