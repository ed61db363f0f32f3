import type { Instant } from '../../desk/ticket.ts';
import { currentLanguage, t } from './l10n.ts';

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const weekday = { weekday: 'long', day: 'numeric', month: 'long' } as const;
/** Dates name the month, so that no order of numbers can mislead. */
const shapes = {
  dateAndTime: { dateStyle: 'medium', timeStyle: 'short' },
  time: { timeStyle: 'short' },
  date: { dateStyle: 'medium' },
  weekday,
  weekdayAndYear: { ...weekday, year: 'numeric' },
} satisfies Record<string, Intl.DateTimeFormatOptions>;

const made = new Map<string, unknown>();

/** Each is made when it is first needed: that takes milliseconds, and a panel is waited for. */
function once<F>(name: string, make: (language: string) => F): F {
  const language = currentLanguage();
  const key = `${language} ${name}`;
  if (!made.has(key)) made.set(key, make(language));
  return made.get(key) as F;
}

function written(at: Instant, shape: keyof typeof shapes): string {
  return once(shape, (language) => new Intl.DateTimeFormat(language, shapes[shape])).format(at);
}

export function dateTime(at: Instant): string {
  return written(at, 'dateAndTime');
}

export function timeOfDay(at: Instant): string {
  return written(at, 'time');
}

function startOfDay(at: Instant): Instant {
  return new Date(at).setHours(0, 0, 0, 0);
}

export function sameDay(a: Instant, b: Instant): boolean {
  return startOfDay(a) === startOfDay(b);
}

/** "Today", "Yesterday", "Tuesday 4 March", "Tuesday 4 March 2024". */
export function dayName(at: Instant, now: Instant): string {
  if (sameDay(at, now)) return t('Today');
  if (sameDay(at, startOfDay(now) - 1)) return t('Yesterday');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return written(at, sameYear ? 'weekday' : 'weekdayAndYear');
}

const relative = (language: string) =>
  new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });

/** "just now", "12 min ago", "3 hr ago", "2 days ago", then the date. */
export function since(at: Instant, now: Instant): string {
  const elapsed = now - at;
  const ago = (unit: 'minute' | 'hour' | 'day', length: number): string =>
    once('since', relative).format(-Math.floor(elapsed / length), unit);
  if (elapsed < minute) return t('just now');
  if (elapsed < hour) return ago('minute', minute);
  if (elapsed < day) return ago('hour', hour);
  if (elapsed < 7 * day) return ago('day', day);
  return written(at, 'date');
}

/** A length of time in at most two units; seconds only in the last ten minutes. */
export function duration(length: number): string {
  if (length < 10 * minute) {
    const seconds = Math.floor((length % minute) / second);
    return t('{0} min', `${Math.floor(length / minute)}:${String(seconds).padStart(2, '0')}`);
  }
  if (length < hour) return t('{0} min', Math.floor(length / minute));
  if (length < day)
    return t('{0} h {1} min', Math.floor(length / hour), Math.floor((length % hour) / minute));
  return t('{0} d {1} h', Math.floor(length / day), Math.floor((length % day) / hour));
}

/** How long the {@link duration} of what is `left` (negative: overdue) stays what it is while time passes. */
export function untilNextTick(left: number): number {
  const step = Math.abs(left) < 10 * minute ? second : minute;
  return (left > 0 ? left % step : step - (-left % step)) + 1;
}

export function byteSize(bytes: number): string {
  if (bytes < 1_000) return t('{0} B', bytes);
  if (bytes < 1_000_000) return t('{0} kB', Math.round(bytes / 1_000));
  return t('{0} MB', (bytes / 1_000_000).toFixed(1));
}
