import { strict as assert } from 'node:assert';
import { applyStep } from '../../../src/backends/local/rules.ts';
import type { Relation, Ticket } from '../../../src/desk/ticket.ts';
import { act, desk, newTicket, value } from './fixtures.ts';

const { ticket: blank } = newTicket();

function named(key: string, ...relations: [Relation['kind'], string][]): Ticket {
  const ties = relations.map(([kind, other]): Relation => ({ kind, ticketId: other, key: other }));
  return { ...blank, id: key, key, relations: ties, revision: `of ${key}` };
}

/** What the tickets are tied to once the first was merged into the second. */
function merged(...tickets: Ticket[]): Record<string, string[]> {
  const [from, into] = tickets;
  const known = new Map(tickets.map((one) => [one.id, one]));
  const step = { type: 'merge', into: { id: into!.id, key: into!.key } } as const;
  const at = { ...desk, ticket: (id: string) => known.get(id) };
  const { ticket, others = [] } = value(applyStep({ ticket: from!, entries: [] }, step, act(1), at));
  const changed = [ticket, ...others.map((one) => one.ticket)];
  assert.equal(new Set(changed.map(({ id }) => id)).size, changed.length, 'each is written once');
  for (const one of others) assert.equal(one.revision, `of ${one.ticket.id}`);
  for (const one of changed) known.set(one.id, one);
  const ties = ({ relations = [] }: Ticket) => relations.map(({ kind, key }) => `${kind} ${key}`);
  return Object.fromEntries([...known].map(([id, one]) => [id, ties(one)]));
}

describe('local desk: a merge', () => {
  it('hands the ties of the ticket on to the one that goes on', () => {
    const from = named('A', ['child', 'C'], ['related', 'D'], ['related', 'B'], ['parent', 'P']);
    const into = named('B', ['related', 'A'], ['related', 'D']);
    assert.deepEqual(
      merged(
        from,
        into,
        named('C', ['parent', 'A']),
        named('D', ['related', 'A'], ['related', 'B']),
        named('P', ['child', 'A']),
      ),
      {
        A: [],
        B: ['related D', 'child C', 'parent P'],
        C: ['parent B'],
        D: ['related B'],
        P: ['child B'],
      },
    );
  });

  it('gives nobody a second parent, and makes nothing its own', () => {
    assert.deepEqual(
      merged(
        named('A', ['parent', 'P'], ['child', 'Q']),
        named('B', ['parent', 'Q']),
        named('P', ['child', 'A']),
        named('Q', ['parent', 'A'], ['child', 'B']),
      ),
      { A: [], B: ['parent Q'], P: [], Q: ['child B'] },
    );
  });

  it('heeds ties to a ticket that is not there any more as little as before', () => {
    assert.deepEqual(merged(named('A', ['child', 'gone']), named('B')), { A: [], B: [] });
  });
});
