import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { IANAZone, DateTime } from 'luxon';
import { slaStateAt } from '../../../src/desk/sla.ts';
import {
  defaultSlaPolicy,
  slaClocks,
  workingTimeAfter,
  type BusinessHours,
  type Pause,
  type SlaFacts,
} from '../../../src/desk/slaPolicy.ts';

const minute = 60_000;
const office: BusinessHours = {
  zone: 'Europe/Berlin',
  days: [1, 2, 3, 4, 5],
  from: 9 * 60,
  to: 17 * 60,
  holidays: ['2026-12-25'],
};
const berlin = (instant: number) => IANAZone.create('Europe/Berlin').offset(instant);
const utc = () => 0;

function at(text: string): number {
  return DateTime.fromISO(text, { zone: 'Europe/Berlin' }).toMillis();
}

function local(instant: number | undefined): string | undefined {
  if (instant === undefined) return undefined;
  return DateTime.fromMillis(instant, { zone: 'Europe/Berlin' }).toFormat("yyyy-MM-dd'T'HH:mm");
}

/** The slow truth: quarter by quarter; all that goes in falls on one. */
function byCounting(start: number, minutes: number, pauses: readonly Pause[], hours: BusinessHours): number {
  let left = minutes;
  for (let now = start; ; now += 15 * minute) {
    const time = DateTime.fromMillis(now, { zone: hours.zone });
    const open =
      hours.days.includes(time.weekday) &&
      !hours.holidays.includes(time.toISODate()!) &&
      time.hour * 60 + time.minute >= hours.from &&
      time.hour * 60 + time.minute < hours.to;
    const paused = pauses.some((pause) => now >= pause.from && now < (pause.to ?? Infinity));
    if (open && !paused) left -= 15;
    if (left === 0) return now + 15 * minute;
  }
}

describe('SLA policy', () => {
  describe('working time', () => {
    const due = (start: string, minutes: number, pauses: Pause[] = []) =>
      local(workingTimeAfter(at(start), minutes, pauses, office, berlin));

    it('runs within the hours', () => assert.equal(due('2026-03-02T10:00', 60), '2026-03-02T11:00'));
    it('begins with the hours', () => assert.equal(due('2026-03-02T03:00', 60), '2026-03-02T10:00'));
    it('goes on the next day', () => assert.equal(due('2026-03-02T16:30', 60), '2026-03-03T09:30'));
    it('rests at the weekend', () => assert.equal(due('2026-03-06T16:30', 60), '2026-03-09T09:30'));
    it('rests on holidays', () => assert.equal(due('2026-12-24T16:30', 60), '2026-12-28T09:30'));
    it('ends with the hours, not when they begin again', () =>
      assert.equal(due('2026-03-02T16:00', 60), '2026-03-02T17:00'));
    it('keeps to the clock on the wall when daylight saving begins', () =>
      assert.equal(due('2026-03-27T16:00', 120), '2026-03-30T10:00'));
    it('keeps to the clock on the wall when it ends', () =>
      assert.equal(due('2026-10-23T16:00', 120), '2026-10-26T10:00'));
    it('opens at the right moment in the night in which the clocks are changed', () => {
      const night = { ...office, days: [7], from: 90, to: 300 };
      const due = (start: string) => local(workingTimeAfter(at(start), 60, [], night, berlin));
      assert.equal(due('2026-10-24T12:00'), '2026-10-25T02:30');
      assert.equal(due('2026-03-28T12:00'), '2026-03-29T03:30');
    });
    it('leaves pauses out', () =>
      assert.equal(
        due('2026-03-02T10:00', 60, [{ from: at('2026-03-02T10:30'), to: at('2026-03-03T12:00') }]),
        '2026-03-03T12:30',
      ));
    it('never comes to an end in a pause without one', () =>
      assert.equal(due('2026-03-02T10:00', 60, [{ from: at('2026-03-02T10:30') }]), undefined));
    it('never comes to an end without working days', () =>
      assert.equal(workingTimeAfter(0, 1, [], { ...office, days: [] }, berlin), undefined));

    it('is what counting every quarter of an hour gives', () => {
      const quarters = (max: number) => fc.integer({ min: 1, max }).map((n) => n * 15);
      const gaps = fc.array(fc.tuple(quarters(200), quarters(200)), { maxLength: 3 });
      // A time of day that exists once on every day of the year.
      const time = fc
        .oneof(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 12, max: 96 }))
        .map((n) => n * 15);
      const hours = fc
        .tuple(time, time, fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 2 }))
        .filter(([from, to]) => from < to)
        .map(([from, to, days]): BusinessHours => ({ ...office, from, to, days }));
      fc.assert(
        fc.property(quarters(4 * 24 * 400), quarters(100), gaps, hours, (offset, minutes, lengths, when) => {
          const start = at('2026-01-01T00:00') + offset * minute;
          let now = start;
          const pauses = lengths.map(([gap, length]): Pause => {
            const from = now + gap * minute;
            now = from + length * minute;
            return { from, to: now };
          });
          assert.equal(
            workingTimeAfter(start, minutes, pauses, when, berlin),
            byCounting(start, minutes, pauses, when),
          );
        }),
      );
    });
  });

  describe('clocks', () => {
    const facts: SlaFacts = { createdAt: 0, rank: 2, pauses: [] };
    const clocks = (more: Partial<SlaFacts>) => slaClocks({ ...facts, ...more }, defaultSlaPolicy, utc);

    it('run towards the targets of the priority', () => {
      assert.deepEqual(clocks({}), [
        { target: 'first-response', state: 'running', dueAt: 60 * minute, source: 'policy' },
        { target: 'resolution', state: 'running', dueAt: 480 * minute, source: 'policy' },
      ]);
      assert.equal(clocks({ rank: 1 })[1]?.dueAt, 240 * minute);
    });

    it('are met in time and breached at the due time', () => {
      assert.equal(clocks({ firstRespondedAt: 60 * minute - 1 })[0]?.state, 'met');
      assert.equal(clocks({ firstRespondedAt: 60 * minute })[0]?.state, 'breached');
    });

    it('take a solution for an answer', () => {
      const [first, resolution] = clocks({ resolvedAt: 30 * minute });
      assert.deepEqual([first?.state, first?.stoppedAt], ['met', 30 * minute]);
      assert.deepEqual([resolution?.state, resolution?.stoppedAt], ['met', 30 * minute]);
    });

    it('pause the resolution, not the answer, while the requester is waited for', () => {
      const [first, resolution] = clocks({ pauses: [{ from: 10 * minute }] });
      assert.deepEqual([first?.state, first?.dueAt], ['running', 60 * minute]);
      assert.equal(resolution?.state, 'paused');
      assert.equal(resolution.dueAt, undefined);
    });

    it('are as late after a pause as they were before it', () => {
      const [, resolution] = clocks({ pauses: [{ from: 500 * minute }] });
      assert.ok(resolution);
      assert.equal(resolution.dueAt, 480 * minute);
      assert.equal(slaStateAt(resolution, 600 * minute), 'breached');
    });

    it('agree with the running clock about every moment of stopping', () => {
      fc.assert(
        fc.property(
          fc.integer({ min: 1, max: 1000 * 60 }),
          fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const),
          (seconds, rank) => {
            const now = seconds * 1000;
            const running = clocks({ rank })[1]!;
            const stopped = clocks({ rank, resolvedAt: now })[1]!;
            assert.equal(stopped.state === 'breached', slaStateAt(running, now) === 'breached');
            assert.equal(slaStateAt(stopped, now), stopped.state);
          },
        ),
      );
    });
  });
});
