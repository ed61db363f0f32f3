/** One line of the report. */
export interface Figure {
  name: string;
  /** Of what is worked on: tickets in the cache, rows of a file. */
  size: number;
  value: number;
  unit: string;
  /** What it is measured against, in the same run. */
  peer: string;
  peerValue: number;
  ratio: number;
}

export interface Measured extends Omit<Figure, 'ratio'> {
  /** The most that `ratio`, or `value` itself, may be. */
  target?: { ratio: number } | { value: number };
}

export interface Bench {
  name: string;
  run(): Promise<Measured[]>;
}

export function figureOf({ target, ...measured }: Measured): {
  figure: Figure;
  target: string;
  met: boolean;
} {
  const figure = { ...measured, ratio: measured.value / measured.peerValue };
  if (target === undefined) return { figure, target: '', met: true };
  return 'ratio' in target
    ? { figure, target: `${target.ratio} ×`, met: figure.ratio <= target.ratio }
    : { figure, target: `${target.value} ${figure.unit}`, met: figure.value <= target.value };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  if (low === undefined || high === undefined) throw new RangeError('Nothing was measured.');
  return (low + high) / 2;
}

/** What 95 of 100 values do not exceed. */
export function p95(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length * 0.95)] ?? 0;
}

/** The smallest and the largest value: says how much a median is worth. */
export function spread(values: readonly number[], digits = 0): string {
  return `${Math.min(...values).toFixed(digits)} to ${Math.max(...values).toFixed(digits)}`;
}

export const runs = 5;

/** Runs `work` to warm up, then {@link runs} times; what each of these gave. */
export async function measure<T>(work: () => Promise<T>): Promise<T[]> {
  await work();
  const results: T[] = [];
  while (results.length < runs) results.push(await work());
  return results;
}
