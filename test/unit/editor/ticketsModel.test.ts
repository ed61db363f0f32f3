import assert from 'node:assert/strict';
import type { Ticket } from '../../../src/desk/ticket.ts';
import type {
  AccountNode,
  GroupNode,
  TicketNode,
  TicketsNode,
} from '../../../src/editor/tickets/ticketNodes.ts';
import {
  pageSize,
  TicketsModel,
  type ModelInput,
  type Redraw,
} from '../../../src/editor/tickets/ticketsModel.ts';
import { plain } from './plain.ts';
import { aTicket, dueIn, hour, minute, now } from '../../shared/tickets.ts';

const signedOut: AccountNode = {
  type: 'account',
  id: 'account:rt',
  accountId: 'rt',
  label: 'RT',
  error: { reason: 'unauthorised', message: '' },
};

function input(tickets: Ticket[], given: Partial<ModelInput> = {}): ModelInput {
  return {
    notices: [],
    tickets,
    done: { total: 0, read: () => [] },
    queue: 'mine',
    by: 'status',
    order: 'urgent',
    moment: { now, endOfDay: now + 14 * hour },
    assignees: false,
    markOf: () => undefined,
    accountLabel: (id) => id,
    ...given,
  };
}

function at(minutes: number): ModelInput['moment'] {
  return { now: now + minutes * minute, endOfDay: now + 14 * hour };
}

/** Opens all groups, as VS Code does with those that are expanded. */
function open(model: TicketsModel): TicketNode[] {
  return model.roots.flatMap((root) => model.children(root)).filter((node) => node.type === 'ticket');
}

function names(redraw: Redraw): string | string[] {
  return redraw === 'all'
    ? 'all'
    : redraw.map((node: TicketsNode) => ('ticket' in node ? node.ticket.key : node.id));
}

describe('the tickets tree', () => {
  const soon = aTicket({ key: 'SOON', sla: [dueIn(30 * minute)] });
  const later = aTicket({ key: 'LATER', sla: [dueIn(30.5 * hour)] });
  const pending = aTicket({ key: 'PENDING', status: { name: 'Pending', category: 'pending' } });

  function setUp() {
    const model = new TicketsModel(plain);
    const tickets = [later, soon, pending];
    assert.equal(model.update(input(tickets)), 'all');
    return { model, tickets, rows: open(model) };
  }

  it('shows groups, and in them the most urgent first', () => {
    const { model, rows } = setUp();
    assert.deepEqual(
      model.roots.map((root) => (root as GroupNode).label),
      ['Open', 'Pending'],
    );
    assert.deepEqual(
      rows.map(({ ticket }) => ticket.key),
      ['SOON', 'LATER', 'PENDING'],
    );
    assert.deepEqual(model.parent(rows[0]!), model.roots[0]);
  });

  it('draws nothing while nothing changes', () => {
    const { model, tickets } = setUp();
    assert.deepEqual(model.update(input(tickets.map((ticket) => ({ ...ticket })))), []);
  });

  it('each minute draws only the rows whose countdown changed', () => {
    const { model, tickets, rows } = setUp();
    const redraw = model.update(input(tickets, { moment: at(1) }));
    assert.deepEqual(names(redraw), ['SOON']);
    assert.equal(redraw[0], rows[0], 'the very node that VS Code knows');
    assert.match(rows[0]!.row.label, /^29m/);
  });

  it('draws a group anew when a ticket comes, goes or moves within it', () => {
    const { model } = setUp();
    const another = aTicket({ key: 'ANOTHER' });
    assert.deepEqual(names(model.update(input([later, soon, pending, another]))), [model.roots[0]!.id]);
    open(model);
    assert.deepEqual(names(model.update(input([later, soon, pending]))), [model.roots[0]!.id]);
    open(model);
    const urgent = { ...later, sla: [dueIn(minute)] };
    assert.deepEqual(names(model.update(input([urgent, soon, pending]))), [model.roots[0]!.id]);
  });

  it('draws all when a group comes or goes, and when an account needs its user', () => {
    const { model, tickets } = setUp();
    assert.equal(model.update(input([later, soon])), 'all');
    assert.equal(model.update(input(tickets)), 'all');
    assert.equal(model.update(input(tickets, { notices: [signedOut] })), 'all');
    assert.deepEqual(model.roots[0], signedOut);
    assert.deepEqual(model.update(input(tickets, { notices: [{ ...signedOut }] })), []);
    assert.equal(model.update(input(tickets)), 'all');
  });

  it('draws a row whose subject, priority or mark changed', () => {
    const { model } = setUp();
    const renamed = { ...later, subject: 'Another' };
    assert.deepEqual(names(model.update(input([renamed, soon, pending]))), ['LATER']);
    const markOf = ({ key }: Ticket) => (key === 'PENDING' ? 'unseen' : undefined);
    assert.deepEqual(names(model.update(input([renamed, soon, pending], { markOf }))), ['PENDING']);
  });

  it('a row drawn anew says what is so now, not what was when the group was opened', () => {
    const { model, rows } = setUp();
    model.update(input([{ ...later, subject: 'Another' }, soon, pending]));
    assert.equal(rows[1]!.ticket.subject, 'Another');
    assert.equal(open(model)[1], rows[1]);
  });

  it('hands over long groups a page at a time', () => {
    const model = new TicketsModel(plain);
    const tickets = Array.from({ length: 2 * pageSize + 5 }, () => aTicket());
    model.update(input(tickets));
    const group = model.roots[0] as GroupNode;
    const first = model.children(group);
    assert.equal(first.length, pageSize + 1);
    const more = first.at(-1);
    assert.ok(more?.type === 'more' && more.hidden === pageSize + 5 && more.parent === group);
    model.showMore(group);
    model.showMore(group);
    assert.deepEqual(
      model.children(group).filter((node) => node.type === 'more'),
      [],
    );
    assert.deepEqual(model.update(input(tickets)), []);
  });

  it('shows what could not be read, one sentence a row', () => {
    const model = new TicketsModel(plain);
    model.update(
      input([], { notices: [{ type: 'problems', id: 'p', label: 'Left out', problems: ['One.', 'Two.'] }] }),
    );
    const rows = model.children(model.roots[0]!);
    assert.deepEqual(
      rows.map((row) => row.type === 'problem' && row.text),
      ['One.', 'Two.'],
    );
    assert.equal(model.parent(rows[1]!), model.roots[0]);
  });

  it('reads what is done only when it is looked at, and a page at a time', () => {
    const all = Array.from({ length: 450 }, (_, index) =>
      aTicket({ id: `d${index}`, key: `D-${index}`, status: { name: 'Closed', category: 'closed' } }),
    );
    const asked: number[] = [];
    const read = (limit: number) => {
      asked.push(limit);
      return all.slice(0, limit);
    };
    const model = new TicketsModel(plain);
    const withDone = () => input([], { done: { total: all.length, read } });
    model.update(withDone());
    const done = model.roots.at(-1) as GroupNode;
    assert.deepEqual([done.label, done.total, asked], ['Resolved and closed', 450, []]);
    const rows = model.children(done);
    assert.deepEqual([rows.length, rows.at(-1)?.type, asked], [pageSize + 1, 'more', [pageSize]]);
    model.showMore(done);
    assert.equal(model.children(done).length, 2 * pageSize + 1);
    assert.deepEqual(model.update(withDone()), []);
    all.unshift(aTicket({ id: 'new', key: 'D-NEW', status: { name: 'Closed', category: 'closed' } }));
    assert.deepEqual(names(model.update(withDone())), [done.id]);
  });

  it('says how many a group has once all are read', () => {
    const model = new TicketsModel(plain);
    model.update(input([soon], { partial: true }));
    const [group] = model.roots as GroupNode[];
    assert.deepEqual([group?.total, open(model).length], [undefined, 1]);
    assert.deepEqual(names(model.update(input([soon]))), [group?.id]);
    assert.equal(group?.total, 1);
  });
});
