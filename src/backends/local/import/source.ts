import { setImmediate } from 'node:timers/promises';

/** A file to import, readable more than once. */
export interface ImportSource {
  name: string;
  /** Bytes; for the progress only. */
  size: number;
  chunks(): AsyncIterable<Uint8Array>;
}

/** A row (or rows) that did not become a ticket, and why. */
export interface LeftOut {
  line: number;
  reason: string;
}

/** A file that can't be imported at all; caught where the importer hands its answer out. */
export class ImportProblem extends Error {}

/**
 * Gives the thread back to others: awaited between small pieces of work, it lets pending events through once
 * `sliceMs` of work were done, and ends the work when it was cancelled.
 */
export function pacer(signal: AbortSignal, sliceMs = 8): () => Promise<void> {
  let since = performance.now();
  return async () => {
    signal.throwIfAborted();
    if (performance.now() - since < sliceMs) return;
    await setImmediate();
    signal.throwIfAborted();
    since = performance.now();
  };
}
