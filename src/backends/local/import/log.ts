import type { FieldChange } from '../../../desk/entry.ts';
import type { Instant, Person } from '../../../desk/ticket.ts';
import type { Cells } from './cells.ts';
import { EntryList, nobody } from './entries.ts';
import type { Field } from './fields.ts';
import type { Row } from './table.ts';
import { ticketOf, type TicketContext } from './ticket.ts';
import { isYes } from './words.ts';

/** One state a ticket was in, with where it stands among the others. */
interface State {
  row: Row;
  at: Instant;
  count: number;
}

const tracked: readonly (readonly [Field, string])[] = [
  ['status', 'status'],
  ['priority', 'priority'],
  ['team', 'team'],
  ['assignee', 'assignee'],
  ['impact', 'impact'],
  ['urgency', 'urgency'],
  ['category', 'category'],
  ['subcategory', 'subcategory'],
  ['symptom', 'symptom'],
  ['location', 'location'],
  ['slaMet', 'SLA'],
];

/** A ticket from the rows that are its states: the last one is what it is, the steps between them are its history. */
export function ticketFromLog(rows: readonly Row[], key: string, context: TicketContext) {
  const { cells } = context;
  const states = inOrder(rows, cells, context.now);
  const first = states[0];
  const last = states.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('A ticket without a row.');
  const latest = ticketOf(last.row, key, context);
  const createdAt = cells.date(first.row, 'createdAt') ?? Math.min(...states.map(({ at }) => at));
  const ticket = { ...latest, createdAt, updatedAt: last.at };
  const history = new EntryList(key, ticket.requester);
  history.addDescription(first.row, createdAt, cells);
  addHistory(history, states, cells);
  history.addResolution(last.row, ticket.resolvedAt ?? last.at, ticket.assignee, cells);
  return { ticket, entries: history.entries };
}

/**
 * As they happened: the file's own order, if by the clock or by the count of changes no row goes back; otherwise by
 * the clock, and by the count within a minute. (Real logs have rows whose count is wrong, and others whose clock is.)
 */
function inOrder(rows: readonly Row[], cells: Cells, now: Instant): State[] {
  const states = rows.map((row): State => ({
    row,
    at: cells.date(row, 'updatedAt') ?? now,
    count: cells.count(row, 'changeNumber') ?? 0,
  }));
  const rising = (of: (state: State) => number) =>
    states.every((state, index) => index === 0 || of(state) >= of(states[index - 1] ?? state));
  const counted = cells.columns('changeNumber').length > 0;
  if (rising(({ at }) => at) || (counted && rising(({ count }) => count))) return states;
  return states.sort((a, b) => a.at - b.at || a.count - b.count || a.row.line - b.row.line);
}

function addHistory(history: EntryList, states: readonly State[], cells: Cells): void {
  const columns = columnsToTrack(cells);
  let before: Row | undefined;
  for (const { row, at } of states) {
    const all = columns.flatMap((column) => changeOf(before, row, column, cells));
    const changes = before === undefined ? all.filter(({ field }) => firstOnes.has(field)) : all;
    if (before === undefined || changes.length > 0) {
      const kind = changes.some(({ field }) => field === 'status') ? 'status' : 'field';
      history.add(kind, 'system', at, authorOf(row, before === undefined, cells), { changes });
    }
    history.addComments(row, before, at, cells);
    before = row;
  }
}

/** Of the first state only what the later ones start from is told. */
const firstOnes: ReadonlySet<string> = new Set(['status', 'priority', 'team', 'assignee']);

interface Tracked {
  column: number;
  field: string;
}

function columnsToTrack(cells: Cells): Tracked[] {
  return [
    ...tracked.flatMap(([field, name]) => cells.columns(field).map((column) => ({ column, field: name }))),
    ...(['asset', 'tags', 'custom'] as const).flatMap((field) =>
      cells.columns(field).map((column) => ({ column, field: cells.label(column) })),
    ),
  ];
}

function changeOf(
  before: Row | undefined,
  after: Row,
  { column, field }: Tracked,
  cells: Cells,
): FieldChange[] {
  const value = (row: Row | undefined) => {
    const text = row === undefined ? undefined : cells.at(row, column);
    if (field !== 'SLA' || text === undefined) return text;
    return isYes(text) ? 'within target' : 'breached';
  };
  const from = value(before);
  const to = value(after);
  if (from === to) return [];
  return [{ field, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
}

function authorOf(row: Row, first: boolean, cells: Cells): Person {
  const requester = first ? cells.person(row, 'requester') : undefined;
  return cells.person(row, 'changedBy') ?? requester ?? nobody;
}
