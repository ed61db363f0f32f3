import { median, spread, type Bench, type Measured } from '../figure.ts';
import { startDesks, type Desk } from './desks.ts';
import { Workplace } from './workplace.ts';

/** In each account. */
const tickets = 20;
/** Answered by their requesters since the last sync, and then by us. */
const changed = 10;
const rounds = 8;
/** Looks at the tree, and searches, in each round. */
const looks = 40;

const troubles = {
  hangs: ({ proxy }: Desk) => {
    proxy.add({ wants: () => true, skip: 0, times: Infinity, act: () => new Promise(() => undefined) });
    return Promise.resolve();
  },
  'is down': ({ proxy }: Desk) => proxy.shut(),
};
type Trouble = keyof typeof troubles;

const figures = ['sync', 'outbox', 'rows', 'search'] as const;
type Times = Record<(typeof figures)[number], number>;

/** Five accounts of five kinds: what the other four take while one of them gives no answer, against all being well. */
export const fiveAccounts: Bench = {
  name: 'sync.five-accounts',
  run: async () => {
    const desks = await startDesks(tickets);
    const all: Record<Trouble | 'well', Times[]> = { well: [], hangs: [], 'is down': [] };
    try {
      for (let round = -1; round < rounds; round += 1) {
        const failing = desks[(round + desks.length) % desks.length];
        if (!failing) throw new RangeError('There is no desk.');
        for (const trouble of ['well', 'hangs', 'is down'] as const) {
          const times = await day(desks, failing, trouble);
          // The first of each is to warm up.
          if (round >= 0) all[trouble].push(times);
        }
      }
    } finally {
      await Promise.all(desks.map((desk) => desk.close()));
    }
    return (['hangs', 'is down'] as const).flatMap((trouble) =>
      figures.map((figure): Measured => {
        const [ours, peers] = [all[trouble], all.well].map((days) => days.map((times) => times[figure]));
        if (!ours || !peers) throw new RangeError('Nothing was measured.');
        const name = `sync.five-accounts.${trouble === 'hangs' ? 'hanging' : 'down'}.${figure}`;
        console.log(`  ${name}: ${spread(ours, 1)} ms, with all well ${spread(peers, 1)}`);
        return {
          name,
          size: tickets * (desks.length + 1),
          value: median(ours),
          unit: 'ms',
          peer: 'the same four accounts while the fifth is well too',
          peerValue: median(peers),
          target: { ratio: 1.25 },
        };
      }),
    );
  },
};

/** All accounts are in step; requesters write; all is synced, looked at, searched and answered. */
async function day(desks: readonly Desk[], failing: Desk, trouble: Trouble | 'well'): Promise<Times> {
  const workplace = await Workplace.open(desks, tickets);
  const stopped = new AbortController();
  try {
    await workplace.settle(tickets);
    const news = `It still does not work (${crypto.randomUUID()}).`;
    for (const desk of desks) desk.news(changed, news);
    if (trouble !== 'well') await troubles[trouble](failing);
    const others = workplace.accountIds.filter((id) => id !== failing.account.id);
    const sync = await workplace.syncOf(others, stopped.signal);
    const served = others.filter((id) => desks.some(({ account }) => account.id === id));
    await workplace.read(served, news, changed);
    const [rows, search] = [await medianOf(() => workplace.rows()), await medianOf(() => workplace.search())];
    const outbox = await workplace.deliveryTo(others, changed);
    const kept = workplace.waiting(failing.account.id);
    if (trouble !== 'well' && kept !== changed) {
      throw new Error(`${kept} of ${changed} replies to ${failing.account.label} are kept.`);
    }
    return { sync, outbox, rows, search };
  } finally {
    stopped.abort();
    await workplace.close();
    await failing.proxy.calm();
  }
}

async function medianOf(time: () => number | Promise<number>): Promise<number> {
  const times = [];
  while (times.length < looks) times.push(await time());
  return median(times);
}
