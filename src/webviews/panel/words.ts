import type { Entry } from '../../desk/entry.ts';
import type { Outcome } from '../../desk/links.ts';
import type { Intent, Operation, OperationState } from '../../desk/operation.ts';
import type { RunState } from '../../desk/run.ts';
import type { Channel, StatusCategory, TicketKind } from '../../desk/ticket.ts';
import type { IconName } from './icon.ts';
import { t } from './l10n.ts';

/** What an entry or a thing is called, and the icon that goes with it. */
export interface Look {
  label: string;
  icon: IconName;
}

export function channelLook(channel: Channel): Look {
  switch (channel) {
    case 'phone':
      return { label: t('Phone'), icon: 'call-incoming' };
    case 'e-mail':
      return { label: t('E-mail'), icon: 'mail' };
    case 'chat':
      return { label: t('Chat'), icon: 'comment-discussion' };
    case 'portal':
      return { label: t('Portal'), icon: 'globe' };
    case 'walk-in':
      return { label: t('Walk-in'), icon: 'home' };
    case 'alert':
      return { label: t('Alert'), icon: 'bell' };
    case 'other':
      return { label: t('Other channel'), icon: 'comment' };
  }
}

export function kindName(kind: TicketKind): string {
  switch (kind) {
    case 'incident':
      return t('Incident');
    case 'request':
      return t('Request');
    case 'problem':
      return t('Problem');
    case 'change':
      return t('Change');
    case 'other':
      return t('Other');
  }
}

export const statusIcons: Record<StatusCategory, IconName> = {
  new: 'bell',
  open: 'circle-large-outline',
  pending: 'debug-pause',
  resolved: 'pass',
  closed: 'lock',
};

export function outcomeLook(outcome: Outcome): Look {
  switch (outcome) {
    case 'solved':
      return { label: t('Solved it'), icon: 'pass' };
    case 'solved-with-changes':
      return { label: t('Solved it with changes'), icon: 'diff' };
    case 'did-not-help':
      return { label: t('Did not help'), icon: 'error' };
    case 'written-from':
      return { label: t('Written from this ticket'), icon: 'edit' };
  }
}

/** What an entry is called; `named` also says who can read it. */
export function entryLook(
  entry: Pick<Entry, 'kind' | 'visibility' | 'channel' | 'fromRequester'>,
): EntryLook {
  const [icon, label, open, internal] = namesOf(entry);
  const named = { public: open, internal, system: label }[entry.visibility];
  return { icon, label, named };
}

export interface EntryLook extends Look {
  named: string;
}

/** Its icon, and its name: by itself, as a public and as an internal one. */
function namesOf(
  entry: Pick<Entry, 'kind' | 'channel' | 'fromRequester'>,
): [IconName, string, string, string] {
  switch (entry.kind) {
    case 'reply':
      return entry.fromRequester
        ? ['mail', t('Message'), t('Public message'), t('Internal message')]
        : ['reply', t('Reply'), t('Public reply'), t('Internal reply')];
    case 'note':
      return ['note', t('Note'), t('Public note'), t('Internal note')];
    case 'log':
      return logNames(entry.channel);
    case 'resolution':
      return ['pass', t('Resolution note'), t('Public resolution note'), t('Internal resolution note')];
    case 'hand-off':
      return ['arrow-up', t('Hand-off'), t('Public hand-off'), t('Internal hand-off')];
    case 'run':
      return ['terminal', t('Run record'), t('Public run record'), t('Internal run record')];
    case 'time':
      return ['clock', t('Work log'), t('Public work log'), t('Internal work log')];
    case 'attachment':
      return ['attach', t('Attachment'), t('Public attachment'), t('Internal attachment')];
    case 'status':
      return ['circle-large-outline', t('Status'), t('Status'), t('Status')];
    case 'field':
      return ['symbol-field', t('Change'), t('Change'), t('Change')];
  }
}

function logNames(channel: Channel | undefined): [IconName, string, string, string] {
  switch (channel) {
    case undefined:
    case 'phone':
      return ['call-incoming', t('Call log'), t('Public call log'), t('Internal call log')];
    case 'chat':
      return ['comment-discussion', t('Chat log'), t('Public chat log'), t('Internal chat log')];
    case 'walk-in':
      return ['home', t('Visit log'), t('Public visit log'), t('Internal visit log')];
    case 'e-mail':
      return ['mail', t('E-mail log'), t('Public e-mail log'), t('Internal e-mail log')];
    case 'portal':
    case 'alert':
    case 'other':
      return [channelLook(channel).icon, t('Log'), t('Public log'), t('Internal log')];
  }
}

/** Who can read it, in words that can't be mistaken for each other. */
export function audience(visibility: 'public' | 'internal'): Look & { explained: string } {
  return visibility === 'public'
    ? { label: t('Public'), icon: 'globe', explained: t('The requester can read this') }
    : { label: t('Internal'), icon: 'lock', explained: t('Only colleagues can read this') };
}

export function intentName({ intent }: Pick<Operation, 'intent'>): string {
  const names: Record<Intent, () => string> = {
    create: () => t('New ticket'),
    reply: () => t('Reply'),
    note: () => t('Note'),
    log: () => t('Call or chat log'),
    status: () => t('Change of status'),
    assign: () => t('Assignment'),
    priority: () => t('Change of priority'),
    team: () => t('Change of team'),
    tags: () => t('Change of tags'),
    time: () => t('Time'),
    attach: () => t('Attachment'),
    resolve: () => t('Resolution'),
    escalate: () => t('Escalation'),
    link: () => t('Linked document'),
    fields: () => t('Change of fields'),
    watch: () => t('Change of watchers'),
    relate: () => t('Tie to another ticket'),
    merge: () => t('Merging'),
    run: () => t('Run record'),
  };
  return names[intent]();
}

export function runStateName(state: RunState): string {
  switch (state) {
    case 'open':
      return t('In progress');
    case 'stopped':
      return t('Stopped');
    case 'handed-over':
      return t('Handed over');
    case 'finished':
      return t('Finished');
  }
}

export function operationLook(state: OperationState): Look {
  switch (state) {
    case 'queued':
      return { label: t('Waiting to be sent'), icon: 'cloud-upload' };
    case 'sending':
      return { label: t('Sending\u2026'), icon: 'sync' };
    case 'confirmed':
      return { label: t('Sent'), icon: 'check' };
    case 'conflict':
      return { label: t('Conflict: not sent'), icon: 'diff' };
    case 'failed':
      return { label: t('Could not be sent'), icon: 'error' };
    case 'unknown':
      return { label: t('May have been sent: being checked'), icon: 'warning' };
  }
}
