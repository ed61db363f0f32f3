import type { Instant } from './ticket.ts';

/** The day at this moment where the user is: `2026-11-28`. */
export function localDay(at: Instant): string {
  const date = new Date(at);
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${twoDigits(date.getMonth() + 1)}-${twoDigits(date.getDate())}`;
}
