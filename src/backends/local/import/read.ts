import { createHash } from 'node:crypto';
import type { Instant, Person } from '../../../desk/ticket.ts';
import type { LocalTicket } from '../port.ts';
import { Cells, RowProblem, type Me } from './cells.ts';
import { ticketFromLog } from './log.ts';
import type { Mapping } from './mapping.ts';
import { plainTicket } from './plain.ts';
import { pacer, type LeftOut } from './source.ts';
import type { Row, Table } from './table.ts';
import { keyOf, type TicketContext } from './ticket.ts';

export interface ReadOptions {
  table: Table;
  mapping: Mapping;
  accountId: string;
  me?: Me;
  /** Whom the local desk knows already: one of them is meant where the file has their name. */
  known?: readonly Person[];
  now: Instant;
  signal: AbortSignal;
  /** 0 to 1. */
  onProgress?: (progress: number) => void;
}

/** What was met on the way; complete when the reading is. */
export class ReadReport {
  rows = 0;
  tickets = 0;
  entries = 0;
  leftOutCount = 0;
  /** The first thousand, in the order they were met. */
  readonly leftOut: LeftOut[] = [];
  /** How many tickets are with whom, as the file writes the name. */
  readonly assignees = new Map<string, number>();
  /** Words for a status whose meaning is not known; they count as open. */
  readonly unknownStatuses = new Map<string, number>();

  leaveOut(one: LeftOut): void {
    this.leftOutCount++;
    if (this.leftOut.length < 1000) this.leftOut.push(one);
  }
}

/**
 * The tickets of the file, some at a time, made while it is read: a log's once all of it was. Rows that can't be used
 * are in the report, with the reason.
 */
export async function* readTickets(
  options: ReadOptions,
  report: ReadReport,
): AsyncGenerator<LocalTicket[], void, undefined> {
  const { table, mapping, signal } = options;
  const cells = new Cells(table.columns, mapping, options);
  const context: TicketContext = {
    cells,
    accountId: options.accountId,
    now: options.now,
    meId: options.me?.person.id,
    unknownStatus: (name) => count(report.unknownStatuses, name),
  };
  const fromRows = mapping.log ? logTickets : plainTickets;
  for await (const batch of fromRows(options, context, report)) {
    signal.throwIfAborted();
    for (const { ticket, entries } of batch) {
      report.tickets++;
      report.entries += entries.length;
      if (ticket.assignee !== undefined) count(report.assignees, ticket.assignee.name);
    }
    if (batch.length > 0) yield batch;
  }
}

async function* plainTickets(options: ReadOptions, context: TicketContext, report: ReadReport) {
  const seen = new Map<string, number>();
  for await (const rows of rowsOf(options, report)) {
    const batch: LocalTicket[] = [];
    for (const row of rows) {
      attempt(row, report, () => {
        const key = keyOf(row, context.cells, fingerprint);
        const earlier = seen.get(key);
        if (earlier !== undefined) {
          throw new RowProblem(`The ticket ${key} stands in line ${earlier} already; the first one counts.`);
        }
        const made = plainTicket(row, key, context);
        seen.set(key, row.line);
        batch.push(made);
      });
    }
    yield batch;
  }
}

const logBatch = 50;

async function* logTickets(options: ReadOptions, context: TicketContext, report: ReadReport) {
  const groups = await grouped(options, context.cells, report);
  const pause = pacer(options.signal);
  let batch: LocalTicket[] = [];
  for (const [key, rows] of groups) {
    await pause();
    const [first] = rows;
    if (first !== undefined) attempt(first, report, () => batch.push(ticketFromLog(rows, key, context)));
    if (batch.length >= logBatch) {
      yield batch;
      batch = [];
    }
  }
  yield batch;
}

/** All rows of the log by ticket. What many rows repeat is kept once, so that a large log fits. */
async function grouped(options: ReadOptions, cells: Cells, report: ReadReport): Promise<Map<string, Row[]>> {
  const groups = new Map<string, Row[]>();
  const words = new Map<string, string>();
  const once = (text: string) => {
    const known = words.get(text);
    if (known === undefined) words.set(text, text);
    return known ?? text;
  };
  for await (const rows of rowsOf(options, report)) {
    for (const row of rows) {
      attempt(row, report, () => {
        const key = keyOf(row, cells, fingerprint);
        for (const field of ['createdAt', 'updatedAt', 'resolvedAt', 'closedAt', 'dueAt'] as const) {
          cells.date(row, field);
        }
        const group = groups.get(key) ?? [];
        group.push({ line: row.line, cells: row.cells.map(once) });
        groups.set(key, group);
      });
    }
  }
  return groups;
}

async function* rowsOf({ table, signal, onProgress }: ReadOptions, report: ReadReport) {
  for await (const block of table.rows(signal)) {
    for (const one of block.leftOut) report.leaveOut(one);
    report.rows += block.rows.length + block.leftOut.length;
    onProgress?.(block.progress);
    yield block.rows;
  }
}

function attempt(row: Row, report: ReadReport, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RowProblem)) throw error;
    report.leaveOut({ line: row.line, reason: error.message });
  }
}

/** Twelve digits, as ticket keys end in. */
function fingerprint(text: string): string {
  const number = createHash('sha256').update(text).digest().readUIntBE(0, 6);
  return String(number % 1e12).padStart(12, '0');
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}
