import type { Instant } from '../../desk/ticket.ts';

/** The panel speaks English; dates name the month so that no order of numbers can mislead. */
const locale = 'en-GB';
const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

const dateAndTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const justTime = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
const justDate = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' });
const weekdayAndYear = new Intl.DateTimeFormat(locale, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const sinceFormat = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });

export function dateTime(at: Instant): string {
  return dateAndTime.format(at);
}

export function timeOfDay(at: Instant): string {
  return justTime.format(at);
}

function startOfDay(at: Instant): Instant {
  return new Date(at).setHours(0, 0, 0, 0);
}

export function sameDay(a: Instant, b: Instant): boolean {
  return startOfDay(a) === startOfDay(b);
}

/** "Today", "Yesterday", "Tuesday 4 March", "Tuesday 4 March 2024". */
export function dayName(at: Instant, now: Instant): string {
  if (sameDay(at, now)) return 'Today';
  if (sameDay(at, startOfDay(now) - 1)) return 'Yesterday';
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return (sameYear ? weekday : weekdayAndYear).format(at);
}

/** "just now", "12 min ago", "3 hr ago", "2 days ago", then the date. */
export function since(at: Instant, now: Instant): string {
  const elapsed = now - at;
  if (elapsed < minute) return 'just now';
  if (elapsed < hour) return sinceFormat.format(-Math.floor(elapsed / minute), 'minute');
  if (elapsed < day) return sinceFormat.format(-Math.floor(elapsed / hour), 'hour');
  if (elapsed < 7 * day) return sinceFormat.format(-Math.floor(elapsed / day), 'day');
  return justDate.format(at);
}

/** A length of time in at most two units; seconds only in the last ten minutes. */
export function duration(length: number): string {
  if (length < 10 * minute) {
    const seconds = Math.floor((length % minute) / second);
    return `${Math.floor(length / minute)}:${String(seconds).padStart(2, '0')} min`;
  }
  if (length < hour) return `${Math.floor(length / minute)} min`;
  if (length < day) return `${Math.floor(length / hour)} h ${Math.floor((length % hour) / minute)} min`;
  return `${Math.floor(length / day)} d ${Math.floor((length % day) / hour)} h`;
}

/** How long the {@link duration} of what is `left` (negative: overdue) stays what it is while time passes. */
export function untilNextTick(left: number): number {
  const step = Math.abs(left) < 10 * minute ? second : minute;
  return (left > 0 ? left % step : step - (-left % step)) + 1;
}

export function byteSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1_000)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
