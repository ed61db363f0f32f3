import type { Column } from '../abilities.ts';

export const column: Column = {
  title: 'Redmine 5',
  abilities: {
    'Create tickets': 'by your rights',
    'Public reply': 'by your rights',
    'Internal note': 'by your rights, never published',
    'Log of calls and chats': 'as an internal note that says so',
    'Status, assignee, priority': 'by your rights and the workflow',
    Team: 'a project is a team',
    Tier: 'a custom field `Escalation Tier`, otherwise by the project',
    Tags: 'no',
    'Custom fields': 'by your rights; their types are told to administrators only',
    Watchers: 'by your rights',
    'Ties between tickets': 'parent, child, relates',
    'Merge tickets': 'no',
    'Time worked': 'by your rights',
    'Files sent along': 'for all who see the ticket',
    'Service levels': 'no',
    'Refuses to overwrite a newer state': 'no',
    'Search on the server': 'no',
  },
};
