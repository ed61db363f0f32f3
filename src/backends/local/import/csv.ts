import { CsvError, parse } from 'csv-parse/sync';
import { ImportProblem, type LeftOut } from './source.ts';

export interface CsvRecord {
  /** Where it begins, counted from 1. */
  line: number;
  cells: string[];
}

/** What one piece of the file gave. */
export interface CsvBlock {
  records: CsvRecord[];
  leftOut: LeftOut[];
}

/** A quoted field longer than this was never meant to be one: the quote is broken. */
const longestRecord = 1_000_000;
const longestLine = 8_000_000;
const shortestPatience = 10_000;
const linesInABlock = 200;

const delimiters = [',', ';', '\t', '|'] as const;

/** The delimiter under which the first lines fall into the most columns evenly. */
export function detectDelimiter(head: string): string {
  const declared = /^sep=(.)\r?\n/i.exec(head)?.[1];
  if (declared !== undefined) return declared;
  const lines = head.split(/\r\n|\n|\r/, 60);
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const counts = new RecordReader(delimiter).read(lines).records.map((record) => record.cells.length);
    const width = counts[0] ?? 0;
    if (width < 2) continue;
    const even = counts.filter((count) => count === width).length / counts.length;
    const score = even * Math.log2(width);
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}

/**
 * The records of a CSV text. A record with broken quoting is left out with its line, and reading goes on with the
 * next line: one stray quote does not swallow the file.
 */
export async function* csvRecords(
  text: AsyncIterable<string>,
  delimiter: string,
): AsyncGenerator<CsvBlock, void, undefined> {
  const reader = new RecordReader(delimiter);
  for await (const lines of linesOf(text)) {
    for (let from = 0; from < lines.length; from += linesInABlock) {
      yield reader.read(lines.slice(from, from + linesInABlock));
    }
  }
  yield reader.end();
}

/** Text as lines, whatever ends them; the last piece of a chunk waits for the next. */
export async function* linesOf(text: AsyncIterable<string>): AsyncGenerator<string[], void, undefined> {
  let rest = '';
  for await (const chunk of text) {
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) {
      throw new ImportProblem('The file has a line of more than 8 million characters: it is not a table.');
    }
    if (lines.length > 0) yield lines;
  }
  if (rest !== '') yield [rest.replace(/\r$/, '')];
}

interface Pending {
  line: number;
  text: string;
}

/** Cuts lines into records (a quoted field may go over several lines) and has them parsed. */
class RecordReader {
  readonly #delimiter: string;
  #line = 1;
  #lines: string[] = [];
  #size = 0;
  #quoted = false;
  #patience = longestRecord;

  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  read(lines: readonly string[]): CsvBlock {
    const block: CsvBlock = { records: [], leftOut: [] };
    const ready: Pending[] = [];
    for (const line of lines) this.#push(line, ready, block);
    this.#parseAll(ready, block);
    return block;
  }

  /** The file ended: a quote still open is broken, and the lines after it are records of their own. */
  end(): CsvBlock {
    const block: CsvBlock = { records: [], leftOut: [] };
    const ready: Pending[] = [];
    while (this.#lines.length > 0) this.#giveUp(ready, block);
    this.#parseAll(ready, block);
    return block;
  }

  #push(line: string, ready: Pending[], block: CsvBlock): void {
    if (this.#lines.length === 0 && line.trim() === '') {
      this.#line++;
      return;
    }
    this.#lines.push(line);
    this.#size += line.length + 1;
    this.#quoted = endsQuoted(line, this.#quoted, this.#delimiter);
    if (!this.#quoted) {
      ready.push({ line: this.#line, text: this.#lines.join('\n') });
      this.#restart(this.#line + this.#lines.length);
    } else if (this.#size > this.#patience) {
      this.#patience = Math.max(shortestPatience, this.#patience / 2);
      this.#giveUp(ready, block);
    }
  }

  #giveUp(ready: Pending[], block: CsvBlock): void {
    const [, ...rest] = this.#lines;
    block.leftOut.push({ line: this.#line, reason: 'A quote that opens on this line is never closed.' });
    this.#restart(this.#line + 1);
    for (const line of rest) this.#push(line, ready, block);
  }

  #restart(line: number): void {
    this.#line = line;
    this.#lines = [];
    this.#size = 0;
    this.#quoted = false;
  }

  /** All at once, which is fast; one by one only where that fails, to find the culprit. */
  #parseAll(ready: Pending[], block: CsvBlock): void {
    const parsed = this.#parse(ready.map((one) => one.text).join('\n'));
    if (Array.isArray(parsed) && parsed.length === ready.length) {
      ready.forEach(({ line }, index) => block.records.push({ line, cells: parsed[index] ?? [] }));
    } else {
      for (const one of ready) this.#parseOne(one, block);
    }
    block.leftOut.sort((a, b) => a.line - b.line);
  }

  #parseOne({ line, text }: Pending, block: CsvBlock): void {
    let parsed = this.#parse(text);
    if (!Array.isArray(parsed) && parsed.code === 'INVALID_OPENING_QUOTE') parsed = this.#parse(text, true);
    const [cells] = Array.isArray(parsed) ? parsed : [];
    if (cells !== undefined) {
      block.records.push({ line, cells });
      return;
    }
    block.leftOut.push({ line, reason: 'The quoting is broken: text follows a closing quote.' });
    const [, ...rest] = text.split('\n');
    if (rest.length === 0) return;
    const again = new RecordReader(this.#delimiter);
    again.#line = line + 1;
    for (const part of [again.read(rest), again.end()]) {
      block.records.push(...part.records);
      block.leftOut.push(...part.leftOut);
    }
  }

  #parse(text: string, relaxed = false): string[][] | CsvError {
    try {
      return parse(text, {
        delimiter: this.#delimiter,
        record_delimiter: '\n',
        relax_column_count: true,
        relax_quotes: relaxed,
      });
    } catch (error) {
      if (error instanceof CsvError) return error;
      throw error;
    }
  }
}

/** Is a quoted field still open at the end of the line? A quote opens one only where a field begins. */
function endsQuoted(line: string, quoted: boolean, delimiter: string): boolean {
  let inside = quoted;
  let at = line.indexOf('"');
  while (at >= 0) {
    if (!inside) {
      inside = at === 0 || line[at - 1] === delimiter;
    } else if (line[at + 1] === '"') {
      at++;
    } else {
      inside = false;
    }
    at = line.indexOf('"', at + 1);
  }
  return inside;
}
