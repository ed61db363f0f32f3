import assert from 'node:assert/strict';
import type { Draft } from '../../../src/desk/draft.ts';
import type { Entry } from '../../../src/desk/entry.ts';
import type { Operation } from '../../../src/desk/operation.ts';
import { Marks } from '../../../src/editor/tickets/marks.ts';
import { now } from '../../shared/tickets.ts';

const ref = { accountId: 'rt', id: '7' };
const entry = (at: number, author: string, visibility: Entry['visibility'] = 'public'): Entry => ({
  id: String(at),
  at,
  author: { id: author, name: author },
  kind: 'reply',
  visibility,
  changes: [],
  attachments: [],
  fromRequester: false,
});
const draft: Draft = {
  id: 'd',
  kind: 'reply',
  accountId: 'rt',
  ticketId: '7',
  label: '',
  text: '',
  seenUntil: now,
  savedAt: now,
};

function mark(given: {
  unseen?: boolean;
  outbox?: Pick<Operation, 'state'>[];
  drafts?: Draft[];
  entries?: Entry[];
  handed?: boolean;
  pinned?: boolean;
}) {
  const reader = {
    unseen: () => (given.unseen ? [ref] : []),
    ticketIds: () => (given.handed ? [ref] : []),
    outbox: () =>
      (given.outbox ?? []).map((one) => ({ accountId: 'rt', ticketId: '7', ...one }) as Operation),
    drafts: () => given.drafts ?? [],
    entries: () => given.entries ?? [],
    accountState: () => ({ accountId: 'rt', problems: [], me: { id: 'alice', name: 'Alice' } }),
  };
  return new Marks(reader, given.pinned ? ref : undefined, []).of(ref);
}

describe('a ticket’s mark', () => {
  it('is for the most pressing of its reasons', () => {
    assert.equal(mark({}), undefined);
    assert.equal(mark({ pinned: true }), 'pinned');
    assert.equal(mark({ pinned: true, handed: true }), 'handed');
    assert.equal(mark({ handed: true, unseen: true }), 'unseen');
    assert.equal(mark({ unseen: true, outbox: [{ state: 'conflict' }] }), 'collision');
    assert.equal(mark({ outbox: [{ state: 'queued' }] }), undefined);
  });

  it('says that somebody else wrote since the draft was begun, not that the user did', () => {
    const drafts = [draft];
    assert.equal(mark({ drafts, entries: [entry(now - 1, 'bob')] }), undefined);
    assert.equal(mark({ drafts, entries: [entry(now + 1, 'alice')] }), undefined);
    assert.equal(mark({ drafts, entries: [entry(now + 1, 'bob', 'system')] }), undefined);
    assert.equal(mark({ drafts, entries: [entry(now + 1, 'bob')] }), 'collision');
  });
});
