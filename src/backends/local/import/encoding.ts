import { detect } from 'chardet';
import iconv from 'iconv-lite';
import { ImportProblem, pacer, type ImportSource } from './source.ts';

const marks: readonly [encoding: string, bytes: readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

const headLength = 2000;

/**
 * Which encoding the file's bytes are in. Reads all of it: a file can be plain ASCII for 50 MB before the first "ü"
 * tells UTF-8 from Windows-1252.
 */
export async function detectEncoding(source: ImportSource, signal: AbortSignal): Promise<string> {
  const head = await headOf(source);
  const wide = byMark(head) ?? byZeros(head);
  if (wide !== undefined) return wide;
  refuseBinary(head, source.name);
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const pause = pacer(signal);
  for await (const chunk of source.chunks()) {
    await pause();
    if (!decodes(utf8, chunk)) return singleByte(chunk);
  }
  return 'utf-8';
}

async function headOf(source: ImportSource): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of source.chunks()) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= headLength) break;
  }
  return Buffer.concat(chunks).subarray(0, headLength);
}

/** The file's text, piece by piece, without its byte-order mark. */
export async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  encoding: string,
): AsyncGenerator<string, void, undefined> {
  const decoder = iconv.getDecoder(encoding);
  for await (const chunk of chunks) {
    const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    if (text !== '') yield text;
  }
  const rest = decoder.end();
  if (rest !== undefined && rest !== '') yield rest;
}

function byMark(head: Uint8Array): string | undefined {
  return marks.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte))?.[0];
}

/** UTF-16 without a mark: every second byte of Western text is zero. */
function byZeros(head: Uint8Array): string | undefined {
  const zeros = [0, 0];
  head.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const most = head.length * 0.3;
  if (odd > most && even < odd / 10) return 'utf-16le';
  if (even > most && odd < even / 10) return 'utf-16be';
  return undefined;
}

function refuseBinary(head: Uint8Array, name: string): void {
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) {
    throw new ImportProblem(
      `${name} is a workbook or another packed file, not text. Save the sheet as CSV and import that.`,
    );
  }
  if (head.includes(0)) {
    throw new ImportProblem(`${name} is a binary file. Tickets are imported from CSV or JSON text files.`);
  }
}

function decodes(decoder: TextDecoder, chunk: Uint8Array): boolean {
  try {
    decoder.decode(chunk, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The detector's best guess around the bytes that are not UTF-8. */
function singleByte(chunk: Uint8Array): string {
  const guess = detect(chunk) ?? 'windows-1252';
  const unlikely = /^(UTF|ISO-8859-1$|ASCII$)/.test(guess) || !iconv.encodingExists(guess);
  return unlikely ? 'windows-1252' : guess.toLowerCase();
}
