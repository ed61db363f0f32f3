import * as v from 'valibot';

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
