import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { idMaker } from '../../../src/sync/ids.ts';

describe('ids of operations', () => {
  it('are UUIDs of version 7, and sort in the order of their making whatever the clock does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_005 })), (times) => {
        let time = 0;
        const next = idMaker(() => time);
        const ids = times.map((now) => {
          time = now;
          return next();
        });
        assert.deepEqual(ids, ids.toSorted());
        assert.equal(new Set(ids).size, ids.length);
        for (const id of ids) {
          assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
        }
      }),
    );
  });

  it('keep their order through more than fit into one millisecond', () => {
    const next = idMaker(() => 1_700_000_000_000);
    const ids = Array.from({ length: 10_000 }, next);
    assert.deepEqual(ids, ids.toSorted());
    assert.equal(new Set(ids).size, ids.length);
  });
});
