import { fail } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';

/** What not every system has, or not as we could use it. */
export type TieStep = Extract<Step, { type: 'watch' | 'relate' | 'merge' }>;

/** Refuses what `system` can't do, or not from here. */
export function unable(system: string, step: TieStep | { type: 'custom' }) {
  const whats = {
    watch: 'Watchers',
    relate: 'Ties between tickets',
    merge: 'Merging tickets',
    custom: 'Custom fields',
  };
  const what = whats[step.type];
  return fail({ reason: 'unsupported', message: `${what}: ${system} can't do that from here.` });
}
