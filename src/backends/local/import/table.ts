import { fail, type Result } from '../../../desk/errors.ts';
import { csvRecords, detectDelimiter } from './csv.ts';
import { decoded, detectEncoding } from './encoding.ts';
import { isJsonLines, jsonElements, jsonLines, type JsonBlock } from './json.ts';
import { ImportProblem, pacer, type ImportSource, type LeftOut } from './source.ts';

/** A row of the file, its cells in the order of the table's columns. */
export interface Row {
  line: number;
  cells: readonly string[];
}

export interface RowBlock {
  rows: Row[];
  leftOut: LeftOut[];
  /** How much of the file was read so far, 0 to 1. */
  progress: number;
}

/** A file understood as rows and columns, whatever its format. */
export interface Table {
  source: ImportSource;
  format: 'csv' | 'json';
  encoding: string;
  /** For CSV. */
  delimiter?: string;
  /** Made distinct: a second "Comment" is "Comment (2)". */
  columns: string[];
  /** The first rows, to guess from and to show examples of. */
  sample: Row[];
  /** All rows, from the beginning, each time it is called. */
  rows(signal: AbortSignal): AsyncGenerator<RowBlock, void, undefined>;
}

const headLength = 100_000;
const sampleSize = 500;

/** Finds out what kind of file it is and which columns it has. */
export async function openTable(source: ImportSource, signal: AbortSignal): Promise<Result<Table>> {
  return guarded(source, async () => {
    const encoding = await detectEncoding(source, signal);
    const head = await textHead(source, encoding);
    if (head.trim() === '') throw new ImportProblem(`${source.name} is empty: there is nothing to import.`);
    const table = /^\s*[[{]/.test(head)
      ? await jsonTable(source, encoding, isJsonLines(head), signal)
      : csvTable(source, encoding, detectDelimiter(head), head);
    for await (const block of table.rows(signal)) {
      table.sample.push(...block.rows.slice(0, sampleSize - table.sample.length));
      if (table.sample.length >= sampleSize) break;
    }
    if (table.sample.length === 0) {
      throw new ImportProblem(`${source.name} has a header but no rows that can be read.`);
    }
    return table;
  });
}

/** Runs `work` on a file and gives what can go wrong there as a value. */
export async function guarded<T>(source: ImportSource, work: () => Promise<T>): Promise<Result<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (error) {
    if (error instanceof ImportProblem) return fail({ reason: 'unsupported', message: error.message });
    if (error instanceof Error && error.name === 'AbortError') {
      return fail({ reason: 'cancelled', message: 'The import was cancelled.' });
    }
    if (error instanceof Error && 'code' in error) {
      return fail({ reason: 'storage', message: `${source.name} could not be read: ${error.message}` });
    }
    throw error;
  }
}

async function textHead(source: ImportSource, encoding: string): Promise<string> {
  let head = '';
  for await (const text of decoded(source.chunks(), encoding)) {
    head += text;
    if (head.length >= headLength) break;
  }
  return head;
}

/** The source's text, and how far it was read. */
function measured(source: ImportSource, encoding: string, signal: AbortSignal) {
  let read = 0;
  const pause = pacer(signal);
  async function* chunks() {
    for await (const chunk of source.chunks()) {
      await pause();
      read += chunk.length;
      yield chunk;
    }
  }
  return {
    text: decoded(chunks(), encoding),
    pause,
    progress: () => (source.size > 0 ? Math.min(1, read / source.size) : 0),
  };
}

function csvTable(source: ImportSource, encoding: string, delimiter: string, head: string): Table {
  const skipped = /^sep=.\r?\n/i.test(head) ? 1 : 0;
  let columns: string[] = [];
  const table: Table = {
    source,
    format: 'csv',
    encoding,
    delimiter,
    columns,
    sample: [],
    async *rows(signal) {
      const { text, pause, progress } = measured(source, encoding, signal);
      let headerSeen = false;
      for await (const block of csvRecords(text, delimiter)) {
        await pause();
        const rows: Row[] = [];
        const leftOut = [...block.leftOut];
        for (const { line, cells } of block.records) {
          if (line <= skipped) continue;
          if (!headerSeen) {
            headerSeen = true;
            columns = header(cells, source.name);
            table.columns = columns;
          } else if (!fits(cells, columns.length)) {
            leftOut.push({
              line,
              reason: `The row has ${cells.length} columns where the header has ${columns.length}.`,
            });
          } else {
            rows.push({ line, cells });
          }
        }
        yield { rows, leftOut, progress: progress() };
      }
    },
  };
  return table;
}

/** A row may end in empty cells that the header does not have. */
function fits(cells: readonly string[], width: number): boolean {
  return cells.length >= width && cells.slice(width).every((cell) => cell.trim() === '');
}

function header(cells: readonly string[], name: string): string[] {
  const used = new Map<string, number>();
  const columns = cells.map((cell, index) => {
    const label = cell.trim() || `Column ${index + 1}`;
    const count = (used.get(label) ?? 0) + 1;
    used.set(label, count);
    return count === 1 ? label : `${label} (${count})`;
  });
  if (columns.length < 2) {
    throw new ImportProblem(
      `${name} has only one column, so it can't be read as a table of tickets. Expected columns separated by comma, semicolon or tab, with their names in the first row.`,
    );
  }
  return columns;
}

async function jsonTable(
  source: ImportSource,
  encoding: string,
  lines: boolean,
  signal: AbortSignal,
): Promise<Table> {
  const read = (text: AsyncIterable<string>) => (lines ? jsonLines(text) : jsonElements(text));
  const columns = await jsonColumns(read(measured(source, encoding, signal).text));
  if (columns.length === 0) {
    throw new ImportProblem(`${source.name} is JSON, but no tickets were found in it.`);
  }
  return {
    source,
    format: 'json',
    encoding,
    columns,
    sample: [],
    async *rows(signal) {
      const { text, pause, progress } = measured(source, encoding, signal);
      for await (const block of read(text)) {
        await pause();
        const rows = block.records.map(({ line, values }) => ({
          line,
          cells: columns.map((column) => values[column] ?? ''),
        }));
        yield { rows, leftOut: block.leftOut, progress: progress() };
      }
    },
  };
}

/** The names all objects have between them. */
async function jsonColumns(blocks: AsyncIterable<JsonBlock>): Promise<string[]> {
  const columns = new Set<string>();
  for await (const block of blocks) {
    for (const { values } of block.records) for (const name of Object.keys(values)) columns.add(name);
    if (columns.size > 500) break;
  }
  return [...columns].slice(0, 500);
}
