import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readSample, sampleTickets } from '../../../src/backends/local/import/importer.ts';
import { formatHandOff } from '../../../src/desk/handOff.ts';
import { othersOf } from '../../../src/editor/escalating/others.ts';
import { handOffFacts } from '../../../src/editor/escalating/facts.ts';
import { plain } from './plain.ts';

interface Asked {
  key: string;
  /** What tier 2 will ask, written down from the ticket alone; `null` where the ticket does not say. */
  asks: { asks: string; answer: string | null }[];
}

const asked = JSON.parse(readFileSync(new URL('handOffQuestions.json', import.meta.url), 'utf8')) as Asked[];
const sample = readSample(readFileSync(new URL('../../../media/sample/desk.json', import.meta.url), 'utf8'));
assert.ok(sample.ok);
const now = Date.parse('2026-11-26T12:00Z');
const me = { id: 'alice', name: 'Alice Agent' };
const desk = sampleTickets(sample.value, { accountId: 'local', me, now });
const known = desk.tickets.map(({ ticket }) => ticket);

const flat = (text: string) => text.replace(/[*_`>]/g, '').replace(/\s+/g, ' ');

describe('a hand-off of a sample ticket', () => {
  it('is asked about twenty tickets of different teams, kinds and channels', () => {
    assert.equal(new Set(asked.map(({ key }) => key)).size, 20);
    assert.ok(asked.flatMap(({ asks }) => asks).length >= 90);
  });

  for (const { key, asks } of asked) {
    it(`${key} answers what the next tier asks, as far as the ticket does`, () => {
      const found = desk.tickets.find(({ ticket }) => ticket.key === key);
      assert.ok(found, key);
      const { ticket, entries } = found;
      const others = othersOf(ticket, entries, {
        tickets: known,
        byKey: (name) => known.filter((one) => one.key === name),
      });
      const links = desk.links.filter((link) => link.ticket.id === ticket.id);
      const sections = handOffFacts(ticket, entries, { links, runs: [], others, now }, plain);
      const text = flat(formatHandOff({ sections }));
      const unanswered = asks.filter(({ answer }) => answer !== null && !text.includes(flat(answer)));
      assert.deepEqual(unanswered, [], text);
    });
  }
});
