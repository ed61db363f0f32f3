import { linesOf } from './csv.ts';
import { ImportProblem, type LeftOut } from './source.ts';

/** One ticket as a flat set of values: `{"status": {"name": "Open"}}` becomes `status.name`. */
export interface JsonRecord {
  line: number;
  values: Record<string, string>;
}

export interface JsonBlock {
  records: JsonRecord[];
  leftOut: LeftOut[];
}

/** Lists of tickets are found under these names when the file is one object. */
const containers = /^(tickets|issues|incidents|requests|records|results?|items|rows|data|values)$/i;
const longestElement = 8_000_000;

/** One object a line? Otherwise it is one document. */
export function isJsonLines(head: string): boolean {
  const [first = '', second = ''] = head.trimStart().split(/[\r\n]+/, 2);
  const object = objectOf(first);
  if (object === undefined) return false;
  const isWhole = Object.entries(object).some(
    ([name, value]) => containers.test(name) && Array.isArray(value),
  );
  return second.startsWith('{') || !isWhole;
}

/** The tickets of a JSON-lines text; a broken line is left out. */
export async function* jsonLines(text: AsyncIterable<string>): AsyncGenerator<JsonBlock, void, undefined> {
  let number = 0;
  for await (const lines of linesOf(text)) {
    const block: JsonBlock = { records: [], leftOut: [] };
    for (const line of lines) {
      number++;
      if (line.trim() !== '') add(block, number, line);
    }
    yield block;
  }
}

/** The tickets of one JSON document: an array, or an object with a list of tickets in it. */
export async function* jsonElements(text: AsyncIterable<string>): AsyncGenerator<JsonBlock, void, undefined> {
  const scanner = new ElementScanner();
  for await (const chunk of text) yield scanner.read(chunk);
  yield scanner.end();
}

/**
 * Finds the objects of the list without parsing the whole: a document of 100 MB is never held in memory.
 */
class ElementScanner {
  #line = 1;
  #depth = 0;
  /** At which depth tickets are; unknown until the list is found. */
  #level: number | undefined;
  #inString = false;
  #escaped = false;
  /** The string read last while the list is looked for: its name stands before it. */
  #name = '';
  #nameFrom = 0;
  #element = '';
  #elementLine = 0;
  #done = false;

  read(chunk: string): JsonBlock {
    const block: JsonBlock = { records: [], leftOut: [] };
    /** Where the open element goes on in this chunk. */
    let from = this.#elementLine > 0 ? 0 : -1;
    this.#nameFrom = 0;
    for (let at = 0; at < chunk.length && !this.#done; at++) {
      const char = chunk[at];
      if (char === '\n') this.#line++;
      if (this.#inString) {
        this.#string(char, chunk, at);
      } else if (char === '"') {
        this.#inString = true;
        this.#name = '';
        this.#nameFrom = at + 1;
      } else if (char === '{' || char === '[') {
        if (char === '[' && this.#opensList()) this.#level = this.#depth + 1;
        else if (char === '{' && this.#depth === this.#level && from < 0) {
          from = at;
          this.#elementLine = this.#line;
        }
        this.#depth++;
      } else if (char === '}' || char === ']') {
        this.#depth--;
        if (from >= 0 && this.#depth === this.#level) {
          add(block, this.#elementLine, this.#element + chunk.slice(from, at + 1));
          this.#element = '';
          this.#elementLine = 0;
          from = -1;
        } else if (this.#level !== undefined && this.#depth < this.#level) {
          this.#done = true;
        }
      }
    }
    if (from >= 0) this.#element += chunk.slice(from);
    if (this.#inString && this.#level === undefined) this.#name += chunk.slice(this.#nameFrom);
    if (this.#element.length > longestElement) this.#breaksOff(block);
    return block;
  }

  end(): JsonBlock {
    const block: JsonBlock = { records: [], leftOut: [] };
    if (this.#level === undefined) {
      throw new ImportProblem(
        'The JSON has no list of tickets: expected an array, an object with a list called "tickets" (or issues, records, result …), or one object a line.',
      );
    }
    if (!this.#done) this.#breaksOff(block);
    return block;
  }

  #breaksOff(block: JsonBlock): void {
    this.#done = true;
    block.leftOut.push({
      line: this.#elementLine || this.#line,
      reason: 'The JSON breaks off or is damaged from here on; what follows could not be read.',
    });
    this.#element = '';
    this.#elementLine = 0;
  }

  #opensList(): boolean {
    if (this.#level !== undefined) return false;
    return this.#depth === 0 || (this.#depth === 1 && containers.test(this.#name));
  }

  #string(char: string | undefined, chunk: string, at: number): void {
    if (this.#escaped) {
      this.#escaped = false;
    } else if (char === '\\') {
      this.#escaped = true;
    } else if (char === '"') {
      this.#inString = false;
      if (this.#level === undefined) this.#name += chunk.slice(this.#nameFrom, at);
    }
  }
}

function add(block: JsonBlock, line: number, text: string): void {
  const object = objectOf(text);
  if (object === undefined) {
    block.leftOut.push({ line, reason: 'This is not a JSON object, or its JSON is broken.' });
    return;
  }
  const values: Record<string, string> = {};
  flatten(object, '', values);
  block.records.push({ line, values });
}

function objectOf(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function flatten(object: object, prefix: string, values: Record<string, string>): void {
  for (const [name, value] of Object.entries(object) as [string, unknown][]) {
    const path = prefix + name;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      flatten(value, `${path}.`, values);
    } else {
      const text = textOf(value);
      if (text !== '') values[path] = text;
    }
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value);
  return value.every((item) => typeof item === 'string' || typeof item === 'number')
    ? value.join(', ')
    : JSON.stringify(value);
}
