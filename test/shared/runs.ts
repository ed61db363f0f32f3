import type { Attempt, Run } from '../../src/desk/run.ts';

/** 2026-03-06 13:58:02 UTC */
export const began = Date.UTC(2026, 2, 6, 13, 58, 2);

export function run(more: Partial<Run> = {}): Run {
  return {
    id: 'run-1',
    ticket: { accountId: 'a', id: '1' },
    ticketKey: 'HD-1',
    document: { title: 'Printer queue is stuck', path: 'runbooks/printer-queue.md', id: 'printer-queue' },
    by: 'Alice Agent',
    startedAt: began,
    state: 'open',
    steps: [
      { title: 'Look at the queue', command: 'lpstat -o', attempts: [] },
      { title: 'Turn it off and on', attempts: [] },
      { title: 'Restart', command: 'systemctl restart cups', attempts: [] },
    ],
    values: {},
    version: 1,
    ...more,
  };
}

export function attempt(id: string, more: Partial<Attempt> = {}): Attempt {
  return { id, how: 'terminal', by: 'Alice Agent', at: began, command: 'lpstat -o', ...more };
}
