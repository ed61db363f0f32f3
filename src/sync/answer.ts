import { fail, type Result } from '../desk/errors.ts';

/** What a connector says of one ticket. One over which it breaks off keeps no other from being read. */
export async function answerOf<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await ask();
  } catch (thrown) {
    return fail({ reason: 'protocol', message: `Reading it broke off: ${String(thrown)}` });
  }
}
