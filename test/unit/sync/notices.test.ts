import { strict as assert } from 'node:assert';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { EventKind } from '../../../src/desk/events.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import type { AccountState, StoreReader, StoreWriter } from '../../../src/store/api.ts';
import { openStore } from '../../../src/store/open.ts';
import { Notices } from '../../../src/sync/notices.ts';
import { aTicket, dueIn, minute, now as begin } from '../../shared/tickets.ts';
import { value } from './rig.ts';

const me = { id: 'alice', name: 'Alice' };
const carol = { id: 'carol', name: 'Carol' };

interface Window {
  reader: StoreReader;
  writer: StoreWriter;
  notices: Notices;
}

describe('notices', () => {
  let folder: string;
  let windows: Window[];
  let now: number;
  let mayDisturb: boolean;
  let unwanted: EventKind[];

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'deskside-notices-'));
    windows = [];
    now = begin;
    mayDisturb = true;
    unwanted = [];
  });
  afterEach(async () => {
    for (const { reader, writer } of windows) {
      reader.close();
      await writer.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function window(): Promise<Window> {
    const workerFile = new URL('../../../src/store/worker.ts', import.meta.url);
    const { reader, writer } = value(await openStore({ folder, workerFile }));
    const notices = new Notices({
      reader,
      writer,
      accounts: () => [{ id: 'a', backend: 'fake', label: 'A', teams: ['Network'] }],
      now: () => now,
      mayDisturb: () => mayDisturb,
      wants: (kind) => !unwanted.includes(kind),
      soonMs: () => 30 * minute,
    });
    const opened = { reader, writer, notices };
    windows.push(opened);
    return opened;
  }

  async function synced({ writer }: Window, more: Partial<AccountState> = {}): Promise<void> {
    const state = { accountId: 'a', lastSyncedAt: now, me, problems: [], synced: ['mine', 'team Network'] };
    value(await writer.run('putAccountState', { ...state, ...more }));
  }

  async function put({ writer }: Window, key: string, more: Partial<Ticket> = {}): Promise<Ticket> {
    now += minute;
    const times = { createdAt: now, updatedAt: now };
    const ticket = aTicket({
      id: key,
      key,
      accountId: 'a',
      mine: true,
      assignee: me,
      requester: carol,
      ...times,
      ...more,
    });
    value(await writer.run('putTimeline', { ticket, entries: [] }));
    return ticket;
  }

  async function told({ notices }: Window): Promise<string[]> {
    return (await notices.take()).map(({ event, ticket }) => `${ticket.key} ${event.kind}`);
  }

  it('tell of what came after the first sync, once, by whichever window asks first', async () => {
    const [one, two] = [await window(), await window()];
    await put(one, 'OLD', { sla: [dueIn(-minute)] });
    assert.deepEqual(await told(one), [], 'before the first sync is over');
    await synced(one);
    assert.deepEqual(await told(one), [], 'and what it brought');
    await put(one, 'NEW');
    await put(two, 'FREE', { mine: false, assignee: undefined, team: 'Network' });
    now += minute;
    const both = (await Promise.all([told(one), told(two)])).flat();
    assert.deepEqual(both.sort(), ['FREE new', 'NEW new']);
    assert.deepEqual([await told(one), await told(two)], [[], []]);
  });

  it('do not make news of a team that was just followed', async () => {
    const one = await window();
    await synced(one, { synced: ['mine'] });
    await told(one);
    await put(one, 'FREE', { mine: false, assignee: undefined, team: 'Network' });
    now += minute;
    await synced(one);
    assert.deepEqual(await told(one), []);
    await put(one, 'LATER', { mine: false, assignee: undefined, team: 'Network' });
    assert.deepEqual(await told(one), ['LATER new']);
  });

  it('wait while nobody may be disturbed, and leave out what is not wanted for good', async () => {
    const one = await window();
    await synced(one);
    await told(one);
    await put(one, 'NIGHT');
    mayDisturb = false;
    assert.deepEqual(await told(one), []);
    mayDisturb = true;
    assert.deepEqual(await told(one), ['NIGHT new']);
    await put(one, 'UNWANTED');
    unwanted = ['new'];
    assert.deepEqual(await told(one), []);
    unwanted = [];
    assert.deepEqual(await told(one), []);
  });

  it('come by themselves when a service level runs out', async () => {
    const one = await window();
    await synced(one);
    await told(one);
    const ticket = await put(one, 'SLA', { sla: [{ ...dueIn(0), dueAt: begin + 60 * minute }] });
    assert.deepEqual(await told(one), ['SLA new']);
    now = begin + 31 * minute;
    assert.deepEqual(await told(one), ['SLA slaSoon']);
    now = begin + 61 * minute;
    assert.deepEqual(await told(one), ['SLA slaBreached']);
    assert.deepEqual(await told(one), []);
    now += minute;
    value(await one.writer.run('putTicket', { ...ticket, updatedAt: now, subject: 'Changed' }));
    assert.deepEqual(await told(one), []);
  });

  it('keep still about a muted ticket, and come again after a snooze', async () => {
    const [one, two] = [await window(), await window()];
    await synced(one);
    await told(one);
    const muted = await put(one, 'MUTED');
    await one.notices.mute(muted, Number.MAX_SAFE_INTEGER);
    assert.deepEqual(await told(two), []);
    const ticket = await put(one, 'SNOOZED');
    const [notice] = await one.notices.take();
    assert.equal(notice?.ticket.key, 'SNOOZED');
    await one.notices.mute(ticket, now + 60 * minute, notice.keys);
    assert.deepEqual(await told(two), []);
    now += 61 * minute;
    assert.deepEqual(await told(two), ['SNOOZED new']);
  });

  it('of a week ago are none', async () => {
    const one = await window();
    await synced(one);
    await told(one);
    await put(one, 'OLD');
    now += 8 * 24 * 60 * minute;
    assert.deepEqual(await told(one), []);
  });
});
