import type { RunOutcome } from './run.ts';

/** One line a fault: what was seen, when it was tried again, and what it did to the work. */
export function faultTable(subject: string, outcomes: readonly RunOutcome[]): string {
  const names = [...new Set(outcomes.flatMap(({ kinds }) => kinds))].sort();
  const rows = names.map((name) =>
    row(
      name,
      outcomes.filter(({ kinds }) => kinds.includes(name)),
    ),
  );
  const head = [
    'fault',
    'runs',
    'struck',
    'acts',
    'lost',
    'doubled',
    'exact',
    'tried again',
    'the user sees',
  ];
  const table = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)));
  const lines = table.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [subject, ...lines].join('\n');
}

function row(name: string, outcomes: readonly RunOutcome[]): string[] {
  const sum = (count: (outcome: RunOutcome) => number) =>
    String(outcomes.reduce((total, outcome) => total + count(outcome), 0));
  // A run of several faults does not say which one was seen.
  const alone = outcomes.filter(({ kinds }) => kinds.length === 1);
  const sights = [...new Set(alone.flatMap((outcome) => outcome.sights))].sort();
  return [
    name,
    String(outcomes.length),
    sum(({ struck }) => struck),
    sum(({ promised }) => promised),
    sum(({ lost }) => lost.length),
    sum(({ doubled }) => doubled.length),
    `${outcomes.filter(({ differing }) => differing.length === 0).length}/${outcomes.length}`,
    pauses(alone.flatMap(({ waits }) => waits)),
    sights.join(', ') || 'nothing: it passed unnoticed',
  ];
}

function pauses(waits: readonly number[]): string {
  if (waits.length === 0) return 'at once';
  const seconds = (ms: number) => (ms / 1000).toFixed(0);
  return `after ${seconds(Math.min(...waits))} to ${seconds(Math.max(...waits))} s`;
}
