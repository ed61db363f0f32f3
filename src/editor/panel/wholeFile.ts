import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Writes a file that is complete or not there. What it is called until then is nobody's file, nor a link that somebody
 * laid there: who sent the content does not say where it goes.
 */
export async function writeWhole(source: Readable, file: string, signal: AbortSignal): Promise<void> {
  const partial = `${file}.${randomUUID()}.part`;
  try {
    await pipeline(source, createWriteStream(partial, { flags: 'wx' }), { signal });
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}
