import { fail, type DeskError, type Result } from '../../../desk/errors.ts';
import type { LocalTicket } from '../port.ts';
import { readTickets, ReadReport, type ReadOptions } from './read.ts';
import { guarded } from './table.ts';

export type { Me } from './cells.ts';
export { dateOrders, type DateOrder } from './dates.ts';
export { dateFields, fields, type Field } from './fields.ts';
export {
  examples,
  guessMapping,
  headerSignature,
  mappingProblem,
  readMapping,
  withField,
  type Mapping,
} from './mapping.ts';
export { ReadReport, type ReadOptions } from './read.ts';
export { sampleTag, sampleTickets } from './sample.ts';
export { readSample, type Sample } from './sampleFormat.ts';
export type { ImportSource, LeftOut } from './source.ts';
export { openTable, type Table } from './table.ts';

/** What an import would bring, found out by reading the whole file and keeping nothing. */
export interface Scan {
  report: ReadReport;
  /** The first few tickets. */
  preview: LocalTicket[];
}

export async function scan(options: ReadOptions): Promise<Result<Scan>> {
  return guarded(options.table.source, async () => {
    const report = new ReadReport();
    const preview: LocalTicket[] = [];
    for await (const batch of readTickets(options, report))
      preview.push(...batch.slice(0, 5 - preview.length));
    return { report, preview };
  });
}

/** How many tickets a write brought. */
export interface Written {
  /** Not there before. */
  added: number;
  /** There from an earlier import, and brought up to date. */
  replaced: number;
  /** Left as they are, because somebody worked on them here since. */
  kept: number;
}

export interface ImportResult extends Written {
  report: ReadReport;
  /** Why it ended before the end of the file; what was written until then is there. */
  stopped?: DeskError;
}

/** Tickets and entries up to which an import is written in one go, all or nothing, without holding up the thread. */
const oneGo = 6_000;

/**
 * Reads the file and hands its tickets to `write`: all at once if they are few, otherwise some at a time. What was
 * written when it is cancelled or fails stays; importing the same file again brings the rest and doubles nothing.
 */
export async function importTickets(
  options: ReadOptions,
  scanned: Pick<ReadReport, 'tickets' | 'entries'>,
  write: (tickets: LocalTicket[]) => Promise<Result<Written>>,
): Promise<Result<ImportResult>> {
  const report = new ReadReport();
  const total: Written = { added: 0, replaced: 0, kept: 0 };
  const limit = scanned.tickets + scanned.entries <= oneGo ? Number.POSITIVE_INFINITY : 1000;
  const flush = async (tickets: LocalTicket[]) => {
    const written = await write(tickets);
    if (!written.ok) return written.error;
    for (const name of ['added', 'replaced', 'kept'] as const) total[name] += written.value[name];
    return undefined;
  };
  const done = await guarded(options.table.source, async () => {
    let waiting: LocalTicket[] = [];
    let weight = 0;
    for await (const batch of readTickets(options, report)) {
      waiting.push(...batch);
      weight += batch.reduce((sum, { entries }) => sum + entries.length + 1, 0);
      if (weight < limit) continue;
      const error = await flush(waiting);
      if (error !== undefined) return error;
      waiting = [];
      weight = 0;
    }
    return waiting.length > 0 ? flush(waiting) : undefined;
  });
  const stopped = done.ok ? done.value : done.error;
  const nothing = total.added + total.replaced + total.kept === 0;
  if (stopped !== undefined && nothing) return fail(stopped);
  return { ok: true, value: { ...total, report, ...(stopped !== undefined && { stopped }) } };
}
