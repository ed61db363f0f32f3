import type { Entry } from '../../desk/entry.ts';
import type { Instant } from '../../desk/ticket.ts';
import { sameDay } from './format.ts';

/** What takes one place in the timeline: an entry, or several small ones folded into one. */
export interface TimelineItem {
  /** Stays the same while entries are added to a fold. */
  key: string;
  entries: readonly [Entry, ...Entry[]];
  folded: boolean;
}

export interface TimelineDay {
  at: Instant;
  items: TimelineItem[];
}

/** Fewer changes in a row than this are shown one by one. */
const foldFrom = 3;

/** Days, oldest first; what the backend recorded itself is folded where there is much of it, but never what is new. */
export function timelineDays(entries: readonly Entry[], firstNew: string | undefined): TimelineDay[] {
  const days: TimelineDay[] = [];
  for (const entry of entries) {
    const day = days.at(-1);
    const item: TimelineItem = { key: entry.id, entries: [entry], folded: false };
    if (day === undefined || !sameDay(day.at, entry.at)) days.push({ at: entry.at, items: [item] });
    else day.items.push(item);
  }
  for (const day of days) day.items = folded(day.items, firstNew);
  return days;
}

function folded(items: readonly TimelineItem[], firstNew: string | undefined): TimelineItem[] {
  const result: TimelineItem[] = [];
  let run: TimelineItem[] = [];
  const flush = (): void => {
    const [first, ...rest] = run;
    if (first === undefined || run.length < foldFrom) result.push(...run);
    else {
      result.push({
        key: `fold:${first.key}`,
        entries: [first.entries[0], ...rest.map(({ entries: [entry] }) => entry)],
        folded: true,
      });
    }
    run = [];
  };
  for (const item of items) {
    const [entry] = item.entries;
    const small = entry.visibility === 'system' && entry.body === undefined && entry.attachments.length === 0;
    if (!small || entry.id === firstNew) flush();
    if (small) run.push(item);
    else result.push(item);
  }
  flush();
  return result;
}
