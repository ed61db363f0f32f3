import { readFileSync } from 'node:fs';
import path from 'node:path';
import MiniSearch from 'minisearch';
import { peerOptions } from './seedIndex.ts';

/** MiniSearch over the same fields, loaded from what it wrote itself. */
export function opened(folder: string): (typed: string) => number {
  const index = MiniSearch.loadJSON(readFileSync(path.join(folder, 'minisearch.json'), 'utf8'), peerOptions);
  return (typed) => {
    const prefix = !typed.endsWith(' ');
    const hits = index.search(typed, {
      combineWith: 'AND',
      prefix: (_, at, terms) => prefix && at === terms.length - 1,
    });
    return hits.slice(0, 50).length;
  };
}
