import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Entry, FieldChange } from '../../../src/desk/entry.ts';
import { eventsOf, mostPressing, type EventKind, type Onlooker } from '../../../src/desk/events.ts';
import { isQuiet, readQuietHours } from '../../../src/desk/quietHours.ts';
import type { Person, Ticket } from '../../../src/desk/ticket.ts';
import { aTicket, dueIn, hour, minute, now, paused } from '../../shared/tickets.ts';

const me: Person = { id: 'alice', name: 'Alice Agent', email: 'a.agent@example.org' };
const bob: Person = { id: 'bob', name: 'Bob' };
const carol: Person = { id: 'carol', name: 'Carol' };
const onlooker: Onlooker = { me, teams: ['Network'], now, soonMs: 30 * minute, seenUntil: undefined };
const mine = (more: Partial<Ticket> = {}) => aTicket({ mine: true, assignee: me, requester: carol, ...more });

let count = 0;
function entry(author: Person, more: Partial<Entry> = {}): Entry {
  count += 1;
  return {
    id: `e${count}`,
    at: now + count,
    author,
    kind: 'reply',
    visibility: 'public',
    body: { text: 'Some words.', format: 'text' },
    changes: [],
    attachments: [],
    fromRequester: author === carol,
    ...more,
  };
}
const given = (by: Person) => entry(by, { kind: 'field', body: undefined, changes: [{ field: 'assignee' }] });

function kinds(ticket: Ticket, entries: Entry[], more: Partial<Onlooker> = {}): EventKind[] {
  return eventsOf(ticket, entries, { ...onlooker, ...more }).map(({ kind }) => kind);
}

describe('events', () => {
  it('are answers of the requester that nobody has answered yet', () => {
    const opened = entry(carol);
    assert.deepEqual(kinds(mine(), [given(bob), opened]), ['assigned']);
    assert.deepEqual(kinds(mine(), [opened, given(me), entry(me), entry(carol)]), ['answered']);
    assert.deepEqual(kinds(mine(), [opened, given(me), entry(carol), entry(carol)]), [
      'answered',
      'answered',
    ]);
    assert.deepEqual(kinds(mine(), [opened, given(me), entry(carol), entry(bob)]), [], 'a colleague did');
    const bobs = aTicket({ mine: false, assignee: bob, requester: carol });
    assert.deepEqual(kinds(bobs, [opened, entry(bob), entry(carol)]), [], 'on what is mine');
  });

  it('are tickets given to me, and not those I took', () => {
    assert.deepEqual(kinds(mine(), [given(bob)]), ['assigned']);
    assert.deepEqual(kinds(mine(), [given(bob), given(me)]), []);
    assert.deepEqual(kinds(mine({ assignee: bob }), [given(bob)]), [], 'given to a group of mine');
  });

  it('are new tickets: nobody’s in my teams, or mine from the start', () => {
    const free = { mine: false, assignee: undefined, requester: carol, team: 'Network' };
    assert.deepEqual(kinds(aTicket(free), []), ['new']);
    assert.deepEqual(kinds(aTicket({ ...free, team: 'Printers' }), []), []);
    assert.deepEqual(kinds(aTicket({ ...free, assignee: bob }), []), []);
    assert.deepEqual(kinds(aTicket({ ...free, requester: me }), []), [], 'I opened it');
    assert.deepEqual(kinds(mine(), [entry(carol)]), ['new']);
    assert.deepEqual(kinds(mine(), [entry(me)]), [], 'I opened it for somebody');
  });

  it('are service levels that are due soon, or missed', () => {
    const taken = [given(me)];
    assert.deepEqual(kinds(mine({ sla: [dueIn(29 * minute)] }), taken), ['slaSoon']);
    assert.deepEqual(kinds(mine({ sla: [dueIn(31 * minute)] }), taken), []);
    assert.deepEqual(kinds(mine({ sla: [dueIn(-minute)] }), taken), ['slaBreached']);
    assert.deepEqual(kinds(mine({ sla: [paused] }), taken), []);
    const met = { ...dueIn(-minute), state: 'met', stoppedAt: now - hour } as const;
    assert.deepEqual(kinds(mine({ sla: [met] }), taken), []);
    const [soon] = eventsOf(mine({ sla: [dueIn(minute)] }), taken, onlooker);
    const [later] = eventsOf(mine({ sla: [dueIn(2 * minute)] }), taken, onlooker);
    assert.notEqual(soon?.key, later?.key, 'a new due time is another event');
  });

  it('are mentions, by any of my names and the whole of it', () => {
    const says = (text: string) => kinds(mine(), [given(me), entry(bob, { body: { text, format: 'text' } })]);
    for (const text of ['@alice, look', 'ask @Alice Agent.', 'cc @a.agent', '(@ALICE)']) {
      assert.deepEqual(says(text), ['mentioned'], text);
    }
    for (const text of ['alice', '@alicent', 'mail bob@alice.example', '@bob', '@axagent'])
      assert.deepEqual(says(text), [], text);
  });

  it('end where I have looked, and with the ticket', () => {
    const entries = [given(bob), entry(carol), entry(carol)];
    const seenUntil = entries.at(-1)!.at;
    assert.deepEqual(kinds(mine(), entries, { seenUntil }), []);
    assert.deepEqual(kinds(mine({ sla: [dueIn(-minute)] }), entries, { seenUntil }), ['slaBreached']);
    assert.deepEqual(kinds(mine({ status: { name: 'done', category: 'resolved' } }), entries), []);
  });

  const someEntry = fc
    .record({
      author: fc.constantFrom(me, bob, carol),
      visibility: fc.constantFrom('public' as const, 'internal' as const, 'system' as const),
      changes: fc.subarray<FieldChange>([{ field: 'assignee' }, { field: 'status' }]),
      text: fc.constantFrom('Hello', 'Hello @alice', ''),
    })
    .map(({ author, text, ...more }) => entry(author, { ...more, body: { text, format: 'text' } }));
  const someTicket = fc
    .record({
      mine: fc.boolean(),
      assignee: fc.constantFrom(me, bob, undefined),
      requester: fc.constantFrom(me, carol, undefined),
      team: fc.constantFrom('Network', 'Printers', undefined),
      sla: fc.array(
        fc.integer({ min: -120, max: 120 }).map((minutes) => dueIn(minutes * minute)),
        { maxLength: 2 },
      ),
    })
    .map((more) => aTicket(more));

  it('are never of my own doing, have a key each, and are the same whenever they are asked for', () => {
    fc.assert(
      fc.property(someTicket, fc.array(someEntry), (ticket, entries) => {
        const events = eventsOf(ticket, entries, onlooker);
        assert.ok(events.every(({ who }) => who !== me.name));
        assert.deepEqual(eventsOf(structuredClone(ticket), structuredClone(entries), onlooker), events);
        const distinct = new Map(events.map((event) => [event.key, event]));
        const clocks = new Set(ticket.sla.map(({ dueAt }) => dueAt));
        assert.ok(distinct.size === events.length || clocks.size < ticket.sla.length);
        const pressing = mostPressing(events);
        assert.equal(pressing.length, Math.min(1, events.length));
      }),
    );
  });
});

describe('quiet hours', () => {
  it('are understood as people write them, or not at all', () => {
    assert.deepEqual(readQuietHours('22:00-07:30'), { from: 1320, to: 450 });
    assert.deepEqual(readQuietHours(' 9:00 – 24:00 '), { from: 540, to: 1440 });
    for (const text of ['', 'at night', '22-7', '25:00-07:00', '07:00-07:00', '07:60-08:00', '07:00-24:01']) {
      assert.equal(readQuietHours(text), undefined, text);
    }
  });

  it('cover the minutes from one to the other, over midnight too', () => {
    const minuteOfDay = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minuteOfDay, minuteOfDay, minuteOfDay, (from, length, offset) => {
        const to = (from + 1 + (length % 1439)) % 1440;
        const until = (to - from + 1440) % 1440;
        assert.equal(isQuiet({ from, to }, (from + offset) % 1440), offset < until);
      }),
    );
  });
});
