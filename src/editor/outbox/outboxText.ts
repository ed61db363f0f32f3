import type { Intent, Operation, Step } from '../../desk/operation.ts';
import { isPublic, needsUser } from '../../desk/operation.ts';
import type { Translate } from '../translate.ts';
import type { RowIcon } from '../tickets/rowText.ts';

/** What the user did: `Public reply to RT-12`. */
export function operationTitle(operation: Operation, t: Translate): string {
  const { intent, label } = operation;
  if (intent === 'reply')
    return isPublic(operation) ? t('Public reply to {0}', label) : t('Reply to {0}', label);
  const fields = operation.steps.find((step) => step.type === 'update')?.fields;
  switch (intent) {
    case 'create':
      return t('New ticket: {0}', label);
    case 'note':
      return t('Internal note on {0}', label);
    case 'log':
      return t('Call or chat on {0}', label);
    case 'status':
      return t('{0}: status {1}', label, fields?.status ?? '');
    case 'assign':
      return fields?.assignee
        ? t('{0}: assign to {1}', label, fields.assignee)
        : t('{0}: assign to nobody', label);
    case 'priority':
      return t('{0}: priority {1}', label, fields?.priority ?? '');
    case 'team':
      return t('{0}: team {1}', label, fields?.team ?? '');
    case 'tags':
      return t('{0}: tags {1}', label, fields?.tags?.join(', ') ?? '');
    case 'time':
      return t('Time on {0}', label);
    case 'attach':
      return isPublic(operation) ? t('Public attachment to {0}', label) : t('Attachment to {0}', label);
    case 'resolve':
      return t('Resolve {0}', label);
    case 'escalate':
      return operation.steps[0]?.type === 'create'
        ? t('Escalate to a new ticket: {0}', label)
        : t('Escalate {0}', label);
    case 'link':
      return t('Document linked to {0}', label);
    case 'fields':
      return t('{0}: custom fields', label);
    case 'watch':
      return t('Watchers of {0}', label);
    case 'relate':
      return t('Tie of {0} to another ticket', label);
    case 'merge':
      return t('Merge {0} into another ticket', label);
    case 'run':
      return t('Run record on {0}', label);
  }
}

/** How it stands: `waiting · tried again at 14:05 · Request Tracker · 14:02`. */
export function operationDescription(
  operation: Operation,
  about: { accountLabel: string; time: string; again?: string },
  t: Translate,
): string {
  const part = operation.done > 0 && operation.steps.length > 1;
  return [
    stateName(operation, t),
    part ? t('{0} of {1} done', operation.done, operation.steps.length) : '',
    about.again === undefined ? '' : t('tried again at {0}', about.again),
    about.accountLabel,
    about.time,
  ]
    .filter((text) => text !== '')
    .join(' · ');
}

export function stateName(operation: Operation, t: Translate): string {
  switch (operation.state) {
    case 'queued':
      return operation.after === undefined ? t('waiting') : t('waiting for the other ticket');
    case 'sending':
      return t('sending');
    case 'confirmed':
      return t('arrived');
    case 'conflict':
      return t('changed there meanwhile');
    case 'failed':
      return t('not sent');
    case 'unknown':
      return needsUser(operation) ? t('not known whether it arrived') : t('being looked up');
  }
}

/** What stands in the way and what to do, for the row below; nothing while all takes its course. */
export function obstacle(
  operation: Operation,
  explain: (error: NonNullable<Operation['error']>) => string,
  t: Translate,
) {
  const { conflict, error, state } = operation;
  if (state === 'conflict' && conflict?.type === 'unseen-entries') {
    return t(
      '{0} new entries you have not seen. Read them, then send anyway or take it back.',
      conflict.entries.length,
    );
  }
  if (state === 'conflict' && conflict?.type === 'fields') {
    const fields = conflict.fields
      .map(({ field, name, theirs }) => `${name ?? field} → ${theirs ?? '–'}`)
      .join(', ');
    return t('Somebody else changed it: {0}. Compare, then send anyway or discard.', fields);
  }
  if (state === 'unknown' && needsUser(operation)) {
    return t(
      'The answer was lost. It is not there so far, but a slow server may still act: it is never sent again by itself. Look into the ticket, then Retry (which looks once more) or Discard.',
    );
  }
  return error && explain(error);
}

export function operationIcon({ state, intent }: Pick<Operation, 'state' | 'intent'>): RowIcon {
  switch (state) {
    case 'conflict':
      return { icon: 'git-compare', color: 'list.warningForeground' };
    case 'failed':
      return { icon: 'error', color: 'list.errorForeground' };
    case 'unknown':
      return { icon: 'question', color: 'list.warningForeground' };
    case 'sending':
      return { icon: 'sync~spin' };
    case 'queued':
    case 'confirmed':
      return { icon: intents[intent] };
  }
}

const intents: Record<Intent, string> = {
  create: 'new-file',
  reply: 'reply',
  note: 'lock',
  log: 'call-incoming',
  status: 'circle-large-outline',
  assign: 'person-add',
  priority: 'arrow-swap',
  team: 'organization',
  tags: 'tag',
  time: 'watch',
  attach: 'paperclip',
  resolve: 'pass',
  escalate: 'arrow-up',
  link: 'link',
  fields: 'symbol-field',
  watch: 'eye',
  relate: 'type-hierarchy',
  merge: 'git-merge',
  run: 'terminal',
};

/** May something of it be there already? */
export function mayHaveArrived({ state, done, sentAt }: Operation): boolean {
  return state === 'sending' || state === 'unknown' || done > 0 || sentAt !== undefined;
}

/** Can it become a draft again? Only what is text, and of which nothing has arrived. */
export function isEditable(operation: Operation): boolean {
  const hasWords = operation.steps.some((step) => step.type === 'post' || step.type === 'create');
  const isOfPair = operation.intent === 'escalate' && operation.steps[0]?.type === 'create';
  return hasWords && !mayHaveArrived(operation) && !isOfPair && operation.after === undefined;
}

/** Would discarding it throw written text away? */
export function hasText(operation: Operation): boolean {
  const textual: Step['type'][] = ['post', 'create', 'attach'];
  return operation.steps.slice(operation.done).some(({ type }) => textual.includes(type));
}

/** For the menus' conditions. */
export function operationContext(operation: Operation): string {
  const conflict = operation.conflict?.type === 'fields' ? '.fields' : '';
  return `operation.${operation.state}${operation.state === 'conflict' ? conflict : ''}${isEditable(operation) ? '.editable' : ''}`;
}

/** One side of a conflict, a field a line, to be compared with the other. */
export function conflictSide(operation: Operation, side: 'mine' | 'theirs', t: Translate): string {
  if (operation.conflict?.type !== 'fields') return '';
  const lines = operation.conflict.fields.map(({ field, name, base, ...sides }) => {
    const began = t('when you began: {0}', base ?? t('(empty)'));
    return `${name ?? field}: ${sides[side] ?? t('(empty)')}\n    ${began}\n`;
  });
  return `${operation.label}\n\n${lines.join('\n')}`;
}
