import type { Instant } from '../../desk/ticket.ts';

type Headers = Readonly<Record<string, string>>;

const longestReset = 3_600_000;
/** Seconds since 1970 are above it, seconds to wait below. */
const oldestEpoch = 1_000_000_000;
const dialects = ['ratelimit', 'x-ratelimit', 'x-rate-limit'];

/** 429 says so; some say 403 and mean it, which the headers tell from a missing right. */
export function isRateLimited(status: number, headers: Headers): boolean {
  return status === 429 || (status === 403 && (headers['retry-after'] !== undefined || isExhausted(headers)));
}

/** Until when a server that refused wants to be left alone, by our clock, however far its own is off. */
export function resetOf(headers: Headers, now: Instant): Instant | undefined {
  const after = headers['retry-after'];
  const wait = after === undefined ? undefined : waitOf(after, headers, now);
  return wait === undefined ? windowEnd(headers, now) : now + wait;
}

/** The same, said in advance: this answer was the last of its window. */
export function exhaustedUntil(headers: Headers, now: Instant): Instant | undefined {
  return isExhausted(headers) ? windowEnd(headers, now) : undefined;
}

/** Is nothing left of what may be asked for now? */
function isExhausted(headers: Headers): boolean {
  return dialects.some((dialect) => /^\s*0+\s*$/.test(headers[`${dialect}-remaining`] ?? ''));
}

function windowEnd(headers: Headers, now: Instant): Instant | undefined {
  for (const dialect of dialects) {
    const reset = headers[`${dialect}-reset`];
    const wait = reset === undefined ? undefined : waitOf(reset, headers, now);
    if (wait !== undefined) return now + wait;
  }
  return undefined;
}

/** Milliseconds to wait: servers give seconds to go, seconds since 1970, or a date, the last two by their own clock. */
function waitOf(text: string, headers: Headers, now: Instant): number | undefined {
  const number = /^\s*(\d+)(\.\d+)?\s*$/.exec(text)?.[1];
  if (number !== undefined && Number(number) < oldestEpoch) return within(Number(number) * 1000);
  const until = number === undefined ? Date.parse(text) : Number(number) * 1000;
  if (Number.isNaN(until)) return undefined;
  const theirNow = Date.parse(headers.date ?? '');
  return within(until - (Number.isNaN(theirNow) ? now : theirNow));
}

function within(wait: number): number {
  return Math.min(longestReset, Math.max(0, wait));
}
