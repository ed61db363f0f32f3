import type { Instant } from '../desk/ticket.ts';

const units: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];
const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });

/** Times as seen from `now`: `2 hours ago`. */
export function readerTime(now: Instant): (at: Instant) => string {
  return (at) => {
    for (const [unit, length] of units) {
      const count = Math.round((at - now) / length);
      if (count !== 0) return format.format(count, unit);
    }
    return 'just now';
  };
}
