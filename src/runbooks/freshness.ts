import { isDate } from './fields.ts';
import { valueOf, type FrontMatter } from './frontMatter.ts';
import type { Range } from './textChange.ts';

const dayLength = 86_400_000;
const units: Record<string, number> = { d: 1, w: 7, m: 30.44, y: 365.25 };

/** Since when a document is to be tested again, and the field that says so. `undefined` while it is fresh. */
export function staleSince(
  frontMatter: FrontMatter | undefined,
  now: number,
): { days: number; range: Range } | undefined {
  if (valueOf(frontMatter, 'confidence') === 'archived') return undefined;
  for (const [field, due] of dueDates(frontMatter)) {
    const range = frontMatter?.fields.get(field)?.range;
    if (due === undefined || range === undefined) continue;
    const days = Math.floor((now - due) / dayLength);
    return days > 0 ? { days, range } : undefined;
  }
  return undefined;
}

/** `stale_after` is the last day it is fresh; otherwise `review_cycle` counts from `tested_at`. */
function dueDates(frontMatter: FrontMatter | undefined): [string, number | undefined][] {
  const tested = dayOf(valueOf(frontMatter, 'tested_at'));
  const cycle = cycleOf(valueOf(frontMatter, 'review_cycle'));
  return [
    ['stale_after', dayOf(valueOf(frontMatter, 'stale_after'))],
    ['tested_at', tested === undefined || cycle === undefined ? undefined : tested + cycle * dayLength],
  ];
}

function dayOf(text: string | undefined): number | undefined {
  return text === undefined || !isDate(text) ? undefined : Date.parse(text.slice(0, 10));
}

const names: Record<string, number> = {
  weekly: 7,
  monthly: 31,
  quarterly: 92,
  'half-yearly': 183,
  yearly: 366,
  annually: 366,
};

/** Days of a cycle such as `90 days`, `6 months`, `1y`, `P6M` or `quarterly`. */
function cycleOf(text: string | undefined): number | undefined {
  const plain = text?.trim().toLowerCase() ?? '';
  if (names[plain] !== undefined) return names[plain];
  const [, count, unit] =
    /^p?(?:every\s+)?(\d{1,4})\s*([dwmy])(?:ays?|eeks?|onths?|ears?)?$/.exec(plain) ?? [];
  const length = units[unit ?? ''];
  return count === undefined || length === undefined ? undefined : Math.round(Number(count) * length);
}
