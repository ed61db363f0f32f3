import assert from 'node:assert/strict';
import type { Entry } from '../../../src/desk/entry.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import { sinceText } from '../../../src/editor/escalating/sinceText.ts';
import { aTicket, dueIn, hour, now } from '../../shared/tickets.ts';
import { plain } from './plain.ts';

function entry(text: string, what: Partial<Entry> = {}): Entry {
  return {
    id: text,
    at: now - hour,
    author: { id: 'bob', name: 'Bob' },
    kind: 'note',
    visibility: 'internal',
    ...(text !== '' && { body: { text, format: 'text' as const } }),
    changes: [],
    attachments: [],
    fromRequester: false,
    ...what,
  };
}

function written(all: [Ticket, Entry[]][]): string[] {
  const entries = new Map(all.map(([ticket, list]) => [ticket.key, list]));
  const text = sinceText(
    {
      since: now - 3 * hour,
      now,
      tickets: all.map(([ticket]) => ticket),
      entries: ({ key }) => entries.get(key) ?? [],
      me: () => 'alice',
      time: (at) => `${(at - now) / hour}h`,
    },
    plain,
  );
  return text.split('\n').filter((line) => line !== '');
}

describe('what happened since I left', () => {
  it('names each ticket once, where it presses most, and says who did what', () => {
    const old = { createdAt: now - 100 * hour };
    assert.deepEqual(
      written([
        [
          aTicket({ ...old, key: 'A-1', subject: 'Late', sla: [dueIn(-hour)] }),
          [entry('Where is it?', { fromRequester: true })],
        ],
        [
          aTicket({ ...old, key: 'A-2', subject: 'Asked' }),
          [entry('Still  broken\n', { fromRequester: true })],
        ],
        [
          aTicket({ ...old, key: 'A-3', subject: 'Given' }),
          [entry('', { kind: 'field', visibility: 'system', changes: [{ field: 'assignee', to: 'Alice' }] })],
        ],
        [
          aTicket({ ...old, key: 'A-4', subject: 'Mine' }),
          [entry('I did', { author: { id: 'alice', name: 'Alice' } })],
        ],
        [aTicket({ ...old, key: 'A-5', subject: 'Before' }), [entry('Old', { at: now - 4 * hour })]],
        [
          aTicket({
            ...old,
            key: 'A-6',
            subject: 'Solved',
            status: { name: 'Resolved', category: 'resolved' },
          }),
          [
            entry('', {
              kind: 'status',
              visibility: 'system',
              changes: [{ field: 'status', from: 'Open', to: 'Resolved' }],
            }),
          ],
        ],
      ]),
      [
        '# Since you left, -3h',
        '4 of your tickets changed. It is 0h now.',
        '## Overdue meanwhile (1)',
        '- A-1 Late: overdue; Bob: “Where is it?”',
        '## The requester wrote (1)',
        '- A-2 Asked: Bob: “Still broken”',
        '## New to you (1)',
        '- A-3 Given: assignee → Alice',
        '## Done (1)',
        '- A-6 Solved: status → Resolved',
      ],
    );
  });

  it('says so where nothing happened', () => {
    assert.deepEqual(written([]), ['# Since you left, -3h', 'Nothing happened to your tickets.']);
  });
});
