import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { StoreWriter } from '../../src/store/api.ts';
import { openStore } from '../../src/store/open.ts';

/** Where the store lies in a VS Code's data folder. */
export function storeIn(userDataDir: string): string {
  return path.join(userDataDir, 'User', 'globalStorage', 'deskside.deskside', 'store');
}

/** Writes into the store that a VS Code with this data folder will open: before it is started. */
export async function seedStore(
  userDataDir: string,
  write: (run: StoreWriter['run']) => Promise<void>,
): Promise<void> {
  const folder = storeIn(userDataDir);
  await mkdir(folder, { recursive: true });
  const workerFile = new URL('../../src/store/worker.ts', import.meta.url);
  const store = await openStore({ folder, workerFile });
  if (!store.ok) throw new Error(store.error.message);
  const { reader, writer } = store.value;
  try {
    await write(async (command, argument) => {
      const done = await writer.run(command, argument);
      if (!done.ok) throw new Error(`${command}: ${done.error.message}`);
      return done;
    });
  } finally {
    reader.close();
    await writer.close();
  }
}
