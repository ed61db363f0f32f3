import { strict as assert } from 'node:assert';
import type { DeskError } from '../../../src/desk/errors.ts';
import { atMost } from '../../../src/sync/parallel.ts';
import { gate } from './rig.ts';

describe('work side by side', () => {
  const tooMany: DeskError = { reason: 'rate-limited', message: 'Too many requests.' };

  it('ends with the first error, also when what began before it goes well', async () => {
    const { closed, open } = gate();
    const begun: string[] = [];
    const outcome = atMost(2, ['slow', 'refused', 'never'], async (item) => {
      begun.push(item);
      if (item === 'refused') return tooMany;
      await closed;
      return undefined;
    });
    await new Promise((resolve) => setImmediate(resolve));
    open();
    assert.equal(await outcome, tooMany);
    assert.deepEqual(begun, ['slow', 'refused']);
  });
});
