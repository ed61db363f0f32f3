import assert from 'node:assert/strict';
import { emptyHandOff, formatHandOff } from '../../../src/desk/handOff.ts';
import { formatRunRecord } from '../../../src/desk/runRecord.ts';
import { handOffFacts } from '../../../src/editor/escalating/facts.ts';
import { attempt, began, run } from '../../shared/runs.ts';
import { plain } from '../editor/plain.ts';
import { ticket } from '../store/fixtures.ts';

describe('a hand-off', () => {
  const tried = run();
  tried.steps[0]!.attempts = [attempt('a', { endedAt: began + 100, exitCode: 1 })];
  const record = {
    id: 'e',
    at: began,
    author: { id: 'alice', name: 'Alice Agent' },
    kind: 'run' as const,
    visibility: 'internal' as const,
    body: { text: formatRunRecord(tried, { output: true }), format: 'markdown' as const },
    changes: [],
    attachments: [],
    fromRequester: false,
  };
  const facts = (entries: Parameters<typeof handOffFacts>[1], runs: ReturnType<typeof run>[]) =>
    handOffFacts(ticket(1), entries, { links: [], others: [], runs, now: began }, plain).tried;
  const told = `- 2026-03-06 13:58 UTC, Alice Agent: Followed "Printer queue is stuck" (runbooks/printer-queue.md): in progress, 0 of 3 steps settled
  1. Failed: Look at the queue
  2. Not done: Turn it off and on
  3. Not done: Restart`;

  it('tells how each step of a run went, from its record on the ticket', () => {
    assert.equal(facts([record], [{ ...tried, attached: { at: began, version: tried.version } }]), told);
  });

  it('tells it once, though an earlier hand-off told it', () => {
    const earlier = { to: 'Tier 2', sections: { ...emptyHandOff().sections, tried: told } };
    const body = { text: formatHandOff(earlier), format: 'markdown' as const };
    const handOff = { ...record, kind: 'hand-off' as const, body };
    assert.equal(
      facts([record, handOff], []),
      `${told}\n- 2026-03-06 13:58 UTC, Alice Agent: handed on to Tier 2.`,
    );
  });

  it('tells it of a run whose record is not there yet', () => {
    assert.equal(facts([], [tried]), told);
  });
});
