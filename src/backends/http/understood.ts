import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';

/** What came, if it is what it should be; otherwise a sentence that says where it is not. */
export function understood<T>(
  schema: v.GenericSchema<unknown, T>,
  value: unknown,
  system: string,
  about: string,
): { value: T } | { problem: string } {
  const parsed = v.safeParse(schema, value);
  if (parsed.success) return { value: parsed.output };
  const where = v.getDotPath(parsed.issues[0]);
  return {
    problem: `${system}'s answer about ${about} can't be understood${where === null ? '' : ` (${where})`}.`,
  };
}

/** The same for one system, as a result: what can't be understood is against the protocol. */
export function checkedBy(
  system: string,
): <T>(schema: v.GenericSchema<unknown, T>, value: unknown, path: string) => Result<T> {
  return (schema, value, path) => {
    const read = understood(schema, value, system, path);
    return 'problem' in read ? fail({ reason: 'protocol', message: read.problem }) : ok(read.value);
  };
}
