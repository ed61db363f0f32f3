import type { DateOrder, Field } from '../../backends/local/import/importer.ts';
import type { Translate } from '../translate.ts';

/** What a column can mean, as the user reads it. */
export function fieldLabels(t: Translate): Record<Field, string> {
  return {
    key: t('Key (ticket number)'),
    subject: t('Subject'),
    description: t('Description'),
    requester: t('Requester'),
    requesterEmail: t('Requester’s e-mail address'),
    assignee: t('Assignee'),
    team: t('Team'),
    status: t('Status'),
    priority: t('Priority'),
    impact: t('Impact'),
    urgency: t('Urgency'),
    kind: t('Kind (incident, request …)'),
    channel: t('Channel (phone, e-mail …)'),
    tier: t('Tier'),
    tags: t('Tags'),
    category: t('Category'),
    subcategory: t('Subcategory'),
    symptom: t('Symptom'),
    asset: t('Asset'),
    location: t('Location'),
    createdAt: t('Created at'),
    updatedAt: t('Updated at'),
    firstRespondedAt: t('First responded at'),
    resolvedAt: t('Resolved at'),
    closedAt: t('Closed at'),
    slaMet: t('SLA met (yes or no)'),
    dueAt: t('Due at'),
    reassignments: t('Number of reassignments'),
    reopenings: t('Number of reopenings'),
    resolution: t('Resolution note'),
    comment: t('Comments (internal)'),
    publicComment: t('Comments (public)'),
    changedBy: t('Changed by'),
    changeNumber: t('Number of the change'),
    custom: t('Kept as a read-only field'),
    ignore: t('Left out'),
  };
}

export function dateOrderLabels(t: Translate): Record<DateOrder, string> {
  return {
    'year-month-day': t('year-month-day, as 2026-03-31'),
    'day-month-year': t('day-month-year, as 31-03-2026'),
    'month-day-year': t('month/day/year, as 03/31/2026'),
    epoch: t('seconds or milliseconds since 1970'),
  };
}
