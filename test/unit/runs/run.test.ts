import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  advanceRun,
  isSettledStep,
  nextStep,
  runningAttempt,
  stateOf,
  type Run,
  type RunEvent,
} from '../../../src/desk/run.ts';
import { attempt, began, run } from '../../shared/runs.ts';

function after(...events: RunEvent[]): Run {
  return events.reduce((now, event) => {
    const next = advanceRun(now, event);
    assert.ok(next, `${event.type} can happen`);
    return next;
  }, run());
}

const states = ({ steps }: Run) => steps.map(stateOf);
const started = (step: number, id: string): RunEvent => ({ type: 'started', step, attempt: attempt(id) });
const ended = (attemptId: string, exitCode?: number): RunEvent => ({
  type: 'ended',
  attemptId,
  at: began + 1200,
  ...(exitCode !== undefined && { exitCode }),
});
const byHand = (step: number): RunEvent => ({
  type: 'settled',
  step,
  attempt: attempt(`hand-${step}`, { how: 'hand', endedAt: began }),
});
const lost = (attemptId: string): RunEvent => ({
  type: 'interrupted',
  attemptId,
  at: began + 900,
  why: 'window',
});

describe('a run', () => {
  it('is finished when every step is settled', () => {
    const done = after(started(0, 'a'), ended('a', 0), byHand(1), started(2, 'b'), ended('b', 0));
    assert.deepEqual(states(done), ['done', 'ticked', 'done']);
    assert.equal(done.state, 'finished');
    assert.equal(done.version, 6);
    assert.equal(advanceRun(done, started(0, 'c')), undefined);
  });

  it('goes on after a step was interrupted, whose outcome nobody knows', () => {
    const broken = after(started(0, 'a'), ended('a', 0), started(2, 'b'), lost('b'));
    assert.deepEqual(states(broken), ['done', 'waiting', 'interrupted']);
    assert.equal(broken.state, 'open');
    const again = advanceRun(broken, started(2, 'c'))!;
    assert.equal(again.steps[2]?.attempts.length, 2);
    assert.equal(stateOf(again.steps[2]), 'running');
  });

  it('takes back that a step was interrupted when it is seen to end', () => {
    const seen = after(started(0, 'a'), lost('a'), ended('a', 3));
    assert.deepEqual(states(seen)[0], 'failed');
    assert.equal(seen.steps[0]?.attempts[0]?.interrupted, 'window');
    assert.equal(advanceRun(seen, ended('a', 0)), undefined, 'a known exit status stays');
    assert.equal(advanceRun(after(started(0, 'a'), lost('a')), ended('a')), undefined);
  });

  it('says so when the shell told no exit status', () => {
    assert.equal(states(after(started(0, 'a'), ended('a')))[0], 'unclear');
  });

  it('runs one step at a time', () => {
    const running = after(started(0, 'a'));
    assert.equal(advanceRun(running, started(2, 'b')), undefined);
    assert.equal(advanceRun(running, byHand(1)), undefined);
    assert.equal(advanceRun(running, { type: 'handed-over', at: began, to: 'Bob', note: '' }), undefined);
  });

  it('is stopped, handed over and gone on with', () => {
    const over = after({ type: 'handed-over', at: began, to: 'Bob', note: 'No rights there' });
    assert.equal(over.state, 'handed-over');
    const again = advanceRun(over, { type: 'resumed' })!;
    assert.equal(again.state, 'open');
    assert.equal(again.handOver, undefined);
    assert.equal(again.endedAt, undefined);
  });

  it('follows its document, but not where a step was tried', () => {
    const read = (steps: { title: string; command?: string }[]): RunEvent => ({ type: 'read', steps });
    const changed = after(
      started(0, 'a'),
      ended('a', 1),
      read([{ title: 'Other', command: 'x' }, { title: 'New' }]),
    );
    assert.deepEqual(
      changed.steps.map(({ title, command }) => [title, command]),
      [
        ['Look at the queue', 'lpstat -o'],
        ['New', undefined],
      ],
    );
    const mended = after(
      started(0, 'a'),
      ended('a', 1),
      read([{ title: 'Look at the queue', command: 'lpq' }]),
    );
    assert.equal(mended.steps[0]?.command, 'lpq');
    assert.equal(mended.steps[0].attempts[0]!.command, 'lpstat -o', 'what was run stays on record');
    const { steps } = run();
    assert.equal(advanceRun(run(), read(steps)), undefined, 'nothing changed');
  });

  it('never forgets an attempt or an exit status, and has one step in flight, whatever happens', () => {
    const id = fc.constantFrom('a', 'b', 'c');
    const step = fc.integer({ min: 0, max: 3 });
    const event = fc.oneof(
      fc.tuple(step, id).map(([at, one]) => started(at, one)),
      fc
        .tuple(id, fc.option(fc.constantFrom(0, 1), { nil: undefined }))
        .map(([one, code]) => ended(one, code)),
      id.map(lost),
      step.map(byHand),
      fc.constant<RunEvent>({ type: 'stopped', at: began }),
      fc.constant<RunEvent>({ type: 'resumed' }),
      fc.constant<RunEvent>({ type: 'handed-over', at: began, to: 'Bob', note: '' }),
      fc.constant<RunEvent>({ type: 'read', steps: [{ title: 'One' }] }),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 30 }), (events) => {
        let now = run();
        for (const one of events) {
          const next = advanceRun(now, one);
          if (next === undefined) continue;
          assert.equal(next.version, now.version + 1);
          for (const [at, before] of now.steps.entries()) {
            if (before.attempts.length === 0) continue;
            const then = next.steps[at]!;
            assert.ok(then.attempts.length >= before.attempts.length);
            before.attempts.forEach((old, place) => {
              if (old.exitCode !== undefined) assert.deepEqual(then.attempts[place], old);
            });
          }
          assert.ok(next.steps.filter((some) => stateOf(some) === 'running').length <= 1);
          assert.equal(
            next.state === 'finished',
            next.state !== 'stopped' && next.state !== 'handed-over' && next.steps.every(isSettledStep),
          );
          if (runningAttempt(next)) assert.notEqual(nextStep(next), -1);
          now = next;
        }
      }),
      { numRuns: 500 },
    );
  });
});
