import { localCalendar } from '../../../src/desk/query/dates.ts';
import { parseQuery } from '../../../src/desk/query/parse.ts';
import { openReader } from '../../../src/store/openReader.ts';

const shown = 50;

/** Searches as the command does: understands what was typed, asks the store, makes excerpts. */
export function opened(folder: string): (typed: string) => number {
  const reader = openReader(folder);
  if (!reader.ok) throw new Error(reader.error.message);
  const accounts = [{ id: 'bench', label: 'Bench' }];
  return (typed) => {
    const query = parseQuery(typed, { calendar: localCalendar(Date.now()), accounts });
    return reader.value.search(query, shown).length;
  };
}
