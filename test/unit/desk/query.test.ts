import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { completions, type KnownValues } from '../../../src/desk/query/complete.ts';
import type { Calendar } from '../../../src/desk/query/dates.ts';
import { operators } from '../../../src/desk/query/operators.ts';
import { parseQuery, type QueryContext } from '../../../src/desk/query/parse.ts';
import type { Test } from '../../../src/desk/query/query.ts';

const day = 86_400_000;
const calendar: Calendar = {
  now: Date.UTC(2026, 2, 10, 15),
  startOfDay: (year, month, dayOfMonth) => Date.UTC(year, month - 1, dayOfMonth),
  dayOf: (at) => {
    const date = new Date(at);
    return [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  },
};
const context: QueryContext = {
  calendar,
  accounts: [
    { id: 'rt-1', label: 'Request Tracker' },
    { id: 'desk', label: 'Local desk' },
  ],
};
const parse = (text: string) => parseQuery(text, context);
/** Each clause, as its tests; a negated one after `not`. */
const tests = (text: string): unknown[] =>
  parse(text).clauses.map((clause) => {
    const list = clause.map(({ negated, test }) => (negated ? { not: test } : test));
    return list.length === 1 ? list[0] : list;
  });
const words = (text: string, more: Partial<Extract<Test, { type: 'words' }>> = {}): Test => ({
  type: 'words',
  words: text,
  prefix: false,
  ...more,
});
const flag = (name: string) => ({ type: 'flag', flag: name });

describe('a search query', () => {
  const cases: [string, unknown[]][] = [
    ['', []],
    ['   ', []],
    ['vpn', [words('vpn', { prefix: true })]],
    ['vpn slow', [words('vpn'), words('slow', { prefix: true })]],
    ['"vpn is slow"', [words('vpn is slow')]],
    ['“vpn is slow” ', [words('vpn is slow')]],
    ['prin* jam ', [words('prin', { prefix: true }), words('jam')]],
    ['-printer vpn ', [{ not: words('printer') }, words('vpn')]],
    ['NOT printer vpn ', [{ not: words('printer') }, words('vpn')]],
    ['printer - vpn ', [words('printer'), words('-'), words('vpn')]],
    ['from:ada ', [words('ada', { field: 'requester' })]],
    ['from:"Ada Okafor" ', [words('Ada Okafor', { field: 'requester' })]],
    ['FROM:Ada', [words('Ada', { field: 'requester', prefix: true })]],
    [
      'to:me from:me',
      [
        { type: 'me', role: 'assignee' },
        { type: 'me', role: 'requester' },
      ],
    ],
    ['escalated-by:me', [{ type: 'me', role: 'escalator' }]],
    ['assignee:none', [flag('unassigned')]],
    ['queue:Helpdesk ', [words('Helpdesk', { field: 'team' })]],
    ['is:breached', [{ type: 'due', before: calendar.now }]],
    ['is:mine is:unread', [flag('mine'), flag('unread')]],
    ['-is:active', [{ not: flag('active') }]],
    ['has:attachment', [flag('attachment')]],
    ['status:new,open ', [[words('new', { field: 'status' }), words('open', { field: 'status' })]]],
    [
      '-status:new,open ',
      [{ not: words('new', { field: 'status' }) }, { not: words('open', { field: 'status' }) }],
    ],
    [
      'team:"Field service",Network ',
      [[words('Field service', { field: 'team' }), words('Network', { field: 'team' })]],
    ],
    ['a OR b c ', [[words('a'), words('b')], words('c')]],
    ['is:mine OR to:none OR -has:draft', [[flag('mine'), flag('unassigned'), { not: flag('draft') }]]],
    ['a AND b ', [words('a'), words('b')]],
    [
      'is:mine OR -tier:1,2 ',
      [
        [flag('mine'), { not: { type: 'tier', tier: 1 } }],
        [flag('mine'), { not: { type: 'tier', tier: 2 } }],
      ],
    ],
    [
      '-tier:1,2 OR is:mine a ',
      [
        [{ not: { type: 'tier', tier: 1 } }, flag('mine')],
        [{ not: { type: 'tier', tier: 2 } }, flag('mine')],
        words('a'),
      ],
    ],
    ['OR a ', [words('a')]],
    ['priority:1 priority:high ', [words('p1', { field: 'priority' }), words('high', { field: 'priority' })]],
    [
      'tier:2 channel:phone',
      [
        { type: 'tier', tier: 2 },
        { type: 'channel', channel: 'phone' },
      ],
    ],
    ['account:"request tr"', [{ type: 'account', ids: ['rt-1'] }]],
    ['account:desk', [{ type: 'account', ids: ['desk'] }]],
    ['key:RT-12', [words('RT-12', { field: 'key', prefix: true })]],
    ['https://example.org/a ', [words('https://example.org/a')]],
    ['after:2026-03 ', [{ type: 'changed', from: Date.UTC(2026, 2, 1) }]],
    ['before:2026', [{ type: 'changed', until: Date.UTC(2026, 0, 1) }]],
    [
      'after:2026-03-09 before:today',
      [
        { type: 'changed', from: Date.UTC(2026, 2, 9) },
        { type: 'changed', until: Date.UTC(2026, 2, 10) },
      ],
    ],
    ['since:7d', [{ type: 'changed', from: Date.UTC(2026, 2, 3) }]],
    ['after:1m', [{ type: 'changed', from: Date.UTC(2026, 1, 10) }]],
    ['due:today', [{ type: 'due', before: Date.UTC(2026, 2, 11) }]],
    ['due:tomorrow', [{ type: 'due', before: Date.UTC(2026, 2, 10) + 2 * day }]],
  ];
  for (const [text, expected] of cases) {
    it(`is understood: ${text}`, () => {
      assert.deepEqual(tests(text), expected);
      assert.deepEqual(parse(text).problems, []);
    });
  }

  it('counts months and years back to a day that there is', () => {
    const since = (now: number, text: string) =>
      parseQuery(text, { ...context, calendar: { ...calendar, now } }).clauses[0]?.[0].test;
    assert.deepEqual(since(Date.UTC(2026, 2, 31, 9), 'after:1m '), {
      type: 'changed',
      from: Date.UTC(2026, 1, 28),
    });
    assert.deepEqual(since(Date.UTC(2026, 2, 31, 9), 'after:13m '), {
      type: 'changed',
      from: Date.UTC(2025, 1, 28),
    });
    assert.deepEqual(since(Date.UTC(2028, 1, 29, 9), 'after:1y '), {
      type: 'changed',
      from: Date.UTC(2027, 1, 28),
    });
  });

  const problems: [string, string][] = [
    ['color:red vpn', 'unknown-operator color:red'],
    ['vpn is:asleep', 'unknown-value asleep'],
    ['before:yesteryear', 'unknown-value yesteryear'],
    ['before:2026-02-30', 'unknown-value 2026-02-30'],
    ['tier:9', 'unknown-value 9'],
    ['account:nowhere', 'unknown-value nowhere'],
    ['status: vpn', 'no-value status:'],
    ['from:"ada ok', 'unclosed-quote from:"ada ok'],
    ['"ada ok', 'unclosed-quote "ada ok'],
  ];
  for (const [text, expected] of problems) {
    it(`says what it does not understand: ${text}`, () => {
      const found = parse(text).problems.map(
        ({ reason, start, end }) => `${reason} ${text.slice(start, end)}`,
      );
      assert.deepEqual(found, [expected]);
    });
  }

  it('looks for what it does not know as an operator as it is written', () => {
    assert.deepEqual(tests('error:0x80 '), [words('error:0x80')]);
  });

  it('can be anything', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        ...operators.map((name) => `${name}:`),
        ...'" “ , - : OR NOT AND * is:mine 2026-03'.split(' '),
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const { problems: found, clauses } = parse(text);
        for (const { start, end } of found) assert.ok(0 <= start && start <= end && end <= text.length);
        assert.ok(clauses.every((clause) => clause.length > 0));
        completions(text, known);
      }),
      { numRuns: 2000 },
    );
  });

  it('means the same however its terms are put in order', () => {
    const term = fc.constantFrom(
      'vpn',
      '"a b"',
      '-is:mine',
      'status:new,open',
      'from:"Ada O"',
      'before:2026',
      'has:draft',
    );
    const sorted = (text: string) =>
      parse(`${text} `)
        .clauses.map((one) => JSON.stringify(one))
        .sort();
    fc.assert(
      fc.property(
        fc.shuffledSubarray(['vpn', '"a b"', '-is:mine', 'status:new,open', 'before:2026']),
        term,
        (terms, more) => {
          const all = [...terms, more];
          assert.deepEqual(sorted(all.join(' ')), sorted(all.toReversed().join('  ')));
        },
      ),
    );
  });
});

const known: KnownValues = {
  people: ['Ada Okafor', 'Zoë Lind'],
  statuses: ['open', 'stalled'],
  teams: ['Helpdesk', 'Field service'],
  tags: ['vpn'],
  priorities: ['High', 'Low'],
  accounts: ['Local desk'],
};

describe('what is typed of a query', () => {
  const texts = (typed: string) => completions(typed, known).map(({ text }) => text);

  it('goes on with operators', () => {
    assert.equal(texts('').length, operators.length);
    assert.deepEqual(texts('vpn st'), ['vpn status:']);
    assert.deepEqual(texts('-fr'), ['-from:']);
    assert.deepEqual(texts('xyz'), []);
  });

  it('goes on with values, in quotes where they need them', () => {
    assert.deepEqual(texts('status:'), ['status:open ', 'status:stalled ']);
    assert.deepEqual(texts('a team:f'), ['a team:"Field service" ']);
    assert.deepEqual(texts('team:Helpdesk,"fi'), ['team:Helpdesk,"Field service" ']);
    assert.deepEqual(texts('from:zoe'), ['from:"Zoë Lind" ']);
    assert.deepEqual(texts('from:"Ada O'), ['from:"Ada Okafor" ']);
    assert.deepEqual(texts('to:no'), ['to:none ']);
    assert.ok(texts('is:').includes('is:breached '));
    assert.deepEqual(texts('status:open'), [], 'it is whole already');
  });

  it('leads to queries that are understood', () => {
    for (const operator of operators) {
      for (const text of texts(`${operator}:`)) assert.deepEqual(parse(text).problems, [], text);
    }
  });
});
