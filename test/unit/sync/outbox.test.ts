import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { DeskError, Reason } from '../../../src/desk/errors.ts';
import { maySendAgainAlone, type Operation, type Step } from '../../../src/desk/operation.ts';
import {
  backOff,
  fateOf,
  heads,
  isReached,
  move,
  nextAttempt,
  type Event,
} from '../../../src/sync/outbox.ts';

const note: Step = { type: 'post', kind: 'note', visibility: 'internal', body: 'note' };
const reply: Step = { type: 'post', kind: 'reply', visibility: 'public', body: 'reply' };
const update: Step = { type: 'update', fields: { status: 'open' }, before: {} };

function operation(more: Partial<Operation> = {}): Operation {
  return {
    id: 'o-1',
    accountId: 'a',
    ticketId: '1',
    label: 'T-1',
    intent: 'note',
    steps: [note],
    done: 0,
    state: 'queued',
    createdAt: 0,
    attempts: 0,
    forced: false,
    ...more,
  };
}

const reasons: readonly Reason[] = [
  'offline',
  'unauthorised',
  'forbidden',
  'not-found',
  'conflict',
  'server',
  'tls',
  'unknown-outcome',
  'rate-limited',
  'rejected',
  'protocol',
  'unsupported',
  'cancelled',
  'storage',
];
const errors: fc.Arbitrary<DeskError> = fc
  .constantFrom(...reasons)
  .map((reason) => ({ reason, message: reason }));
const at = fc.integer({ min: 0, max: 1_000_000 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const events: fc.Arbitrary<Event> = fc.oneof(
  fc.record({ type: fc.constant('claim' as const), at, ticketId: fc.constant('1'), watermark: fc.string() }),
  fc.constant<Event>({ type: 'release' }),
  fc.record({ type: fc.constant('landed' as const), ticketId: fc.constant('1') }),
  fc.constant<Event>({ type: 'confirm' }),
  fc.record({ type: fc.constant('failed' as const), error: errors, at, random }),
  fc.record({ type: fc.constant('orphaned' as const), error: errors }),
  fc.constant<Event>({ type: 'absent' }),
  fc.record({
    type: fc.constant('undecided' as const),
    error: fc.option(errors, { nil: undefined }),
    at,
    random,
  }),
  fc.constant<Event>({ type: 'conflict', conflict: { type: 'unseen-entries', entries: [] } }),
  fc.record({ type: fc.constant('retry' as const), force: fc.boolean() }),
);
const operations = fc
  .array(fc.constantFrom(note, reply, update), { minLength: 1, maxLength: 3 })
  .map((steps) => operation({ steps }));

describe('outbox', () => {
  it('keeps what the user did, whatever happens', () => {
    fc.assert(
      fc.property(operations, fc.array(events, { maxLength: 40 }), (start, happenings) => {
        let now = start;
        for (const event of happenings) {
          const next = move(now, event);
          if (!next) continue;
          assert.deepEqual(
            [next.id, next.accountId, next.ticketId, next.steps, next.createdAt],
            [now.id, now.accountId, now.ticketId, now.steps, now.createdAt],
          );
          assert.ok(now.state !== 'confirmed', 'what is confirmed stays so');
          assert.equal(next.done, now.done + (event.type === 'landed' ? 1 : 0));
          assert.ok(next.done <= next.steps.length);
          assert.equal(next.state === 'confirmed', event.type === 'confirm');
          assert.equal(next.state === 'conflict', event.type === 'conflict');
          if (next.state === 'failed') assert.ok(next.error, 'a failure says why');
          if (next.state === 'unknown') assert.ok(next.sentAt !== undefined);
          now = next;
        }
        if (now.state === 'confirmed') assert.equal(now.done, now.steps.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('never allows a step to be sent while an earlier sending of it is not known to have failed', () => {
    fc.assert(
      fc.property(operations, fc.array(events, { maxLength: 60 }), (start, happenings) => {
        let now = start;
        /** The step may have reached the backend, and nobody looked since. */
        let open = false;
        for (const event of happenings) {
          const next = move(now, event);
          if (!next) continue;
          if (event.type === 'claim') {
            assert.ok(!open, 'sent blindly');
            open = true;
          }
          if (event.type === 'landed' || event.type === 'absent' || event.type === 'release') open = false;
          if (event.type === 'failed' && now.state === 'sending') {
            const { reason } = event.error;
            open = ['unknown-outcome', 'protocol', 'cancelled', 'server'].includes(reason);
          }
          now = next;
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('can always be brought to an end by the user and a backend that answers', () => {
    fc.assert(
      fc.property(operations, fc.array(events, { maxLength: 30 }), (start, happenings) => {
        let now = happenings.reduce((was, event) => move(was, event) ?? was, start);
        const claim: Event = { type: 'claim', at: 0, ticketId: '1', watermark: undefined };
        const orphaned: Event = { type: 'orphaned', error: { reason: 'cancelled', message: '' } };
        const way: Event[] = [orphaned, { type: 'retry', force: true }, { type: 'absent' }, claim];
        for (let i = 0; i < 10 && now.state !== 'confirmed'; i += 1) {
          for (const event of [
            ...way,
            { type: 'landed', ticketId: '1' } as const,
            { type: 'confirm' } as const,
          ]) {
            now = move(now, event) ?? now;
          }
        }
        assert.equal(now.state, 'confirmed');
      }),
    );
  });

  it('tells what tries again by itself from what waits for the user', () => {
    const sending = operation({ state: 'sending', sentAt: 1 });
    const queued = operation();
    const after = (from: Operation, reason: Reason) => {
      const next = move(from, { type: 'failed', error: { reason, message: '' }, at: 0, random: 0 });
      return `${next?.state}${next?.sentAt === undefined ? '' : ', to be looked for'}`;
    };
    const table = Object.fromEntries(
      reasons.map((reason) => [reason, [after(queued, reason), after(sending, reason)]]),
    );
    assert.deepEqual(table, {
      offline: ['queued', 'queued'],
      tls: ['queued', 'queued'],
      unauthorised: ['queued', 'queued'],
      'rate-limited': ['queued', 'queued'],
      storage: ['queued', 'queued'],
      conflict: ['queued', 'queued'],
      server: ['queued', 'queued, to be looked for'],
      'unknown-outcome': ['queued', 'unknown, to be looked for'],
      protocol: ['queued', 'unknown, to be looked for'],
      cancelled: ['queued', 'unknown, to be looked for'],
      forbidden: ['failed', 'failed'],
      'not-found': ['failed', 'failed'],
      rejected: ['failed', 'failed'],
      unsupported: ['failed', 'failed'],
    });
    for (const reason of reasons)
      assert.ok(['again', 'look', 'unknown', 'ask'].includes(fateOf(reason, true)));
  });

  it('asks the user in the end when a ticket never holds still', () => {
    let now = operation();
    for (let i = 0; i < 5; i += 1) {
      const claimed = move(now, { type: 'claim', at: 0, ticketId: '1', watermark: '1' });
      assert.ok(claimed, `attempt ${i}`);
      const error: DeskError = { reason: 'conflict', message: '' };
      now = move(claimed, { type: 'failed', error, at: 0, random: 0 }) ?? now;
    }
    assert.equal(now.state, 'failed');
  });

  it('waits longer after every attempt, not all at the same moment, and never for ever', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), random, (attempts, chance) => {
        const delay = backOff(attempts, chance);
        assert.ok(delay >= 1_000 && delay <= 300_000);
        assert.ok(backOff(attempts + 1, chance) >= delay);
        if (attempts < 8) assert.ok(backOff(attempts + 1, 0) > backOff(attempts, 0));
        assert.ok(chance < 0.01 || delay > backOff(attempts, 0));
      }),
    );
  });

  it('waits for the reset the backend named, and then not together with everybody', () => {
    const error: DeskError = { reason: 'rate-limited', message: '', resetAt: 60_000 };
    assert.ok(nextAttempt(error, 1_000, 1, 0) > 60_000);
    assert.ok(nextAttempt(error, 1_000, 1, 0.9) > nextAttempt(error, 1_000, 1, 0));
    assert.ok(nextAttempt({ reason: 'offline', message: '' }, 1_000, 1, 0) < 60_000);
  });

  it('does not wait for a time that only a wrong clock could have set', () => {
    assert.equal(isReached(1_000, 1_000), true);
    assert.equal(isReached(1_001, 1_000), false);
    assert.equal(isReached(24 * 3_600_000, 0), true);
  });

  it('knows its ticket by when that was created, and the one it was merged into by its id alone', () => {
    const claimed = (ticketId: string) =>
      move(operation({ ticketCreatedAt: 5 }), { type: 'claim', at: 9, ticketId, watermark: undefined });
    assert.equal(claimed('1')?.ticketCreatedAt, 5);
    const merged = claimed('2');
    assert.deepEqual([merged?.ticketId, merged?.ticketCreatedAt], ['2', undefined]);
  });

  it('has one head a ticket, and one for each ticket that does not exist yet', () => {
    const outbox = [
      operation({ id: '1', ticketId: 'a', state: 'failed' }),
      operation({ id: '2', ticketId: 'a' }),
      operation({ id: '3', ticketId: undefined }),
      operation({ id: '4', ticketId: undefined }),
      operation({ id: '5', ticketId: 'b' }),
    ];
    assert.deepEqual(
      heads(outbox).map(({ id }) => id),
      ['1', '3', '4', '5'],
    );
  });

  it('lets nothing a customer would get twice be sent again by itself', () => {
    assert.equal(maySendAgainAlone(reply), false);
    assert.equal(maySendAgainAlone(note), true);
    assert.equal(maySendAgainAlone(update), true);
  });
});
