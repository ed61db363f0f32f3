import { strict as assert } from 'node:assert';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fieldsBefore } from '../../src/desk/operation.ts';
import { linkedPlace } from '../../src/desk/pair.ts';
import type { Ticket } from '../../src/desk/ticket.ts';
import { unique } from '../contract/helpers.ts';
import { JumpingClock } from '../shared/faults/clock.ts';
import type { FaultSubject } from '../shared/faults/subject.ts';
import { openWindowOver, value, type Window } from '../shared/faults/window.ts';
import { FaultProxy, type Act } from '../shared/faultProxy.ts';
import { redmineSubject } from './redmineFaults.ts';
import { RawRedmine, redmineServer } from './redmineServer.ts';
import { rtSubject } from './rtFaults.ts';

const [here, there] = ['rt', 'redmine'] as const;
type Moment = 'made' | 'news' | 'back';

/** What goes wrong with one write: the connection breaks before the server acts, or after it. */
const faults: Record<string, Act> = {
  'gets nothing': ({ reset }) => reset(),
  'acts, and its answer is lost': async ({ forward, reset }) => {
    await forward();
    reset();
  },
};

/** Where: the server, and which of its writes from that moment on. */
const places: { name: string; at: Moment; server: typeof here | typeof there; skip: number }[] = [
  { name: 'the ticket in Redmine', at: 'made', server: there, skip: 0 },
  { name: 'the note in RT', at: 'made', server: here, skip: 0 },
  { name: 'the status in RT', at: 'made', server: here, skip: 1 },
  { name: 'the news in RT', at: 'news', server: here, skip: 0 },
  { name: 'its turn in RT', at: 'news', server: here, skip: 1 },
  { name: 'the news in Redmine', at: 'back', server: there, skip: 0 },
];

describe('a ticket of RT that is escalated to Redmine', function () {
  this.timeout(300_000);
  const never = new AbortController().signal;
  const clock = new JumpingClock();
  const raw = new RawRedmine(redmineServer());
  const subjects: Partial<Record<string, FaultSubject>> = {};
  const proxies: Partial<Record<string, FaultProxy>> = {};
  let folder: string;
  let window: Window;

  before(async () => {
    subjects[here] = await rtSubject('bob');
    subjects[there] = await redmineSubject();
    folder = await mkdtemp(path.join(tmpdir(), 'deskside-across-'));
    const reached = [];
    for (const id of [here, there]) {
      const proxy = new FaultProxy(subjects[id]!.base);
      await proxy.open();
      proxies[id] = proxy;
      reached.push({ id, subject: subjects[id]!, url: `http://127.0.0.1:${proxy.port}` });
    }
    window = await openWindowOver(reached, folder, clock, 60_000);
    window.sync.start();
  });

  after(async () => {
    await window.close();
    for (const id of [here, there]) await proxies[id]!.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** All that is due happens; what only the user can decide, they decide as they should. */
  async function settle(done: () => boolean): Promise<void> {
    const deadline = Date.now() + 240_000;
    while (!done() || window.reader.outbox().length > 0) {
      if (Date.now() > deadline) {
        const left = window.reader.outbox().map(({ label, state, error }) => [label, state, error?.message]);
        assert.fail(`never: ${JSON.stringify(left)}`);
      }
      clock.jump(61_000);
      await window.sync.syncNow(undefined, never);
      for (const { id, state } of window.reader.outbox()) {
        if (state === 'unknown' || state === 'failed') await window.sync.retry(id, { force: false });
      }
      await window.sync.idle();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  const pairOf = (id: string) => window.reader.pairs().find(({ from }) => from.id === id);
  const made = (id: string): Ticket | undefined => {
    const to = pairOf(id)?.to;
    return to && window.reader.ticket(to);
  };

  async function scenario(arm: (moment: Moment) => void | Promise<void>): Promise<void> {
    const subject = unique('escalated');
    const id = await subjects[here]!.open(subject);
    const ref = { accountId: here, id };
    await settle(() => window.reader.hasTimeline(ref));
    const ticket = window.reader.ticket(ref)!;

    await arm('made');
    const fields = { status: 'stalled' };
    value(
      await window.sync.escalateAcross({
        ticket,
        steps: [
          {
            type: 'post',
            kind: 'hand-off',
            visibility: 'internal',
            body: `## Hand-off\n\nLinked: ${linkedPlace}`,
          },
          { type: 'update', fields, before: fieldsBefore(ticket, fields) },
        ],
        there: {
          accountId: there,
          ticket: {
            subject,
            description: 'It drops.',
            team: 'Network',
            kind: 'incident',
            channel: 'other',
            tags: [],
          },
        },
        notes: true,
      }),
    );
    await settle(() => made(id) !== undefined);
    const issue = made(id)!;

    await arm('news');
    const status = raw.inDatabase((database) =>
      database.prepare(`SELECT id FROM issue_statuses WHERE name = 'Resolved'`).get(),
    );
    await raw.change('bob', issue.id, { status_id: Number(status?.id), notes: 'The gateway was too old.' });
    const isOpenAgain = () => window.reader.ticket(ref)?.status.name === ticket.status.name;
    await settle(() => isOpenAgain() && pairOf(id)?.passed.to?.status === 'Resolved');

    await arm('back');
    const resolving = { type: 'update', fields: { status: 'resolved' }, before: {} } as const;
    value(
      await subjects[here]!.direct.apply(
        { key: crypto.randomUUID(), ticketId: id, step: resolving, sentAt: Date.now() },
        never,
      ),
    );
    const closed = raw.inDatabase((database) =>
      database.prepare(`SELECT id FROM issue_statuses WHERE name = 'Closed'`).get(),
    );
    await raw.change('bob', issue.id, { status_id: Number(closed?.id) });
    await settle(() => pairOf(id) === undefined);

    assert.equal(await subjects[there]!.count(subject), 1, 'made once');
    const rt = await subjects[here]!.truth(id);
    const said = rt.said.map(({ text }) => text);
    const name = `${issue.key} (`;
    assert.equal(
      said.filter((text) => text.includes('Hand-off') && text.includes(`Linked: ${name}`)).length,
      1,
    );
    assert.equal(said.filter((text) => text.includes('The gateway was too old.')).length, 1);
    assert.ok(
      rt.said.every(({ visibility }) => visibility === 'internal'),
      'nothing reached the requester',
    );
    assert.deepEqual(
      rt.set.map(({ to }) => to).filter((to) => to !== 'resolved'),
      ['stalled', ticket.status.name],
    );
    const redmine = await subjects[there]!.truth(issue.id);
    const told = redmine.said.filter(({ text }) => text.includes(`Linked ticket ${ticket.key}`));
    assert.deepEqual(
      told.map(({ visibility }) => visibility),
      ['internal'],
    );
    assert.ok(told[0]!.text.includes('is now resolved'), told[0]!.text);
  }

  it('is made there, named here, and kept in step until both are done', () => scenario(() => undefined));

  for (const { name, at, server, skip } of places) {
    for (const [what, act] of Object.entries(faults)) {
      it(`is whole and single when the server ${what} at ${name}`, async () => {
        const proxy = proxies[server]!;
        const before = proxy.struck.length;
        await scenario((moment) => {
          if (moment === at) proxy.add({ wants: ({ method }) => method !== 'GET', skip, times: 1, act });
        });
        assert.equal(proxy.struck.length, before + 1, 'and it did go wrong');
        await proxy.calm();
      });
    }
  }

  for (const server of [here, there] as const) {
    it(`is whole and single when ${server} is down while it is made`, async () => {
      await scenario(async (moment) => {
        if (moment !== 'made') return;
        await proxies[server]!.shut();
        setTimeout(() => void proxies[server]!.open(), 3_000);
      });
    });
  }
});
