import type { Entry } from '../../desk/entry.ts';
import type { Outcome } from '../../desk/links.ts';
import type { Intent, Operation, OperationState } from '../../desk/operation.ts';
import type { Channel, StatusCategory, TicketKind } from '../../desk/ticket.ts';
import type { IconName } from './icon.ts';

/** What an entry or a thing is called, and the icon that goes with it. */
export interface Look {
  label: string;
  icon: IconName;
}

export const channelLooks: Record<Channel, Look> = {
  phone: { label: 'Phone', icon: 'call-incoming' },
  'e-mail': { label: 'E-mail', icon: 'mail' },
  chat: { label: 'Chat', icon: 'comment-discussion' },
  portal: { label: 'Portal', icon: 'globe' },
  'walk-in': { label: 'Walk-in', icon: 'home' },
  alert: { label: 'Alert', icon: 'bell' },
  other: { label: 'Other channel', icon: 'comment' },
};

export const kindNames: Record<TicketKind, string> = {
  incident: 'Incident',
  request: 'Request',
  problem: 'Problem',
  change: 'Change',
  other: 'Other',
};

export const statusIcons: Record<StatusCategory, IconName> = {
  new: 'bell',
  open: 'circle-large-outline',
  pending: 'debug-pause',
  resolved: 'pass',
  closed: 'lock',
};

export const outcomeLooks: Record<Outcome, Look> = {
  solved: { label: 'Solved it', icon: 'pass' },
  'solved-with-changes': { label: 'Solved it with changes', icon: 'diff' },
  'did-not-help': { label: 'Did not help', icon: 'error' },
  'written-from': { label: 'Written from this ticket', icon: 'edit' },
};

/** What an entry is. Who can read it is said apart: see `audience`. */
export function entryLook(entry: Entry): Look {
  switch (entry.kind) {
    case 'reply':
      return entry.fromRequester ? { label: 'Message', icon: 'mail' } : { label: 'Reply', icon: 'reply' };
    case 'note':
      return { label: 'Note', icon: 'note' };
    case 'log':
      return logLook(entry.channel);
    case 'resolution':
      return { label: 'Resolution note', icon: 'pass' };
    case 'hand-off':
      return { label: 'Hand-off', icon: 'arrow-up' };
    case 'run':
      return { label: 'Run record', icon: 'terminal' };
    case 'time':
      return { label: 'Work log', icon: 'clock' };
    case 'attachment':
      return { label: 'Attachment', icon: 'attach' };
    case 'status':
      return { label: 'Status', icon: 'circle-large-outline' };
    case 'field':
      return { label: 'Change', icon: 'symbol-field' };
  }
}

function logLook(channel: Channel | undefined): Look {
  switch (channel) {
    case undefined:
    case 'phone':
      return { label: 'Call log', icon: 'call-incoming' };
    case 'chat':
      return { label: 'Chat log', icon: 'comment-discussion' };
    case 'walk-in':
      return { label: 'Visit log', icon: 'home' };
    case 'e-mail':
    case 'portal':
    case 'alert':
    case 'other':
      return { label: `${channelLooks[channel].label} log`, icon: channelLooks[channel].icon };
  }
}

/** Who can read it, in words that can't be mistaken for each other. */
export const audience = {
  public: { label: 'Public', icon: 'globe', explained: 'The requester can read this' },
  internal: { label: 'Internal', icon: 'lock', explained: 'Only colleagues can read this' },
} as const;

const intents: Record<Intent, string> = {
  create: 'New ticket',
  reply: 'Reply',
  note: 'Note',
  log: 'Call or chat log',
  status: 'Change of status',
  assign: 'Assignment',
  priority: 'Change of priority',
  team: 'Change of team',
  tags: 'Change of tags',
  time: 'Time',
  attach: 'Attachment',
  resolve: 'Resolution',
  escalate: 'Escalation',
  link: 'Linked document',
};

export function intentName(operation: Pick<Operation, 'intent'>): string {
  return intents[operation.intent];
}

export const operationLooks: Record<OperationState, Look> = {
  queued: { label: 'Waiting to be sent', icon: 'cloud-upload' },
  sending: { label: 'Sending\u2026', icon: 'sync' },
  confirmed: { label: 'Sent', icon: 'check' },
  conflict: { label: 'Conflict: not sent', icon: 'diff' },
  failed: { label: 'Could not be sent', icon: 'error' },
  unknown: { label: 'May have been sent: being checked', icon: 'warning' },
};
