import assert from 'node:assert/strict';
import { onCallAt } from '../../../src/editor/escalating/rota.ts';

const at = (text: string) => Date.parse(text);
const people = (file: string, text: string, when: string) => {
  const found = onCallAt(file, text, at(when));
  assert.ok(found.ok, found.ok ? '' : found.error.message);
  return found.value;
};
const problem = (text: string) => {
  const found = onCallAt('rota.yaml', text, 0);
  assert.ok(!found.ok);
  return found.error.message;
};

const calendar = (...events: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...events, 'END:VCALENDAR'].join('\r\n');
const event = (...lines: string[]) => ['BEGIN:VEVENT', ...lines, 'END:VEVENT'].join('\r\n');

describe('who is on call', () => {
  it('is the attendee of the event that goes on, or who it is called after', () => {
    const text = calendar(
      event('UID:1', 'SUMMARY:On call: Bob Tier2', 'DTSTART:20261123T080000Z', 'DTEND:20261130T080000Z'),
      event(
        'UID:2',
        'SUMMARY:Network',
        'ATTENDEE;CN=Lena Lead:mailto:lead@example.test',
        'DTSTART:20261130T080000Z',
        'DTEND:20261207T080000Z',
      ),
      event(
        'UID:3',
        'SUMMARY:Eve (on call)',
        'ATTENDEE:mailto:eve@example.test',
        'DTSTART:20261207T080000Z',
        'DURATION:P7D',
      ),
    );
    assert.deepEqual(people('a.ics', text, '2026-11-23T07:59Z'), []);
    assert.deepEqual(people('a.ics', text, '2026-11-26T12:00Z'), ['Bob Tier2']);
    assert.deepEqual(people('a.ics', text, '2026-11-30T08:00Z'), ['Lena Lead']);
    assert.deepEqual(people('a.ics', text, '2026-12-08T00:00Z'), ['eve@example.test']);
  });

  it('follows repetition, in the calendar’s own zone, with who stands in', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Somewhere',
      'BEGIN:STANDARD',
      'DTSTART:20200101T000000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0200',
      'END:STANDARD',
      'END:VTIMEZONE',
    ].join('\r\n');
    const text = calendar(
      zone,
      event(
        'UID:w',
        'SUMMARY:bob on call',
        'DTSTART;TZID=Somewhere:20260105T080000',
        'DTEND;TZID=Somewhere:20260112T080000',
        'RRULE:FREQ=WEEKLY;INTERVAL=2',
      ),
      event(
        'UID:w',
        'RECURRENCE-ID;TZID=Somewhere:20260202T080000',
        'SUMMARY:lead on call',
        'DTSTART;TZID=Somewhere:20260202T080000',
        'DTEND;TZID=Somewhere:20260209T080000',
      ),
    );
    assert.deepEqual(people('r.ICS', text, '2026-01-19T06:00Z'), ['bob'], 'eight o’clock there');
    assert.deepEqual(people('r.ICS', text, '2026-01-19T05:59Z'), []);
    assert.deepEqual(people('r.ICS', text, '2026-02-03T00:00Z'), ['lead']);
    assert.deepEqual(people('r.ICS', text, '2026-02-17T00:00Z'), ['bob']);
  });

  it('is whose turn it is in a list, unless somebody stands in', () => {
    const text = `
rotation: { start: 2026-11-02T08:00Z, days: 7, people: [bob, lead, eve] }
shifts:
  - { from: 2026-11-10 00:00Z, to: 2026-11-11 00:00Z, person: mallory }
`;
    assert.deepEqual(people('r.yaml', text, '2026-11-02T07:59Z'), []);
    assert.deepEqual(people('r.yaml', text, '2026-11-02T08:00Z'), ['bob']);
    assert.deepEqual(people('r.yaml', text, '2026-11-10T12:00Z'), ['mallory']);
    assert.deepEqual(people('r.yaml', text, '2026-11-16T08:00Z'), ['eve']);
    assert.deepEqual(people('r.yaml', text, '2026-11-23T08:00Z'), ['bob']);
  });

  it('says what in a file is wrong', () => {
    assert.match(problem('shifts: [{ from: tomorrow, to: 2026-11-11, person: x }]'), /shifts\.0\.from.*time/);
    assert.match(problem('rotation: [a'), /./);
    assert.match(problem('who: bob'), /who/);
    assert.ok(!onCallAt('x.ics', 'not a calendar', 0).ok);
  });
});
