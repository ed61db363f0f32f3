import type { Capabilities } from '../desk/capabilities.ts';
import type { Body, Entry } from '../desk/entry.ts';
import type { StoredLink } from '../desk/links.ts';
import type { Intent, Operation } from '../desk/operation.ts';
import type { Instant, Ticket, TicketRef } from '../desk/ticket.ts';

/** All the panel shows. Sent whole: the webview keeps nothing but where the user is looking. */
export interface PanelState {
  ticket: Ticket;
  accountLabel: string;
  capabilities: Capabilities | undefined;
  /** `undefined` while the timeline has never been fetched. */
  entries: Entry[] | undefined;
  /** Full lengths of the bodies that `entries` gives only the beginning of, by entry id. Asked for with `show-all`. */
  cut: Record<string, number>;
  /** The first entry that came since the user last looked, by someone else. */
  firstNew?: string;
  /** This ticket's rows of the outbox; errors are sentences for people, files are left out. */
  pending: Operation[];
  links: StoredLink[];
  composer: ComposerState;
  /** The last failure to fetch the timeline, as a sentence. */
  problem?: string;
  lastSyncedAt?: Instant;
  now: Instant;
}

export const composerVisibilities = ['public', 'internal'] as const;
export type ComposerVisibility = (typeof composerVisibilities)[number];

/** A draft as of the `turn`th time this webview told of it. */
export interface DraftState {
  text: string;
  turn: number;
}

/** Two drafts, so that switching never turns one into the other. */
export type ComposerState = Record<ComposerVisibility, DraftState>;

/** What the panel's buttons run; the host decides how. */
export const panelActions = [
  'reply',
  'addNote',
  'logCallOrChat',
  'changeStatus',
  'assign',
  'escalate',
  'resolveWithNote',
  'writeRunbook',
  'linkDocument',
  'openInBrowser',
  'copyKey',
  'refresh',
  'showOutbox',
] as const;
export type PanelAction = (typeof panelActions)[number];

export type ToPanel =
  | { type: 'state'; state: PanelState }
  /** There is nothing to show: why, as a sentence. */
  | { type: 'gone'; reason: string }
  /** The whole of a body that was cut. */
  | { type: 'body'; entryId: string; body: Body }
  /** The outcome of a `send`: queued (the composer may be cleared) or why not. */
  | { type: 'sent'; visibility: ComposerVisibility; error?: string }
  /** What was queued from here has been confirmed by the ticketing system. */
  | { type: 'arrived'; intent: Intent }
  | { type: 'focus-composer'; visibility: ComposerVisibility };

export type FromPanel =
  | { type: 'ready' }
  | ({ type: 'draft'; visibility: ComposerVisibility } & DraftState)
  | { type: 'send'; visibility: ComposerVisibility; text: string }
  | { type: 'action'; action: PanelAction }
  | { type: 'open-link'; url: string }
  /** A stored link, or the document that a resolution note names. */
  | { type: 'open-document'; source: 'link' | 'entry'; id: string }
  | { type: 'save-attachment'; attachmentId: string }
  | { type: 'show-all'; entryId: string };

/** What outlives the webview: enough to restore it after a reload. Everything else is in the store. */
export interface PanelMemory {
  ref: TicketRef;
  visibility?: ComposerVisibility;
  /** How far the timeline was scrolled; absent at its end. */
  scrollTop?: number;
}
