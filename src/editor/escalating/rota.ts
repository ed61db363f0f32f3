import ICAL from 'ical.js';
import * as v from 'valibot';
import { parseDocument } from 'yaml';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Instant } from '../../desk/ticket.ts';

/** A rule that repeats is followed up to so many times: a change every day for thirty years. */
const mostOccurrences = 11_000;
const day = 86_400_000;

/** Who is on call at a moment, by the names a rota gives them: a calendar (`.ics`) or a list (`.yaml`). */
export function onCallAt(fileName: string, text: string, now: Instant): Result<string[]> {
  try {
    return /\.ics$/i.test(fileName) ? ok(inCalendar(text, now)) : inList(text, now);
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function inCalendar(text: string, now: Instant): string[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
  const events = calendar.getAllSubcomponents('vevent').map((component) => new ICAL.Event(component));
  const moved = events.filter((event) => event.isRecurrenceException());
  const series = events.filter((event) => !event.isRecurrenceException());
  for (const one of series) {
    for (const exception of moved) if (exception.uid === one.uid) one.relateException(exception);
  }
  return distinct(series.flatMap((event) => peopleThen(event, now)));
}

/** The library does not say what it gives. */
const occurrence = v.object({
  startDate: v.instance(ICAL.Time),
  endDate: v.instance(ICAL.Time),
  item: v.instance(ICAL.Event),
});

function peopleThen(event: ICAL.Event, now: Instant): string[] {
  if (!event.isRecurring()) return covers(event, now) ? [personOf(event)] : [];
  const iterator = event.iterator();
  for (let count = 0; count < mostOccurrences; count++) {
    const next = iterator.next() as ICAL.Time | undefined;
    if (!next) return [];
    const { startDate, endDate, item } = v.parse(occurrence, event.getOccurrenceDetails(next));
    if (covers({ startDate, endDate }, now)) return [personOf(item)];
    if (next.toJSDate().getTime() > now) return [];
  }
  return [];
}

function covers({ startDate, endDate }: Pick<ICAL.Event, 'startDate' | 'endDate'>, now: Instant): boolean {
  return startDate.toJSDate().getTime() <= now && now < endDate.toJSDate().getTime();
}

/** The attendee; otherwise what the event is called: `Bob on call`, `On call: Bob`. */
function personOf(event: ICAL.Event): string {
  const [attendee] = event.attendees;
  const name = attendee?.getFirstParameter('cn') || attendee?.getFirstValue()?.toString();
  return (name ?? event.summary)
    .replace(/^mailto:/i, '')
    .replace(/^on[- ]?call\s*[:\-–]\s*|\s*\(?on[- ]?call\)?\s*$/gi, '')
    .trim();
}

const time = v.pipe(
  v.string(),
  v.transform((text) => Date.parse(text.trim().replace(' ', 'T'))),
  v.check((at) => !Number.isNaN(at), 'is not a time like 2026-11-23T08:00'),
);
const person = v.pipe(v.string(), v.trim(), v.minLength(1));
const rotaSchema = v.strictObject({
  shifts: v.optional(v.array(v.strictObject({ from: time, to: time, person }))),
  rotation: v.optional(
    v.strictObject({
      start: time,
      days: v.pipe(v.string(), v.transform(Number), v.minValue(1 / 24)),
      people: v.pipe(v.array(person), v.minLength(1)),
    }),
  ),
});

/** Shifts that are named come before the turns of a rotation: they are who stands in. */
function inList(text: string, now: Instant): Result<string[]> {
  const document = parseDocument(text, { schema: 'failsafe' });
  const [error] = document.errors;
  if (error) return unreadable(error.message.split('\n')[0] ?? '');
  const read = v.safeParse(rotaSchema, document.toJS());
  if (!read.success) {
    const [issue] = read.issues;
    return unreadable(`${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`);
  }
  const { shifts = [], rotation } = read.output;
  const named = shifts.filter(({ from, to }) => from <= now && now < to).map((shift) => shift.person);
  if (named.length > 0 || !rotation || now < rotation.start) return ok(distinct(named));
  const turn = Math.floor((now - rotation.start) / (rotation.days * day));
  return ok([rotation.people[turn % rotation.people.length] ?? '']);
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].filter((name) => name !== '');
}

function unreadable(why: string): Result<never> {
  return fail({ reason: 'rejected', message: why });
}
