import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { dateOrders, guessOrder, possibleOrders, type DateOrder } from './dates.ts';
import { dateFields, fields, guessFields, repeatable, type Field } from './fields.ts';
import type { Row, Table } from './table.ts';
import { isAbsent } from './words.ts';

const schema = v.object({
  /** What each column means, in the order of the columns. */
  fields: v.array(v.picklist(fields)),
  /** How the dates of a column are written; for columns that are dates. */
  orders: v.array(v.nullable(v.picklist(dateOrders))),
  /** In which zone times without one are meant (IANA). */
  zone: v.string(),
  /** Many rows are one ticket: each row is a state the ticket was in. */
  log: v.boolean(),
});

/** How the columns of a file become tickets: guessed, shown to the user, changed by them and remembered. */
export type Mapping = v.InferOutput<typeof schema>;

export function guessMapping(table: Pick<Table, 'columns' | 'sample'>, zone: string): Mapping {
  const guessed = withOrders(table, { fields: guessFields(table.columns), orders: [], zone, log: false });
  return { ...guessed, log: looksLikeLog(table.sample, guessed) };
}

/** The mapping with one column meaning something else; a field that only one column can mean is taken from the other. */
export function withField(table: Table, mapping: Mapping, column: number, field: Field): Mapping {
  const changed = mapping.fields.map((old, index): Field => {
    if (index === column) return field;
    return old === field && !repeatable.has(field) ? 'custom' : old;
  });
  return withOrders(table, { ...mapping, fields: changed });
}

/** A remembered mapping, if it is one for this table. */
export function readMapping(stored: unknown, table: Pick<Table, 'columns'>): Mapping | undefined {
  const parsed = v.safeParse(schema, stored);
  return parsed.success && parsed.output.fields.length === table.columns.length ? parsed.output : undefined;
}

/** The same for every file with the same columns: what a mapping is remembered by. */
export function headerSignature(table: Pick<Table, 'columns'>): string {
  return createHash('sha256').update(table.columns.join('\n')).digest('hex').slice(0, 16);
}

/** Why no ticket could be made under this mapping: one sentence, or nothing. */
export function mappingProblem(mapping: Mapping): string | undefined {
  const has = (field: Field) => mapping.fields.includes(field);
  if (mapping.log && !has('key')) {
    return 'For a log, say which column is the ticket number: its rows are put together by it.';
  }
  if (mapping.log && !has('updatedAt')) {
    return 'For a log, say which column is the time of the change ("Updated at").';
  }
  const telling: readonly Field[] = ['subject', 'description', 'category', 'subcategory', 'symptom'];
  if (!telling.some(has)) {
    return 'No column says what a ticket is about: choose the one that is its subject or its description.';
  }
  return undefined;
}

/** A value or two of each column, to recognise it by. */
export function examples(table: Pick<Table, 'columns' | 'sample'>, column: number): string[] {
  const found = new Set<string>();
  for (const row of table.sample) {
    const cell = (row.cells[column] ?? '').trim();
    if (!isAbsent(cell)) found.add(cell.replace(/\s+/g, ' ').slice(0, 60));
    if (found.size === 2) break;
  }
  return [...found];
}

function withOrders(table: Pick<Table, 'columns' | 'sample'>, mapping: Mapping): Mapping {
  const samples = table.columns.map((_, column) =>
    dateFields.has(mapping.fields[column] ?? 'ignore') ? valuesOf(table.sample, column) : [],
  );
  const settled = samples.map(possibleOrders).find((orders) => orders.length === 1)?.[0];
  const orders = samples.map((values, column): DateOrder | null => {
    if (!dateFields.has(mapping.fields[column] ?? 'ignore')) return null;
    return mapping.orders[column] ?? guessOrder(values, settled);
  });
  return { ...mapping, orders };
}

function valuesOf(rows: readonly Row[], column: number): string[] {
  return rows
    .map((row) => (row.cells[column] ?? '').trim())
    .filter((cell) => !isAbsent(cell))
    .slice(0, 60);
}

/** The same keys come again and again, and a time or a number says which row came after which. */
function looksLikeLog(rows: readonly Row[], mapping: Mapping): boolean {
  const key = mapping.fields.indexOf('key');
  const ordered = mapping.fields.includes('updatedAt') || mapping.fields.includes('changeNumber');
  if (key < 0 || !ordered || rows.length < 2) return false;
  const keys = new Set(rows.map((row) => row.cells[key]));
  return keys.size <= rows.length * 0.7;
}
