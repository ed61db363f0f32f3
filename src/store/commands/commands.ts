import type { StoreCommands } from '../api.ts';
import type { Database } from '../database.ts';
import { cacheCommands, purgeCache } from './cache.ts';
import { localCommands } from './local.ts';
import { purgeWork, workCommands } from './work.ts';

/** Everything the writer can do, on these two databases. Throws what SQLite throws; nothing is half done then. */
export function storeCommands(cache: Database, work: Database): StoreCommands {
  return {
    ...cacheCommands(cache),
    ...workCommands(work),
    ...localCommands(work),

    purgeAccount: (purge) => {
      purgeCache(cache, purge.accountId);
      cache.scrub();
      if (!purge.work) return;
      purgeWork(work, purge.accountId);
      work.scrub();
    },
  };
}
