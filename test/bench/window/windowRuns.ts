import type { Ticket } from '../../../src/desk/ticket.ts';
import { mine } from '../../../src/desk/scope.ts';
import { seedStore } from '../../shared/seed.ts';
import { freePort } from '../../harness/processes.ts';
import { runs } from '../figure.ts';
import { benchTicket, seedTickets, timelineOf } from '../seed.ts';
import { MeasuredWindow } from './measuredWindow.ts';
import { typingIn } from './typing.ts';
import { packPage } from '../../shared/page.ts';

export const ticketsInTree = 10_000;
export const sizes = [10, 2_000] as const;
export type Size = (typeof sizes)[number];

export interface WindowRuns {
  /** Milliseconds from the key to the panel. */
  open: Record<Size | 'bare', number[]>;
  /** From the key to the next ticket in the same panel. */
  switch: number[];
  /** From a key in the box for an answer to the end of what it sets off, with 2,000 entries; in a bare text box. */
  typing: Record<'ours' | 'bare', number[]>;
  /** From the key to other rows in the tree. */
  refresh: Record<'ours' | 'bare', number[]>;
}

/** One opening by itself is twice another: a few do not tell a tenth more from a tenth less. */
const opens = 4 * runs;
const accountId = 'rt';
const titles: Record<Size, string> = { 10: 'A short timeline', 2_000: 'A long timeline' };
const idOf = (size: Size) => String(900_000 + size);

let done: Promise<WindowRuns> | undefined;

/** What the benches of panel and tree are made of, all in one window: done once. */
export function windowRuns(): Promise<WindowRuns> {
  return (done ??= doRuns());
}

async function doRuns(): Promise<WindowRuns> {
  const url = `http://127.0.0.1:${await freePort()}`; // Nobody answers there: what is shown is what is stored.
  const window = await MeasuredWindow.start({
    settings: { 'deskside.accounts': [{ id: accountId, backend: 'rt', label: 'Request Tracker', url }] },
    keys: {
      'ctrl+alt+0': { command: 'bare.panel' },
      'ctrl+alt+9': { command: 'bare.refresh' },
      ...Object.fromEntries(
        sizes.map((size) => [
          keyOf(size),
          { command: 'deskside.openTicket', args: { accountId, id: idOf(size) } },
        ]),
      ),
      'ctrl+alt+3': { command: 'deskside.panel.next' },
      'ctrl+alt+4': { command: 'deskside.showAll' },
      'ctrl+alt+5': { command: 'deskside.showMine' },
    },
    seed: seedWindow,
  });
  try {
    return { ...(await panelRuns(window)), refresh: await refreshRuns(window) };
  } finally {
    await window.stop();
  }
}

const keyOf = (size: Size) => (size === 10 ? 'ctrl+alt+1' : 'ctrl+alt+2');

async function seedWindow(userDataDir: string): Promise<void> {
  await seedTickets(userDataDir, accountId, ticketsInTree);
  const now = Date.now();
  await seedStore(userDataDir, async (run) => {
    const tickets = sizes.map((size): Ticket => ({
      ...benchTicket(1, accountId, now),
      id: idOf(size),
      key: `#${idOf(size)}`,
      subject: titles[size],
      mine: true,
    }));
    const timelines = tickets.map((ticket, index) => ({
      ticketId: ticket.id,
      entries: timelineOf(ticket, sizes[index]),
    }));
    await run('putPage', packPage({ accountId, scope: mine, tickets, timelines, cursor: 'long' }));
  });
}

async function panelRuns(window: MeasuredWindow): Promise<Omit<WindowRuns, 'refresh'>> {
  const result: Omit<WindowRuns, 'refresh'> = {
    open: { bare: [], 10: [], 2_000: [] },
    switch: [],
    typing: { ours: [], bare: [] },
  };
  for (let number = 0; number <= opens; number++) {
    const isWarm = number > 0;
    const bare = await window.timed('ctrl+alt+0', (what) => what === 'bare');
    if (isWarm) result.open.bare.push(bare);
    const isUsed = isWarm && number <= runs;
    if (isUsed) result.typing.bare.push(...(await typingIn(window, 'textarea')));
    await window.closeEditors();
    for (const size of sizes) {
      const time = await window.timed(keyOf(size), (what) => what.includes(titles[size]));
      if (isWarm) result.open[size].push(time);
      if (size === 2_000 && isUsed) {
        result.typing.ours.push(...(await typingIn(window, 'deskside-composer textarea:visible')));
        const before = await window.webview('deskside-panel');
        const next = await window.timed('ctrl+alt+3', (what) => !what.includes(titles[size]));
        if (before !== (await window.webview('deskside-panel'))) throw new Error('The page was loaded anew.');
        result.switch.push(next);
      }
      await window.closeEditors();
    }
  }
  return result;
}

async function refreshRuns(window: MeasuredWindow): Promise<WindowRuns['refresh']> {
  const result: WindowRuns['refresh'] = { ours: [], bare: [] };
  await window.container('Deskside');
  for (let number = 0; number <= runs; number++) {
    for (const key of ['ctrl+alt+4', 'ctrl+alt+5']) {
      const time = await window.timed(key, (what) => what.startsWith('rows'));
      if (number > 0) result.ours.push(time);
    }
  }
  await window.container('Bare');
  for (let number = 0; number <= runs * 2; number++) {
    const time = await window.timed('ctrl+alt+9', (what) => what.startsWith('rows'));
    if (number > 0) result.bare.push(time);
  }
  return result;
}
