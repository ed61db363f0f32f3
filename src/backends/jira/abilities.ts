import type { Column } from '../abilities.ts';

export const column: Column = {
  title: 'Jira (Cloud, Data Center)',
  abilities: {
    'Create tickets': 'by your rights',
    'Public reply': 'by your rights',
    'Internal note': 'in service desks',
    'Log of calls and chats': 'as an internal note that says so',
    'Status, assignee, priority': 'by your rights and the workflow',
    Team: 'no',
    Tier: 'no',
    Tags: 'labels',
    'Custom fields': 'text, numbers, dates, choices',
    Watchers: 'no',
    'Ties between tickets': 'by your rights: related',
    'Merge tickets': 'no',
    'Time worked': 'by your rights',
    'Files sent along': 'by your rights',
    'Service levels': 'in service desks',
    'Refuses to overwrite a newer state': 'no',
    'Search on the server': 'no',
  },
};
