import type { DeskError } from '../desk/errors.ts';

/** Works through `items`, `limit` at a time, until one gives an error; gives that. */
export async function atMost<T>(
  limit: number,
  items: readonly T[],
  work: (item: T) => Promise<DeskError | undefined>,
): Promise<DeskError | undefined> {
  const queue = items.values();
  let obstacle: DeskError | undefined;
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      const met = await work(item);
      obstacle ??= met;
      if (obstacle) return;
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return obstacle;
}
