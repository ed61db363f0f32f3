import { generator } from '../kill/run.ts';
import type { FaultKind } from './kinds.ts';

/** With seeds in a row every fault gets its turn; one run in four meets a second one as well. */
export function drawKinds(all: readonly FaultKind[], seed: number): FaultKind[] {
  const random = generator(seed ^ 0x5eed);
  const first = all[seed % all.length];
  const second = all[Math.floor(random() * all.length)];
  const both = random() < 0.25 ? [first, second] : [first];
  return [...new Set(both)].filter((kind) => kind !== undefined);
}
