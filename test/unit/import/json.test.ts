import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { keys, read, refusal, source } from './helpers.ts';

const tickets = [
  { key: 'A-1', summary: 'one {with "braces" ]', status: { name: 'Open' }, labels: ['a', 'b'] },
  { key: 'A-2', summary: 'two', status: { name: 'Closed' }, extra: { deep: { deeper: true } } },
];

describe('import: JSON', () => {
  for (const [shape, text] of Object.entries({
    'an array': JSON.stringify(tickets),
    'an indented array': JSON.stringify(tickets, null, 2),
    'an object with a list': JSON.stringify({ total: 2, page: { next: ['x'] }, issues: tickets, more: [] }),
    'one object a line': tickets.map((ticket) => JSON.stringify(ticket)).join('\n') + '\n',
  })) {
    it(`reads ${shape}, however it is cut into pieces`, async () => {
      for (const size of [1, 7, 64 * 1024]) {
        const result = await read(source(text, 'tickets.json', size));
        assert.deepEqual(keys(result), ['A-1', 'A-2']);
        const { ticket } = result.byKey('A-1');
        assert.equal(ticket.subject, 'one {with "braces" ]');
        assert.deepEqual(ticket.status, { name: 'Open', category: 'open' });
        assert.deepEqual(ticket.tags, ['a', 'b']);
        assert.deepEqual(result.byKey('A-2').ticket.customFields, [
          { id: 'import:Extra.deep.deeper', name: 'Extra.deep.deeper', values: ['true'] },
        ]);
        assert.equal(result.report.leftOutCount, 0);
      }
    });
  }

  it('leaves out a broken line, with its number', async () => {
    const result = await read(
      '{"key":"A-1","subject":"a"}\n{"key":"A-2","subject":"b"}\n{"key":"A-3",\n[1]\n{"key":"A-5","subject":"c"}\n',
    );
    assert.deepEqual(keys(result), ['A-1', 'A-2', 'A-5']);
    assert.deepEqual(
      result.report.leftOut.map(({ line }) => line),
      [3, 4],
    );
  });

  it('keeps what came before the place where a document breaks off', async () => {
    const whole = JSON.stringify(tickets, null, 1);
    const result = await read(whole.slice(0, whole.indexOf('deeper')));
    assert.deepEqual(keys(result), ['A-1']);
    assert.match(result.report.leftOut[0]!.reason, /breaks off/);
    assert.equal(result.report.leftOut[0]!.line, 13);
  });

  it('leaves out a damaged element and takes the others', async () => {
    const result = await read(
      '[\n{"key":"A-1","subject":"a"},\n{"key":"A-2" "subject":"b"},\n{"key":"A-3","subject":"c"}]',
    );
    assert.deepEqual(keys(result), ['A-1', 'A-3']);
    assert.equal(result.report.leftOut[0]!.line, 3);
  });

  it('refuses with one sentence what has no tickets in it', async () => {
    assert.match(await refusal('{\n"name":"x",\n"version":1}', 'package.json'), /no list of tickets/);
    assert.match(await refusal('[]', 'a.json'), /no tickets/);
    assert.match(await refusal('[1,2,3]', 'a.json'), /no tickets/);
    assert.match(await refusal('{"a":{"b":[{"c":1}]},\n"d":2}', 'a.json'), /no list of tickets/);
  });

  it('reads comments with their author, time and visibility', async () => {
    const { entries } = (
      await read(
        JSON.stringify([
          {
            id: 7,
            subject: 'x',
            created_at: '2024-05-01T10:00:00Z',
            comments: [
              {
                body: 'for you',
                public: true,
                author: { name: 'Ann Lee', email: 'ann@example.com' },
                created_at: '2024-05-01T11:00:00Z',
              },
              { body: '<p>for us</p>', public: false, author: 'Bob', created_at: '2024-05-01T10:30:00Z' },
              { body: 'who knows' },
            ],
          },
        ]),
      )
    ).byKey('#7');
    assert.deepEqual(
      entries.map(({ kind, visibility, author, body }) => [kind, visibility, author.name, body?.format]),
      [
        ['note', 'internal', 'Unknown', 'text'],
        ['note', 'internal', 'Bob', 'html'],
        ['reply', 'public', 'Ann Lee', 'text'],
      ],
    );
    assert.equal(entries[2]!.at, Date.UTC(2024, 4, 1, 11));
  });

  it('reads comments of which a system says that parts of them are null', async () => {
    const comments = [
      { notes: null, created_on: '2024-05-01T10:20:00Z', user: { id: 3, name: 'Bob' } },
      { body: 'for you', html_body: null, public: true, author: null, created_at: null },
      { body: 'for us', public: null, author: { displayName: null, name: 'Ann Lee', email: null } },
    ];
    const { entries } = (
      await read(JSON.stringify([{ id: 7, subject: 'x', created_at: '2024-05-01T10:00:00Z', comments }]))
    ).byKey('#7');
    assert.deepEqual(
      entries.map(({ visibility, author, body }) => [visibility, author.name, body?.text]),
      [
        ['public', 'Unknown', 'for you'],
        ['internal', 'Ann Lee', 'for us'],
      ],
    );
  });
});
