import type { Capabilities } from '../desk/capabilities.ts';

/** What a kind of backend can do at best, in a few words; `no` where it can't at all. Shown in the README. */
export type Abilities = Record<Ability, string>;

/** The rows of the table of capabilities, with the capabilities each is about. */
export const abilityRows = {
  'Create tickets': ['createTicket'],
  'Public reply': ['publicReply'],
  'Internal note': ['internalNote'],
  'Log of calls and chats': ['interactionLog'],
  'Status, assignee, priority': ['setStatus', 'assign', 'setPriority'],
  Team: ['setTeam'],
  Tier: ['setTier'],
  Tags: ['setTags'],
  'Custom fields': ['setCustomFields'],
  Watchers: ['watchers'],
  'Ties between tickets': ['relate'],
  'Merge tickets': ['merge'],
  'Time worked': ['logTime'],
  'Files sent along': ['attach'],
  'Service levels': ['sla'],
  'Refuses to overwrite a newer state': ['optimisticConcurrency'],
  'Search on the server': ['serverSearch'],
} as const satisfies Record<string, readonly (keyof Capabilities)[]>;

export type Ability = keyof typeof abilityRows;

/** The column of one kind. */
export interface Column {
  title: string;
  abilities: Abilities;
}

/** The table of capabilities, as Markdown. */
export function abilityTable(columns: readonly Column[]): string {
  const names = Object.keys(abilityRows) as Ability[];
  const rows = [
    ['', ...columns.map(({ title }) => title)],
    ['---', ...columns.map(() => '---')],
    ...names.map((name) => [name, ...columns.map(({ abilities }) => abilities[name])]),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
