import type { Instant } from '../ticket.ts';

/** The present moment, and the beginning of a day where the user is; months count from 1, days may overflow. */
export interface Calendar {
  now: Instant;
  startOfDay(year: number, month: number, day: number): Instant;
  /** Year, month and day of a moment. */
  dayOf(at: Instant): readonly [year: number, month: number, day: number];
}

/** Days and what follows them, as they are on this machine. */
export function localCalendar(now: Instant): Calendar {
  return {
    now,
    startOfDay: (year, month, day) => new Date(year, month - 1, day).getTime(),
    dayOf: (at) => {
      const date = new Date(at);
      return [date.getFullYear(), date.getMonth() + 1, date.getDate()];
    },
  };
}

/** The span that is meant by `2026`, `2026-03`, `2026-03-09`, `today`, `tomorrow`, `yesterday`, or by so long ago. */
export function spanOf(text: string, calendar: Calendar): { from: Instant; until: Instant } | undefined {
  const [year, month, day] = calendar.dayOf(calendar.now);
  const days = (from: number, to: number) => ({
    from: calendar.startOfDay(year, month, day + from),
    until: calendar.startOfDay(year, month, day + to),
  });
  switch (text.toLowerCase()) {
    case 'today':
      return days(0, 1);
    case 'yesterday':
      return days(-1, 0);
    case 'tomorrow':
      return days(1, 2);
  }
  return ago(text, calendar) ?? written(text, calendar);
}

const units: Record<string, readonly [years: number, months: number, days: number]> = {
  d: [0, 0, 1],
  w: [0, 0, 7],
  m: [0, 1, 0],
  y: [1, 0, 0],
};

function ago(text: string, calendar: Calendar): { from: Instant; until: Instant } | undefined {
  const match = /^(\d{1,4})([dwmy])$/i.exec(text);
  const unit = units[match?.[2]?.toLowerCase() ?? ''];
  if (!match || !unit) return undefined;
  const count = Number(match[1]);
  const [year, month, day] = calendar.dayOf(calendar.now);
  const [then, inMonth] = [year - count * unit[0], month - count * unit[1]];
  const [, , lastDay] = calendar.dayOf(calendar.startOfDay(then, inMonth + 1, 0));
  const at = (more: number) =>
    calendar.startOfDay(then, inMonth, Math.min(day, lastDay) - count * unit[2] + more);
  return { from: at(0), until: at(1) };
}

function written(text: string, calendar: Calendar): { from: Instant; until: Instant } | undefined {
  const match = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/.exec(text);
  if (!match) return undefined;
  const [year, month, day] = match.slice(1).map((part: string | undefined) => part && Number(part));
  if (!year) return undefined;
  if (!month) return { from: calendar.startOfDay(year, 1, 1), until: calendar.startOfDay(year + 1, 1, 1) };
  if (month > 12) return undefined;
  if (!day) {
    return { from: calendar.startOfDay(year, month, 1), until: calendar.startOfDay(year, month + 1, 1) };
  }
  const from = calendar.startOfDay(year, month, day);
  return calendar.dayOf(from)[2] === day
    ? { from, until: calendar.startOfDay(year, month, day + 1) }
    : undefined;
}
