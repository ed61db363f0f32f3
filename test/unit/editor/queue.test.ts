import assert from 'node:assert/strict';
import { localCalendar } from '../../../src/desk/query/dates.ts';
import { queuesOf, type QueuesInput } from '../../../src/editor/queues/queue.ts';
import { problemText } from '../../../src/editor/queues/problemText.ts';
import { now } from '../../shared/tickets.ts';
import { plain } from './plain.ts';

function queues(given: Partial<QueuesInput> = {}) {
  const accounts = [{ id: 'local', label: 'Local desk' }];
  return queuesOf({ calendar: localCalendar(now), accounts, own: [], ...given }, plain);
}

const named = (label: string, given: Partial<QueuesInput> = {}) => {
  const queue = queues(given).find((one) => one.label === label);
  assert.ok(queue, label);
  return queue;
};

describe('queues', () => {
  it('begin with what everybody has, and every query of it is understood', () => {
    assert.deepEqual(
      queues().map(({ label }) => label),
      [
        'My tickets',
        'Waiting for me',
        'Waiting for others',
        'Unassigned',
        'Breaching today',
        'Escalated to me',
        'Escalated by me',
        'Recently solved',
        'All tickets',
      ],
    );
    for (const { filter, label } of queues()) assert.deepEqual(filter.fits?.problems ?? [], [], label);
  });

  it('have teams and what accounts’ own queries find', () => {
    const accounts = [
      {
        id: 'rt',
        label: 'RT',
        teams: ['Network', 'Helpdesk'],
        queries: [{ name: 'VIPs', query: 'Owner=1' }],
      },
      { id: 'b', label: 'B', teams: ['Network'] },
    ];
    assert.deepEqual(named('My teams’ unassigned', { accounts }).filter, {
      assigned: false,
      teams: ['Network', 'Helpdesk'],
    });
    assert.deepEqual(
      queues({ accounts })
        .slice(9)
        .map(({ label, filter }) => [label, filter]),
      [
        ['Network', { teams: ['Network'] }],
        ['Helpdesk', { teams: ['Helpdesk'] }],
        ['VIPs', { accountIds: ['rt'], query: 'Owner=1' }],
      ],
    );
  });

  it('end with the user’s own, which say what they do not understand', () => {
    const own = [
      { name: 'Printers', query: 'printer is:open' },
      { name: 'Wrong', query: 'is:asleep' },
    ];
    const [printers, wrong] = queues({ own }).slice(9);
    assert.deepEqual(
      printers?.filter.fits?.clauses.map(([{ test }]) => test.type),
      ['words', 'flag'],
    );
    assert.deepEqual(printers.problems, []);
    assert.deepEqual(
      wrong?.problems.map((problem) => problemText(problem, plain)),
      ['“is:” does not know “asleep”.'],
    );
    assert.deepEqual(wrong.filter, { accountIds: [] }, 'and find nothing instead of everything');
  });

  it('take a word at the end as it is, not as the beginning of another', () => {
    const [queue] = queues({ own: [{ name: 'x', query: 'print' }] }).slice(9);
    const [[first] = []] = queue?.filter.fits?.clauses ?? [];
    assert.ok(first?.test.type === 'words' && !first.test.prefix);
  });

  it('count what is done with where they look for that', () => {
    const own = ['vpn is:done', 'vpn', '-is:closed'].map((query) => ({ name: query, query }));
    assert.deepEqual(
      queues({ own })
        .slice(9)
        .map(({ done }) => done),
      [true, false, false],
    );
    assert.equal(named('Recently solved').done, true);
  });

  it('have ids of their own, by which they are remembered', () => {
    const own = [{ name: 'mine', query: 'x' }];
    const accounts = [{ id: 'a', label: 'A', teams: ['mine'], queries: [{ name: 'mine', query: 'mine' }] }];
    const ids = queues({ own, accounts }).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });
});
