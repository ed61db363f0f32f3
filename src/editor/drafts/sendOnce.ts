import type { Draft } from '../../desk/draft.ts';

/** Drafts that are being sent, by their ids. */
const underWay = new Set<string>();

/** Sends a draft; nothing while that is under way already: a key is soon pressed twice, and a text would arrive twice. */
export async function sendOnce<T>({ id }: Draft, send: () => Promise<T>): Promise<T | undefined> {
  if (underWay.has(id)) return undefined;
  underWay.add(id);
  try {
    return await send();
  } finally {
    underWay.delete(id);
  }
}
