import { fail, type Result } from '../desk/errors.ts';

/** What a connector says of one ticket. One over which it breaks off keeps no other from being read. */
export async function answerOf<T>(ask: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await ask();
  } catch (thrown) {
    return brokeOff(thrown);
  }
}

/** The pages of a connector, which end with an error where it breaks off. */
export async function* pagesOf<T>(pages: AsyncIterable<Result<T>>): AsyncGenerator<Result<T>> {
  try {
    yield* pages;
  } catch (thrown) {
    yield brokeOff(thrown);
  }
}

function brokeOff(thrown: unknown) {
  return fail({ reason: 'protocol', message: `Reading it broke off: ${String(thrown)}` });
}
