import assert from 'node:assert/strict';
import { pullerOf, type ChangeList, type Row } from '../../../src/backends/listing/changes.ts';
import { ok } from '../../../src/desk/errors.ts';
import { mine } from '../../../src/desk/scope.ts';
import { aTicket } from '../../shared/tickets.ts';

const calm = new AbortController().signal;
const perPage = 2;

/** Changed once a second, one after the other, and none of them mine. */
function othersTickets(count: number): ChangeList {
  const rows = Array.from({ length: count }, (_, index): Row => {
    const at = (index + 1) * 1000;
    return {
      id: String(index),
      at,
      ticket: aTicket({ id: String(index), revision: `${at}.0`, mine: false }),
    };
  });
  const from = (since: number) => (page: number) => {
    const left = rows.filter(({ at }) => at >= since).slice((page - 1) * perPage);
    const isLast = left.length <= perPage;
    return Promise.resolve(ok({ rows: left.slice(0, perPage), isLast, serverNow: 0 }));
  };
  return { all: from, changes: from, members: from(0), holds: ({ mine }) => mine, overlapMs: 0 };
}

describe('a list by time of change', () => {
  it('is read to its end however long it is, and tells on the way how far it is', async () => {
    const list = othersTickets(4000);
    const puller = pullerOf(() => Promise.resolve(ok(list)));
    const cursors: string[] = [];
    for await (const page of puller.pull(mine, undefined, calm)) {
      assert.ok(page.ok, page.ok ? '' : page.error.message);
      cursors.push(page.value.cursor);
    }
    assert.ok(cursors.length > 10, `${cursors.length} cursors`);
    let ids = 0;
    for await (const page of puller.members(mine, calm)) {
      assert.ok(page.ok, page.ok ? '' : page.error.message);
      ids += page.value.length;
    }
    assert.equal(ids, 0);
  });

  it('that never comes to an end is given up', async () => {
    const list = othersTickets(4);
    const same = (page: number) =>
      list
        .all(0)(page === 1 ? 1 : 2, calm)
        .then((read) => (read.ok ? ok({ ...read.value, isLast: false }) : read));
    const puller = pullerOf(() => Promise.resolve(ok({ ...list, all: () => same, members: same })));
    for (const pages of [puller.pull(mine, undefined, calm), puller.members(mine, calm)]) {
      let last;
      for await (const page of pages) last = page;
      assert.equal(last?.ok === false && last.error.reason, 'protocol');
    }
  });
});
