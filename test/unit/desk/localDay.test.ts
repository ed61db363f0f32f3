import { strict as assert } from 'node:assert';
import { localDay } from '../../../src/desk/localDay.ts';

describe('the day where the user is', () => {
  const { TZ } = process.env;

  afterEach(() => {
    if (TZ === undefined) delete process.env.TZ;
    else process.env.TZ = TZ;
  });

  for (const [zone, day] of [
    ['UTC', '2026-01-09'],
    ['Pacific/Auckland', '2026-01-10'],
    ['America/Los_Angeles', '2026-01-09'],
  ] as const) {
    it(`is told by its own calendar: ${zone}`, () => {
      process.env.TZ = zone;
      assert.equal(localDay(Date.UTC(2026, 0, 9, 20)), day);
    });
  }
});
