import type { Column } from '../abilities.ts';

export const column: Column = {
  title: 'Request Tracker 5',
  abilities: {
    'Create tickets': 'by your rights',
    'Public reply': 'by your rights',
    'Internal note': 'by your rights',
    'Log of calls and chats': 'as an internal note that says so',
    'Status, assignee, priority': 'by your rights',
    Team: 'a queue is a team',
    Tier: 'a custom field `Escalation Tier`, otherwise by the queue',
    Tags: 'no',
    'Custom fields': 'by type and your rights',
    Watchers: 'administrative and other copies',
    'Ties between tickets': 'parent, child, refers to',
    'Merge tickets': 'by your rights',
    'Time worked': 'by your rights',
    'Files sent along': 'by your rights',
    'Service levels': 'where a queue has them',
    'Refuses to overwrite a newer state': 'yes',
    'Search on the server': 'no',
  },
};
