import assert from 'node:assert/strict';
import {
  clockText,
  rowDescription,
  rowIcon,
  rowLabel,
  rowSpoken,
  span,
} from '../../../src/editor/tickets/rowText.ts';
import { plain } from './plain.ts';
import { aTicket, dueIn, hour, minute, now, paused } from '../../shared/tickets.ts';

const own = { assignee: false, mark: undefined };

describe('a ticket’s row', () => {
  it('says when it is due, how it came, how urgent it is and its status', () => {
    const ticket = aTicket({ sla: [dueIn(25 * minute)] });
    assert.match(rowLabel(ticket, now, plain), /^25m\u2002RT-\d+ /);
    assert.equal(rowDescription(ticket, own, plain), 'phone · P2 · Open');
  });

  it('is named by key and subject, a long one cut', () => {
    const label = (subject: string) => rowLabel(aTicket({ key: 'RT-7', subject }), now, plain);
    assert.equal(label('Short'), 'RT-7 Short');
    const cut = label('long '.repeat(40));
    assert.ok(cut.startsWith('RT-7 long long') && cut.endsWith('long…') && cut.length < 70, cut);
  });

  it('leaves out what there is nothing to say about', () => {
    assert.equal(rowDescription(aTicket({ channel: 'other' }), own, plain), 'P2 · Open');
  });

  it('says who has it where not all are one’s own', () => {
    const options = { assignee: true, mark: undefined };
    assert.equal(rowDescription(aTicket(), options, plain), 'phone · P2 · Open · unassigned');
    const assignee = { id: 'bob', name: 'Bob' };
    assert.equal(rowDescription(aTicket({ assignee }), options, plain), 'phone · P2 · Open · Bob');
  });

  it('says in words what the eye gets from icon and mark', () => {
    const ticket = aTicket({ key: 'RT-7', sla: [dueIn(-2 * hour)] });
    assert.equal(
      rowSpoken(ticket, now, { assignee: false, mark: 'unseen' }, plain),
      'new reply, RT-7, The printer is on fire, overdue 2 h, priority High, status Open, by phone',
    );
  });

  for (const [name, clock, text] of [
    ['minutes', dueIn(59 * minute), 'due in 59 min'],
    ['less than a minute', dueIn(59_999), 'due now'],
    ['this very moment', dueIn(0), 'overdue 0 min'],
    ['hours', dueIn(47 * hour), 'due in 47 h'],
    ['days', dueIn(49 * hour), 'due in 2 d'],
    ['a first response', dueIn(5 * minute, 'first-response'), 'reply due in 5 min'],
    ['a late first response', dueIn(-5 * minute, 'first-response'), 'reply overdue 5 min'],
    ['a paused clock', paused, 'paused'],
    ['a breach without a time', { ...paused, state: 'breached' as const }, 'overdue'],
    ['none', undefined, ''],
  ] as const) {
    it(`counts down ${name}: "${text}"`, () => assert.equal(clockText(clock, now, plain), text));
  }

  for (const [clock, text] of [
    [dueIn(minute), '1m\u2002'],
    [dueIn(59_999), 'now\u2002'],
    [dueIn(-59_999), 'now\u2002'],
    [dueIn(-minute), '−1m\u2002'],
    [dueIn(-47 * hour), '−47h\u2002'],
    [dueIn(49 * hour), '2d\u2002'],
    [paused, ''],
    [{ ...paused, state: 'breached' as const }, ''],
  ] as const) {
    it(`begins with the time, where one runs: "${text}"`, () => {
      const ticket = aTicket({ key: 'RT-7', subject: 'Slow', sla: [clock] });
      assert.equal(rowLabel(ticket, now, plain), `${text}RT-7 Slow`);
    });
  }

  it('counts down to the first response before the resolution', () => {
    const sla = [dueIn(3 * hour), dueIn(10 * minute, 'first-response')];
    const ticket = aTicket({ key: 'RT-7', subject: 'Slow', sla });
    assert.equal(rowLabel(ticket, now, plain), '10m\u2002RT-7 Slow');
    assert.match(rowDescription(ticket, own, plain), /^first reply · /);
  });

  it('has nothing due when it is done', () => {
    const ticket = aTicket({ status: { name: 'Resolved', category: 'resolved' }, sla: [dueIn(-hour)] });
    assert.equal(rowDescription(ticket, own, plain), 'phone · P2 · Resolved');
    assert.equal(rowIcon(ticket, now).icon, 'pass');
  });

  it('rounds down, so that nobody has less time than is said', () => {
    assert.equal(span(2 * hour - 1, plain), '1 h');
    assert.equal(span(hour - 1, plain), '59 min');
  });

  it('has a shape for every state, not only a colour', () => {
    const icons = [
      rowIcon(aTicket({ sla: [dueIn(-minute)] }), now),
      rowIcon(aTicket({ sla: [dueIn(hour)] }), now),
      rowIcon(aTicket({ sla: [paused] }), now),
      ...([1, 2, 3, 4] as const).map((rank) => rowIcon(aTicket({ priority: { name: '', rank } }), now)),
      rowIcon(aTicket({ status: { name: '', category: 'closed' } }), now),
    ].map(({ icon }) => icon);
    assert.equal(new Set(icons).size, icons.length, icons.join());
  });
});
