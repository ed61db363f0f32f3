import type { Column } from '../abilities.ts';

export const column: Column = {
  title: 'Local desk',
  abilities: {
    'Create tickets': 'yes',
    'Public reply': 'yes',
    'Internal note': 'yes',
    'Log of calls and chats': 'yes',
    'Status, assignee, priority': 'yes',
    Team: 'yes',
    Tier: 'yes',
    Tags: 'yes',
    'Custom fields': 'that the settings define',
    Watchers: 'yes',
    'Ties between tickets': 'yes',
    'Merge tickets': 'yes',
    'Time worked': 'yes',
    'Files sent along': 'yes',
    'Service levels': 'yes',
    'Refuses to overwrite a newer state': 'yes',
    'Search on the server': 'no',
  },
};
