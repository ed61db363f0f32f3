import { DateTime } from 'luxon';
import type { Instant } from '../../../desk/ticket.ts';

/** In which order a column writes day, month and year; `epoch` counts seconds or milliseconds since 1970. */
export const dateOrders = ['year-month-day', 'day-month-year', 'month-day-year', 'epoch'] as const;
export type DateOrder = (typeof dateOrders)[number];

const pattern =
  /^(\d{1,4}|[a-z]{3,9})[-/.\s]+(\d{1,2}|[a-z]{3,9})[-/.,\s]+(\d{2,4})(?:[\s,T]+(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;
const yearFirst =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[\sT]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?m?\.?)?\s*(z|utc|gmt|[+-]\d{2}:?\d{2})?$/i;
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** Reads the dates of one file; the same text is parsed once. */
export class DateReader {
  readonly #zone: string;
  readonly #known = new Map<string, Instant | undefined>();

  constructor(zone: string) {
    this.#zone = zone;
  }

  /** `undefined`: there is no such date. */
  read(text: string, order: DateOrder): Instant | undefined {
    const key = `${order} ${text}`;
    if (this.#known.has(key)) return this.#known.get(key);
    if (this.#known.size > 20_000) this.#known.clear();
    const instant = parseDate(text, order, this.#zone);
    this.#known.set(key, instant);
    return instant;
  }
}

/** The moment a text means, if the date exists: `31-02-2024` does not. */
export function parseDate(text: string, order: DateOrder, zone: string): Instant | undefined {
  if (order === 'epoch') return epoch(text);
  const parts = (order === 'year-month-day' ? yearFirst : pattern).exec(text.trim());
  if (parts === null) return undefined;
  const [, first = '', second = '', third = '', hour, minute, secondOfMinute, half, offset] = parts;
  const written = isName(second) ? 'day-month-year' : isName(first) ? 'month-day-year' : order;
  const [year, month, day] =
    written === 'year-month-day'
      ? [first, second, third]
      : written === 'day-month-year'
        ? [third, second, first]
        : [third, first, second];
  const date = { year: fullYear(year), month: monthNumber(month), day: Number(day) };
  if (Object.values(date).some((part) => !Number.isInteger(part))) return undefined;
  const moment = DateTime.fromObject(
    {
      ...date,
      hour: hourOfDay(Number(hour ?? 0), half?.toLowerCase()),
      minute: Number(minute ?? 0),
      second: Number(secondOfMinute ?? 0),
    },
    { zone: offset === undefined ? zone : zoneOf(offset) },
  );
  return moment.isValid && moment.year >= 1980 && moment.year <= 2100 ? moment.toMillis() : undefined;
}

/**
 * The order in which a column's dates are written. Where days and months could be either way round, `settled` (what
 * the file's other columns say) decides, then the separator: slashes are read the American way.
 */
export function guessOrder(samples: readonly string[], settled?: DateOrder): DateOrder {
  const fitting = possibleOrders(samples);
  if (settled !== undefined && fitting.includes(settled)) return settled;
  if (fitting.includes('day-month-year') && fitting.includes('month-day-year')) {
    return samples.some((text) => text.includes('/')) ? 'month-day-year' : 'day-month-year';
  }
  return fitting[0] ?? 'year-month-day';
}

/** The orders in which (nearly) all of the samples are dates. */
export function possibleOrders(samples: readonly string[]): DateOrder[] {
  if (samples.length === 0) return [];
  const hits = dateOrders.map((order) => ({
    order,
    count: samples.filter((text) => parseDate(text, order, 'utc') !== undefined).length,
  }));
  const most = Math.max(...hits.map(({ count }) => count));
  return most < samples.length / 2
    ? []
    : hits.filter(({ count }) => count === most).map(({ order }) => order);
}

function epoch(text: string): Instant | undefined {
  if (!/^\d{9,10}(\.\d+)?$|^\d{12,13}$/.test(text.trim())) return undefined;
  const value = Number(text);
  return value < 1e11 ? Math.round(value * 1000) : value;
}

function fullYear(text: string): number {
  const year = Number(text);
  return text.length === 2 ? (year < 80 ? 2000 + year : 1900 + year) : year;
}

function monthNumber(text: string): number {
  const named = months.indexOf(text.slice(0, 3).toLowerCase());
  return named >= 0 ? named + 1 : Number(text);
}

function hourOfDay(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}

function isName(text: string): boolean {
  return /^[a-z]/i.test(text);
}

function zoneOf(offset: string): string {
  return /^[+-]/.test(offset) ? `UTC${offset.slice(0, 3)}:${offset.slice(-2)}` : 'utc';
}
