import type { Column } from '../abilities.ts';

export const column: Column = {
  title: 'GitHub Issues',
  abilities: {
    'Create tickets': 'yes',
    'Public reply': 'yes',
    'Internal note': 'no',
    'Log of calls and chats': 'no',
    'Status, assignee, priority': 'with the role Triage; by labels',
    Team: 'by labels',
    Tier: 'by the team',
    Tags: 'labels',
    'Custom fields': 'no',
    Watchers: 'no',
    'Ties between tickets': 'no',
    'Merge tickets': 'no',
    'Time worked': 'no',
    'Files sent along': 'no',
    'Service levels': 'no',
    'Refuses to overwrite a newer state': 'no',
    'Search on the server': 'no',
  },
};
