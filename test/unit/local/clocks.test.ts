import { strict as assert } from 'node:assert';
import { localClocks, pausesOf } from '../../../src/backends/local/clocks.ts';
import type { LocalTicket } from '../../../src/backends/local/port.ts';
import { defaultSlaPolicy, type SlaPolicy } from '../../../src/desk/slaPolicy.ts';
import { act, after, minute, newTicket, post, set, start } from './fixtures.ts';

const hour = 60 * minute;

describe('local desk: SLA clocks', () => {
  const resolution = (local: LocalTicket, policy = defaultSlaPolicy) => localClocks(local, policy)[1]!;
  const pauses = ({ ticket, entries }: LocalTicket) => pausesOf(ticket, entries);

  it('follow the priority', () => {
    const opened = newTicket({ priority: 'Low' });
    assert.equal(resolution(opened).dueAt, start + 72 * hour);
    assert.equal(resolution(set(opened, { priority: 'Critical' })).dueAt, start + 4 * hour);
  });

  it('stop with the first public reply, and with the solution', () => {
    const answered = after(newTicket(), post('reply', 'public', 'Hello'), act(5));
    const [first, second] = localClocks(answered, defaultSlaPolicy);
    assert.deepEqual([first?.state, first?.stoppedAt], ['met', start + 5 * minute]);
    assert.equal(second?.state, 'running');
    const late = set(answered, { status: 'Resolved' }, act(25 * 60));
    assert.equal(resolution(late).state, 'breached');
  });

  it('take a solution for an answer where nobody had replied before', () => {
    const solved = set(newTicket(), { status: 'Resolved' }, act(30));
    const reopened = set(solved, { status: 'Open' }, act(600));
    const replied = after(reopened, post('reply', 'public', 'Hello'), act(700));
    for (const local of [solved, reopened, replied]) {
      assert.equal(localClocks(local, defaultSlaPolicy)[0]?.stoppedAt, start + 30 * minute);
    }
  });

  it('rest while the requester is waited for', () => {
    const waiting = set(newTicket(), { status: 'Pending' }, act(60));
    assert.deepEqual(pauses(waiting), [{ from: start + hour }]);
    assert.equal(resolution(waiting).state, 'paused');
    const back = set(waiting, { status: 'Open' }, act(180));
    assert.deepEqual(pauses(back), [{ from: start + hour, to: start + 3 * hour }]);
    assert.equal(resolution(back).dueAt, start + 26 * hour);
  });

  it('go on after a reopening as if it had been pending', () => {
    const solved = set(newTicket(), { status: 'Resolved' }, act(60));
    const closed = set(solved, { status: 'Closed' }, act(90));
    const reopened = set(closed, { status: 'Open' }, act(120));
    assert.deepEqual(pauses(reopened), [{ from: start + hour, to: start + 2 * hour }]);
    assert.equal(resolution(reopened).state, 'running');
    assert.equal(resolution(reopened).dueAt, start + 25 * hour);
  });

  it('know how late a ticket was that was solved while it was pending', () => {
    const waiting = set(newTicket(), { status: 'Pending' }, act(60));
    const solved = set(waiting, { status: 'Resolved' }, act(30 * 60));
    assert.deepEqual(pauses(solved), [{ from: start + hour, to: start + 30 * hour }]);
    assert.equal(resolution(solved).state, 'met');
  });

  it('take an imported status for what it means', () => {
    const local = newTicket();
    const change = { field: 'status', from: 'Active', to: 'Awaiting User Info' };
    const entry = {
      ...local.entries[0]!,
      id: 'i',
      at: start + hour,
      kind: 'status' as const,
      changes: [change],
    };
    const status = { name: 'Awaiting User Info', category: 'pending' as const };
    const imported = { ticket: { ...local.ticket, status }, entries: [...local.entries, entry] };
    assert.deepEqual(pauses(imported), [{ from: start + hour }]);
    const activated = {
      ...entry,
      id: 'j',
      at: start + 2 * hour,
      changes: [{ field: 'status', to: 'Active' }],
    };
    const active = { name: 'Active', category: 'open' as const };
    const resumed = {
      ticket: { ...local.ticket, status: active },
      entries: [...imported.entries, activated],
    };
    assert.deepEqual(pauses(resumed), [{ from: start + hour, to: start + 2 * hour }]);
  });

  it('rest from the beginning where a file says only that the ticket is pending', () => {
    const { ticket, entries } = newTicket();
    const imported = {
      ticket: { ...ticket, status: { name: 'On Hold', category: 'pending' as const } },
      entries,
    };
    assert.deepEqual(pauses(imported), [{ from: start }]);
    const noted = after(imported, post('note', 'internal', 'Asked again.'), act(30 * 24 * 60));
    assert.deepEqual(pauses(noted), [{ from: start }], 'what is said later is not when it began');
    const resumed = set(noted, { status: 'Open' }, act(31 * 24 * 60));
    assert.deepEqual(pauses(resumed), [{ from: start, to: start + 31 * 24 * hour }]);
  });

  it('keep the business hours of the policy', () => {
    const office = {
      zone: 'America/New_York',
      days: [1, 2, 3, 4, 5],
      from: 9 * 60,
      to: 17 * 60,
      holidays: [],
    };
    const policy: SlaPolicy = { ...defaultSlaPolicy, hours: office };
    // Monday 10:00 UTC is 05:00 in New York: 4 hours from 09:00 there.
    assert.equal(localClocks(newTicket(), policy)[0]?.dueAt, Date.UTC(2026, 2, 2, 18));
  });

  it('are those of the import where it had some', () => {
    const { ticket, entries } = newTicket();
    const sla = [{ target: 'resolution', state: 'breached', source: 'backend' }] as const;
    assert.deepEqual(localClocks({ ticket: { ...ticket, sla: [...sla] }, entries }, defaultSlaPolicy), sla);
  });
});
