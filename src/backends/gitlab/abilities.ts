import type { Column } from '../abilities.ts';

export const column: Column = {
  title: 'GitLab Issues',
  abilities: {
    'Create tickets': 'yes',
    'Public reply': 'yes',
    'Internal note': 'with the role Planner, from GitLab 15.2',
    'Log of calls and chats': 'as an internal note that says so',
    'Status, assignee, priority': 'with the role Planner; by labels',
    Team: 'by labels',
    Tier: 'by the team',
    Tags: 'labels',
    'Custom fields': 'no',
    Watchers: 'no',
    'Ties between tickets': 'no',
    'Merge tickets': 'no',
    'Time worked': 'with the role Reporter',
    'Files sent along': 'yes',
    'Service levels': 'no',
    'Refuses to overwrite a newer state': 'no',
    'Search on the server': 'no',
  },
};
