import assert from 'node:assert/strict';
import type { Outcome, StoredLink } from '../../../src/desk/links.ts';
import { usesPhrase } from '../../../src/server/codeLenses.ts';

describe('the uses of a document', () => {
  const link = (key: string, outcome?: Outcome): StoredLink => ({
    id: `${key}/${outcome}`,
    ticket: { accountId: 'rt', id: key },
    ticketKey: key,
    document: { title: 'Printer', path: 'printer.md' },
    ...(outcome && { outcome }),
    at: 0,
    by: 'Alice',
  });

  it('are tickets that it was followed in, each once', () => {
    const links = [link('RT-1'), link('RT-1', 'solved'), link('RT-2', 'did-not-help')];
    assert.equal(usesPhrase(links), 'used by 2 tickets, solved 1');
  });

  it('are none where it was only written from a ticket', () => {
    assert.equal(usesPhrase([link('RT-1', 'written-from')]), 'written from 1 ticket');
    assert.equal(
      usesPhrase([link('RT-1', 'written-from'), link('RT-2', 'solved-with-changes')]),
      'used by 1 ticket, solved 1',
    );
  });
});
