import { strict as assert } from 'node:assert';
import { localCalendar } from '../../../src/desk/query/dates.ts';
import { parseQuery } from '../../../src/desk/query/parse.ts';
import { searchRows, withRemembered, type SearchState } from '../../../src/editor/commands/searchList.ts';
import { searchValues } from '../../../src/editor/commands/searchValues.ts';
import { ticket } from '../store/fixtures.ts';
import { plain } from './plain.ts';

describe('the list of the search', () => {
  const known = {
    people: ['Ada Okafor'],
    statuses: ['Open'],
    teams: [],
    tags: [],
    priorities: [],
    accounts: [],
  };
  const hits = [{ ticket: ticket(1), excerpt: '' }];

  function rows(text: string, more: Partial<SearchState> = {}): string[] {
    const query = parseQuery(text, { calendar: localCalendar(0), accounts: [] });
    const state = { text, query, hits, remembered: ['vpn'], known, unindexed: 0, ...more };
    return searchRows(state, plain).map((row) => {
      switch (row.type) {
        case 'heading':
          return `# ${row.label}`;
        case 'remembered':
          return `before: ${row.text}`;
        case 'completion':
          return `> ${row.completion.text}`;
        case 'notice':
          return `! ${row.label}`;
        case 'hit':
          return row.hit.ticket.key;
      }
    });
  }

  it('begins with searches of before, and what changed last', () => {
    assert.deepEqual(rows(''), ['# Searches of before', 'before: vpn', '# Changed last', 'DESK-1']);
  });

  it('offers how what was typed can go on', () => {
    assert.deepEqual(rows('stat'), ['# Go on with', '> status:', '# Tickets', 'DESK-1']);
    assert.deepEqual(rows('from:a').slice(0, 2), ['# Go on with', '> from:"Ada Okafor" ']);
    assert.deepEqual(rows('vpn drops'), ['# Tickets', 'DESK-1']);
    assert.deepEqual(rows('is:mine '), ['# Tickets', 'DESK-1']);
  });

  it('says what was not understood, but not while it is being typed', () => {
    assert.ok(rows('is:asleep vpn').includes('! “is:” does not know “asleep”: it is left out'));
    assert.ok(rows('team: vpn').includes('! “team:” has no value: it is left out'));
    assert.ok(!rows('vpn team:').some((row) => row.startsWith('!')));
    assert.ok(!rows('vpn is:unas').some((row) => row.startsWith('!')));
    assert.ok(rows('vpn is:asleep').some((row) => row.startsWith('!')));
    assert.ok(rows('colour:red vpn').some((row) => row.includes('looked for as it is written')));
  });

  it('says when nothing fits, and when not everything can be found yet', () => {
    assert.deepEqual(rows('vpn', { hits: [] }), ['# Tickets', '! No ticket fits']);
    assert.deepEqual(rows('vpn', { unindexed: 7 })[1], '! Not searchable yet, being indexed anew: 7 tickets');
  });

  it('remembers each search once, the latest first', () => {
    assert.deepEqual(withRemembered(['a', 'b'], ' b '), ['b', 'a']);
    assert.deepEqual(withRemembered(['a'], '  '), ['a']);
    const many = Array.from({ length: 30 }, (_, n) => String(n));
    assert.equal(withRemembered(many, 'new').length, 10);
  });

  it('offers the values that tickets have, the most frequent first', async () => {
    const all = [1, 2, 3].map((n) => ticket(n, { team: n === 2 ? 'Network' : 'Helpdesk', tags: ['vpn'] }));
    const reader = { tickets: ({ offset = 0, limit = 0 }) => all.slice(offset, offset + limit) };
    const values = await searchValues(reader, ['Desk'], () => true);
    assert.deepEqual(values.teams, ['Helpdesk', 'Network']);
    assert.deepEqual(values.people, ['Carol Jones']);
    assert.deepEqual([values.tags, values.statuses, values.accounts], [['vpn'], ['Open'], ['Desk']]);
  });
});
