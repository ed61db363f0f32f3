import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import MiniSearch from 'minisearch';
import { mine } from '../../../src/desk/scope.ts';
import { openStore } from '../../../src/store/open.ts';
import { searchRow } from '../../../src/store/searchText.ts';
import { benchTicket, timelineOf } from '../seed.ts';
import { packPage } from '../../shared/page.ts';

const page = 1000;
const fields = ['key', 'subject', 'people', 'text'];
export const peerOptions = { fields, storeFields: ['key', 'subject'] };

/** A store, and the peer's index, with the same tickets. */
export async function seedIndex(folder: string, count: number): Promise<void> {
  const workerFile = new URL('../../../src/store/worker.ts', import.meta.url);
  const store = await openStore({ folder, workerFile });
  if (!store.ok) throw new Error(store.error.message);
  const { reader, writer } = store.value;
  const peer = new MiniSearch(peerOptions);
  const now = Date.now();
  for (let first = 1; first <= count; first += page) {
    const tickets = Array.from({ length: page }, (_, index) => benchTicket(first + index, 'bench', now));
    const timelines = tickets.map((ticket) => ({ ticketId: ticket.id, entries: timelineOf(ticket) }));
    const put = {
      accountId: 'bench',
      scope: mine,
      tickets,
      timelines,
      cursor: String(first),
    };
    const done = await writer.run('putPage', packPage(put));
    if (!done.ok) throw new Error(done.error.message);
    for (const [at, ticket] of tickets.entries()) {
      const [key, subject, requester, assignee, text] = searchRow(ticket, timelines[at]?.entries ?? []);
      peer.add({ id: first + at, key, subject, people: `${requester} ${assignee}`, text });
    }
  }
  const me = { id: 'ada.okafor', name: 'Ada Okafor' };
  await writer.run('putAccountState', { accountId: 'bench', problems: [], me });
  while (reader.unindexed() > 0) await sleep(50);
  reader.close();
  await writer.close();
  writeFileSync(path.join(folder, 'minisearch.json'), JSON.stringify(peer));
}
