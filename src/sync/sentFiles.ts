import { fail, ok, type Result } from '../desk/errors.ts';
import { filesOf, withFiles, type Step } from '../desk/operation.ts';
import type { StoreReader } from '../store/api.ts';

/** The step with the bytes of its files, which otherwise lie in the store. */
export function withBytes(reader: Pick<StoreReader, 'file'>, step: Step): Result<Step> {
  const bytes = new Map<string, string>();
  for (const { stored, name } of filesOf(step)) {
    if (stored === undefined) continue;
    const content = reader.file(stored);
    if (content === undefined) {
      return fail({
        reason: 'rejected',
        message: `The file "${name}" is no longer on this machine. Make this a draft again and attach it anew.`,
      });
    }
    bytes.set(stored, Buffer.from(content).toString('base64'));
  }
  return ok(withFiles(step, (file) => ({ ...file, base64: bytes.get(file.stored ?? '') ?? file.base64 })));
}
