import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { elapsedAt, minutesIn, minutesOf } from '../../../src/desk/workTime.ts';

describe('time worked', () => {
  const read: [string, number | undefined][] = [
    ['45', 45],
    [' 90 min ', 90],
    ['1:30', 90],
    ['0:05', 5],
    ['2h', 120],
    ['1h 30m', 90],
    ['1 h 5', 65],
    ['', undefined],
    ['0', undefined],
    ['1:5', undefined],
    ['1:75', undefined],
    ['soon', undefined],
    ['-5', undefined],
    ['1.5', undefined],
    ['44641', undefined],
  ];
  for (const [text, minutes] of read) {
    it(`"${text}" is ${minutes === undefined ? 'no time' : `${minutes} min`}`, () => {
      assert.equal(minutesIn(text), minutes);
    });
  }

  it('reads every number of minutes as it would be proposed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 44_640 }), (minutes) => {
        assert.equal(minutesIn(String(minutesOf(minutes * 60_000))), minutes);
      }),
    );
  });

  it('goes on while it runs, rests while it does not, and stops by itself after half a day', () => {
    const hour = 3_600_000;
    assert.equal(elapsedAt({ elapsed: 5 }, 1_000), 5);
    assert.equal(elapsedAt({ elapsed: 5, startedAt: 1_000 }, 3_000), 2_005);
    assert.equal(elapsedAt({ elapsed: 0, startedAt: 0 }, 80 * hour), 12 * hour);
    assert.equal(elapsedAt({ elapsed: 7, startedAt: 5_000 }, 1_000), 7, 'a clock that was put back');
  });

  it('counts begun minutes', () => {
    assert.deepEqual([0, 1, 60_000, 60_001].map(minutesOf), [1, 1, 1, 2]);
  });
});
