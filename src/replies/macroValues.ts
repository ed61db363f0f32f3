import type { Person, Ticket } from '../desk/ticket.ts';
import type { MacroValues } from './placeholders.ts';

/** Every placeholder that macros may have, in the order in which the manual tells of them. */
export const placeholders = [
  'requester.name',
  'requester.firstname',
  'requester.email',
  'ticket.key',
  'ticket.subject',
  'ticket.status',
  'ticket.priority',
  'ticket.team',
  'ticket.url',
  'assignee.name',
  'me.name',
  'me.firstname',
  'me.email',
  'date',
] as const;

/** What placeholders stand for in a ticket. Names come from outside: they are put on one line. */
export function macroValues(
  ticket: Pick<Ticket, 'key' | 'subject' | 'status' | 'priority' | 'team' | 'url' | 'requester' | 'assignee'>,
  about: { me: Person | undefined; date: string },
): MacroValues {
  const { requester, assignee } = ticket;
  const { me } = about;
  const values: Record<(typeof placeholders)[number], string | undefined> = {
    'requester.name': requester?.name,
    'requester.firstname': firstName(requester),
    'requester.email': requester?.email,
    'ticket.key': ticket.key,
    'ticket.subject': ticket.subject,
    'ticket.status': ticket.status.name,
    'ticket.priority': ticket.priority.name,
    'ticket.team': ticket.team,
    'ticket.url': ticket.url,
    'assignee.name': assignee?.name,
    'me.name': me?.name,
    'me.firstname': firstName(me),
    'me.email': me?.email,
    date: about.date,
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => {
      const line = value?.replace(/\s+/g, ' ').trim();
      return [name, line === '' ? undefined : line];
    }),
  );
}

/** `Carol Jones` and `Jones, Carol` are Carol; an address is nobody's first name. */
function firstName(person: Person | undefined): string | undefined {
  const name = person?.name.trim() ?? '';
  if (name === '' || name.includes('@')) return undefined;
  const [family, given] = name.split(/,\s*/, 2);
  return (given ?? family)?.split(/\s+/, 1)[0];
}
