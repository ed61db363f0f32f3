import type { DeskError } from '../desk/errors.ts';

/** The store is of a newer version: read by this one, never written. Thrown inside the store only. */
export class NewerStore extends Error {
  constructor() {
    super(
      'A newer version of Deskside has brought the store up to date. What is there can still be read here, and nothing is changed; reload this window to go on with the new version.',
    );
  }
}

/** SQLite's primary result code, where the error came from SQLite. */
function code(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : undefined;
}

/** The file is not what SQLite wrote: SQLITE_CORRUPT, SQLITE_NOTADB, or a value that does not parse. */
export function isDamage(error: unknown): boolean {
  const primary = code(error);
  return primary === 11 || primary === 26 || error instanceof SyntaxError;
}

const sentences = new Map<number, string>([
  [5, 'The store is in use by another window at the moment. Nothing was changed; try again.'],
  [8, 'The store can only be read: its folder or disk is write-protected. Nothing was changed.'],
  [10, 'The disk reported an error. Nothing was changed.'],
  [11, 'The store is damaged.'],
  [13, 'The disk is full. Nothing was changed; make room and try again.'],
  [14, 'The store cannot be opened: check that its folder exists and may be written.'],
  [26, 'The store is damaged.'],
]);

/** Whatever was thrown while reading or writing, as a value. */
export function storageError(error: unknown): DeskError {
  const detail = error instanceof Error ? error.message : String(error);
  if (error instanceof NewerStore) return { reason: 'storage', message: detail, remedy: 'reload' };
  const sentence = sentences.get(code(error) ?? -1) ?? 'The store could not be read or written.';
  return { reason: 'storage', message: `${sentence} (${detail})` };
}
