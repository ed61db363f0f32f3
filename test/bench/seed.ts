import type { Entry } from '../../src/desk/entry.ts';
import type { SlaClock } from '../../src/desk/sla.ts';
import {
  channels,
  ticketKinds,
  type Person,
  type PriorityRank,
  type Status,
  type Ticket,
} from '../../src/desk/ticket.ts';
import { seedStore } from '../shared/seed.ts';
import { mine } from '../../src/desk/scope.ts';
import { packPage } from '../shared/page.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const people: readonly Person[] = ['Ada Okafor', 'Ben Lind', 'Chiara Rossi', 'Dmitri Volkov', 'Eve Park'].map(
  (name) => {
    const id = name.toLowerCase().replace(' ', '.');
    return { id, name, email: `${id}@example.org` };
  },
);
const things = [
  'printer',
  'VPN',
  'mailbox',
  'laptop',
  'shared drive',
  'payroll application',
  'phone',
  'single sign-on',
];
const troubles = [
  'is slow since Monday',
  'asks for the password again and again',
  'shows error 0x80070005',
  'can’t be found',
  'needs a new licence',
  'stopped after the update',
  'loses its connection in meetings',
];
const sentences = [
  'It began this morning after the restart, and three colleagues in the same room see it too.',
  'I have cleared the cache, signed out and in again, and tried another cable; nothing changed.',
  'The log shows a refused connection to the domain controller at 09:14, then every five minutes.',
  'Please do not call before eleven, I am with a customer until then.',
  'We replaced the profile and asked for a restart; waiting for the answer.',
  'It has to work before the month is closed on Thursday.',
];
const priorities = ['Critical', 'High', 'Normal', 'Low'] as const;
const teams = ['Helpdesk', 'Network', 'Applications', 'Field service'] as const;

/** The same tickets every time, but for the time they are of: three in ten are still somebody's work. */
export function benchTicket(number: number, accountId: string, now: number): Ticket {
  const status = statusOf(number);
  const rank = ((number % 4) + 1) as PriorityRank;
  const createdAt = now - (number % 400) * 5 * hour - (number % 7) * minute;
  return {
    accountId,
    id: String(number),
    key: `#${number}`,
    subject: `The ${of(things, number)} ${of(troubles, number * 3)}`,
    requester: of(people, number * 7),
    ...(number % 6 !== 0 && { assignee: of(people, number) }),
    team: of(teams, number),
    status,
    priority: { name: of(priorities, rank - 1), rank },
    kind: of(ticketKinds, number),
    channel: of(channels, number),
    tags: number % 3 === 0 ? ['onboarding'] : [],
    assets: number % 5 === 0 ? [`PC-${number % 900}`] : [],
    customFields: [{ id: 'site', name: 'Site', values: [`Building ${number % 12}`] }],
    createdAt,
    updatedAt: createdAt + (number % 50) * hour,
    reassignments: number % 3,
    reopenings: number % 9 === 0 ? 1 : 0,
    sla: clocksOf(number, status, now),
    revision: `${number % 50}`,
    mine: number % 5 < 2,
  };
}

function statusOf(number: number): Status {
  if (number % 10 >= 3) {
    return number % 2 === 0
      ? { name: 'resolved', category: 'resolved' }
      : { name: 'closed', category: 'closed' };
  }
  const active: Status[] = [
    { name: 'new', category: 'new' },
    { name: 'open', category: 'open' },
    { name: 'stalled', category: 'pending' },
  ];
  return of(active, number);
}

function clocksOf(number: number, { category }: Status, now: number): SlaClock[] {
  if (number % 8 === 0) return [];
  if (category === 'pending') return [{ target: 'resolution', state: 'paused', source: 'backend' }];
  const dueAt = now + ((number % 96) - 24) * hour + (number % 60) * minute;
  return category === 'new' || category === 'open'
    ? [{ target: 'resolution', state: 'running', dueAt, source: 'backend' }]
    : [{ target: 'resolution', state: 'met', dueAt, stoppedAt: dueAt - day, source: 'backend' }];
}

/** A conversation of so many entries. */
export function timelineOf(ticket: Ticket, length = 2 + (Number(ticket.id) % 4)): Entry[] {
  const number = Number(ticket.id);
  return Array.from({ length }, (_, index): Entry => {
    const fromRequester = index % 2 === 0;
    const text = [0, 1, 2].map((offset) => of(sentences, number + index + offset)).join(' ');
    return {
      id: `${number}-${index}`,
      at: ticket.createdAt + index * hour,
      author: (fromRequester ? ticket.requester : ticket.assignee) ?? of(people, 0),
      kind: index % 3 === 2 ? 'note' : 'reply',
      visibility: index % 3 === 2 ? 'internal' : 'public',
      body: { text, format: 'text' },
      changes: [],
      attachments: [],
      fromRequester,
    };
  });
}

function of<T>(list: readonly T[], index: number): T {
  const item = list[index % list.length];
  if (item === undefined) throw new RangeError('An empty list.');
  return item;
}

/** Fills the store of a VS Code that is not running with tickets as a sync brings them: a hundred a page. */
export async function seedTickets(userDataDir: string, accountId: string, count: number): Promise<void> {
  const now = Date.now();
  await seedStore(userDataDir, async (run) => {
    for (let first = 1; first <= count; first += 100) {
      const tickets = Array.from({ length: Math.min(100, count - first + 1) }, (_, index) =>
        benchTicket(first + index, accountId, now),
      );
      const timelines = tickets.map((ticket) => ({ ticketId: ticket.id, entries: timelineOf(ticket) }));
      await run('putPage', packPage({ accountId, scope: mine, tickets, timelines, cursor: String(first) }));
    }
  });
}
