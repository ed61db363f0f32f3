import assert from 'node:assert/strict';
import type { Entry } from '../../../src/desk/entry.ts';
import { emptyHandOff, formatHandOff } from '../../../src/desk/handOff.ts';
import type { SlaClock } from '../../../src/desk/sla.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import { shiftText } from '../../../src/editor/escalating/shiftText.ts';
import { plain } from './plain.ts';

const hour = 3_600_000;
const now = 100 * hour;

function ticket(key: string, what: Partial<Ticket> = {}): Ticket {
  return {
    accountId: 'local',
    id: key,
    key,
    subject: `About ${key}`,
    status: { name: 'Open', category: 'open' },
    priority: { name: 'High', rank: 2 },
    kind: 'incident',
    channel: 'phone',
    tags: [],
    assets: [],
    customFields: [],
    createdAt: 0,
    updatedAt: 0,
    reassignments: 0,
    reopenings: 0,
    sla: [],
    revision: '1',
    mine: true,
    ...what,
  };
}

function clock(dueAt: number): SlaClock {
  return { target: 'resolution', state: 'running', dueAt, source: 'policy' };
}

function entry(text: string, what: Partial<Entry> = {}): Entry {
  return {
    id: text,
    at: now - hour,
    author: { id: 'alice', name: 'Alice' },
    kind: 'reply',
    visibility: 'public',
    body: { text, format: 'text' },
    changes: [],
    attachments: [],
    fromRequester: false,
    ...what,
  };
}

function written(tickets: readonly Ticket[], entries: Record<string, Entry[]> = {}): string {
  return shiftText(
    { tickets, entries: ({ key }) => entries[key] ?? [], now, time: (at) => `${at / hour}h` },
    plain,
  );
}

describe('a shift hand-over', () => {
  it('names each ticket once, where it presses most, and counts by person', () => {
    const alice = { id: 'alice', name: 'Alice' };
    const text = written(
      [
        ticket('A-1', { sla: [clock(now - 2 * hour)], assignee: alice, url: 'https://desk.example/1' }),
        ticket('A-2', { sla: [clock(now + hour)], assignee: alice }),
        ticket('A-3', { status: { name: 'On hold', category: 'pending' } }),
        ticket('A-4', { team: 'Network' }),
        ticket('A-5', { assignee: { id: 'bob', name: 'Bob' } }),
      ],
      {
        'A-4': [entry(formatHandOff(emptyHandOff('Network')), { kind: 'hand-off', visibility: 'internal' })],
      },
    );
    assert.equal(
      text,
      `# Shift hand-over, 100h

5 open: 1 overdue, 1 due in the next hours, 1 waiting.

## Overdue (1)

- [A-1](https://desk.example/1) About A-1 (High, Open, Alice, was due 98h)

## Due in the next 8 hours (1)

- A-2 About A-2 (High, Open, Alice, due 101h)

## Handed on, and not accepted yet (1)

- A-4 About A-4 (High, Open, nobody)

## Waiting for others (1)

- A-3 About A-3 (High, On hold, nobody)

## Everything else (1)

- A-5 About A-5 (High, Open, Bob)

## By person

| Person | Open | Overdue |
| ------ | ---: | ------: |
| Alice  |    2 |       1 |
| Nobody |    2 |       0 |
| Bob    |    1 |       0 |
`,
    );
  });

  it('repeats what was promised since the requester last wrote, and nothing internal', () => {
    const text = written([ticket('A-1')], {
      'A-1': [
        entry('I will call you on Monday.'),
        entry('You did not.', { fromRequester: true }),
        entry('Sorry. We’ll send a new badge tomorrow. Regards.'),
        entry('I will ask Bob.', { visibility: 'internal', kind: 'note' }),
      ],
    });
    assert.match(text, /## Promised to requesters \(1\)\n\n- A-1: We’ll send a new badge tomorrow\.\n/);
    assert.doesNotMatch(text, /Monday|ask Bob/);
  });

  it('says that there is nothing', () => {
    assert.equal(
      written([]),
      '# Shift hand-over, 100h\n\n0 open: 0 overdue, 0 due in the next hours, 0 waiting.\n',
    );
  });
});
