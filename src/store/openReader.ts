import { ok, type Result } from '../desk/errors.ts';
import { fail } from '../desk/errors.ts';
import type { StoreReader } from './api.ts';
import { createReader } from './reader.ts';

/**
 * Reads the store without writing to it: for the language server, and for the first tree rows before the writer is
 * up. Databases that are not there yet are empty until they are. An error if there is something that can't be read.
 */
export function openReader(folder: string): Result<StoreReader> {
  const reader = createReader(folder);
  const problem = reader.problem();
  if (problem === undefined) return ok(reader);
  reader.close();
  return fail(problem);
}
