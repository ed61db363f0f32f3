import type { Capabilities } from '../desk/capabilities.ts';
import type { Entry } from '../desk/entry.ts';
import type { StoredLink } from '../desk/links.ts';
import type { Operation } from '../desk/operation.ts';
import type { Instant, Ticket } from '../desk/ticket.ts';

/** All the panel shows. Sent whole: the webview keeps nothing but where the user is looking. */
export interface PanelState {
  ticket: Ticket;
  accountLabel: string;
  capabilities: Capabilities | undefined;
  /** `undefined` while the timeline has never been fetched. */
  entries: Entry[] | undefined;
  /** This ticket's rows of the outbox. */
  pending: Operation[];
  links: StoredLink[];
  composer: ComposerState;
  /** The last failure to fetch the timeline, as a sentence. */
  problem?: string;
  lastSyncedAt?: Instant;
  now: Instant;
}

export type ComposerVisibility = 'public' | 'internal';

export interface ComposerState {
  /** The draft's text for each visibility: they are two drafts, so that switching never turns one into the other. */
  public: string;
  internal: string;
}

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
  'refresh',
  'showOutbox',
] as const;
export type PanelAction = (typeof panelActions)[number];

export type ToPanel =
  | { type: 'state'; state: PanelState }
  /** The outcome of a `send`: queued (the composer may be cleared) or why not. */
  | { type: 'sent'; visibility: ComposerVisibility; error?: string }
  | { type: 'focus-composer'; visibility: ComposerVisibility };

export type FromPanel =
  | { type: 'ready' }
  | { type: 'draft'; visibility: ComposerVisibility; text: string }
  | { type: 'send'; visibility: ComposerVisibility; text: string }
  | { type: 'action'; action: PanelAction }
  | { type: 'open-link'; url: string }
  | { type: 'open-document'; linkId: string }
  | { type: 'save-attachment'; attachmentId: string };
