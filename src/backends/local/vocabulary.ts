import type { Vocabulary } from '../backend.ts';
import type { Person, Priority, Status, StatusCategory, Ticket } from '../../desk/ticket.ts';
import type { LocalDeskReads } from './port.ts';
import type { LocalDeskSettings } from './settings.ts';
import { statusCategory } from './import/words.ts';

export const statuses: readonly Status[] = [
  { name: 'New', category: 'new' },
  { name: 'Open', category: 'open' },
  { name: 'Pending', category: 'pending' },
  { name: 'Resolved', category: 'resolved' },
  { name: 'Closed', category: 'closed' },
];

export const priorities: readonly Priority[] = [
  { name: 'Critical', rank: 1 },
  { name: 'High', rank: 2 },
  { name: 'Medium', rank: 3 },
  { name: 'Low', rank: 4 },
];

/** What may be set: the desk's own words, and those an imported ticket came with. */
export function localVocabulary(
  settings: Pick<LocalDeskSettings, 'teams' | 'fields'>,
  usedTeams: readonly string[],
  ticket: Ticket | undefined,
): Vocabulary {
  const configured = new Set(settings.teams.map((team) => team.name));
  return {
    statuses: withOwn(statuses, ticket?.status),
    priorities: withOwn(priorities, ticket?.priority),
    teams: [
      ...settings.teams,
      ...usedTeams.filter((team) => !configured.has(team)).map((team) => ({ name: team })),
    ],
    customFields: settings.fields,
  };
}

function withOwn<T extends { name: string }>(known: readonly T[], own: T | undefined): T[] {
  return own === undefined || known.some((one) => one.name === own.name) ? [...known] : [own, ...known];
}

/** Everybody known here, by id. What the settings say of a person counts. */
export function localPeople(
  settings: LocalDeskSettings,
  reader: Pick<LocalDeskReads, 'localPeople'>,
): Map<string, Person> {
  const everybody = [...reader.localPeople(), ...settings.people, settings.user];
  return new Map(everybody.map((person) => [person.id, person]));
}

/** What a status in a ticket's history meant. */
export function categoryOf(status: string, ticket: Ticket): StatusCategory {
  const own = [...statuses, ticket.status].find(({ name }) => name === status);
  return own?.category ?? statusCategory(status) ?? 'open';
}
