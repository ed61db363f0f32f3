import type { Capabilities } from '../desk/capabilities.ts';
import type { DraftFile } from '../desk/draft.ts';
import type { Body, Entry } from '../desk/entry.ts';
import type { StoredLink } from '../desk/links.ts';
import type { Escalation } from '../desk/escalation.ts';
import type { StandingHandOff } from '../desk/standingHandOff.ts';
import type { FieldDefinition } from '../desk/fieldDefinition.ts';
import type { Intent, Operation, TicketFields } from '../desk/operation.ts';
import type { RunState } from '../desk/run.ts';
import type { Waits } from '../desk/waits.ts';
import type {
  Instant,
  Person,
  Priority,
  Relation,
  RelationKind,
  Ticket,
  TicketKind,
  TicketRef,
  WatcherRole,
} from '../desk/ticket.ts';

/** All the panel shows but the timeline: sent whole, whenever something of it changes. */
export interface PanelState {
  ticket: Ticket;
  accountLabel: string;
  capabilities: Capabilities | undefined;
  /** `undefined` while the timeline has never been fetched. */
  entryCount: number | undefined;
  /** Full lengths of the bodies that are only given the beginning of, by entry id. Asked for with `show-all`. */
  cut: Record<string, number>;
  /** The first entry that came since the user last looked, by someone else. */
  firstNew?: string;
  /** This ticket's rows of the outbox; errors are sentences for people, files are left out. */
  pending: Operation[];
  links: StoredLink[];
  /** Runbooks that were followed here for the ticket, the latest first. */
  runs: PanelRun[];
  /** Other tickets of the requester, the most recently changed first. */
  others: OtherTicket[];
  /** The tickets it is tied to, as far as they are known here. */
  relatives: Relative[];
  timer?: PanelTimer;
  /** The hand-off the ticket came with, and what of it was ticked off. */
  handOff?: PanelHandOff | undefined;
  /** Each time it was handed on or came back, oldest first. */
  escalations: Escalation[];
  composer: ComposerState;
  /** The last failure to fetch the timeline, as a sentence. */
  problem?: string;
  lastSyncedAt?: Instant;
  now: Instant;
}

/** A tie to another ticket, with what the store knows of that one. */
export interface Relative extends Relation {
  subject?: string;
  ticketKind?: TicketKind;
}

/** The work timer, where it is this ticket's. */
export interface PanelTimer {
  /** Milliseconds that were counted before it was last started. */
  elapsed: number;
  /** Absent while it rests. */
  startedAt?: Instant;
}

/** What can be chosen for the properties of a ticket. */
export interface PropertyChoices {
  statuses: string[];
  priorities: Priority[];
  teams: string[];
  tags: string[];
  customFields: FieldDefinition[];
  /** Why it may be out of date. */
  hint?: string;
}

export interface PanelHandOff extends Omit<StandingHandOff, 'checks'> {
  checks: { text: string; done: boolean }[];
  /** The user gave it, and has not got it back: it is for others to take. */
  isOwn: boolean;
}

/** A run, as far as its row says. */
export interface PanelRun {
  id: string;
  title: string;
  state: RunState;
  settled: number;
  steps: number;
  startedAt: Instant;
  by: string;
}

export type OtherTicket = Pick<Ticket, 'accountId' | 'id' | 'key' | 'subject' | 'status'>;

export const composerVisibilities = ['public', 'internal'] as const;
export type ComposerVisibility = (typeof composerVisibilities)[number];

/** A draft as of the `turn`th time this webview told of it. */
export interface DraftState {
  text: string;
  turn: number;
}

/** A draft with what goes with it. */
export interface ComposedDraft extends DraftState {
  files: DraftFile[];
  /** Placeholders that nobody filled in, as they stand in the text. */
  open: string[];
}

/** Two drafts, so that switching never turns one into the other. */
export type ComposerState = Record<ComposerVisibility, ComposedDraft>;

/** What the composer has the extension ask the user for: a macro, or files, for one of its fields. */
export const composerRequests = ['insert-macro', 'attach'] as const;
export type ComposerRequest = (typeof composerRequests)[number];

/** What is completed in the composer: macros after a slash, people after an at sign, tickets by their keys. */
export const suggestionKinds = ['macro', 'person', 'ticket'] as const;
export type SuggestionKind = (typeof suggestionKinds)[number];

/** One of what fits what is typed. */
export interface Suggestion {
  label: string;
  detail: string;
  /** What is put in the place of what was typed. */
  text: string;
}

/** What the panel's buttons run; the host decides how. */
export const panelActions = [
  'reply',
  'addNote',
  'previewReply',
  'logCallOrChat',
  'changeStatus',
  'assign',
  'escalate',
  'acceptTicket',
  'returnTicket',
  'handBackTicket',
  'consult',
  'resolveWithNote',
  'writeRunbook',
  'linkDocument',
  'startRun',
  'openInBrowser',
  'copyKey',
  'refresh',
  'showOutbox',
  'panel.previous',
  'panel.next',
  'addWatcher',
  'relateTicket',
  'mergeTicket',
  'logTime',
  'startTimer',
  'pauseTimer',
] as const;
export type PanelAction = (typeof panelActions)[number];

/** The words of the panel in the user's language, by their English ones; empty where that is English. */
export type Words = Record<string, string>;

export type ToPanel =
  /** Comes first: the language of the editor (a BCP 47 tag), and its words. */
  | { type: 'language'; language: string; words: Words }
  | { type: 'state'; state: PanelState }
  /**
   * A part of the timeline of this ticket, which has `total` entries: those from `at` on. The newest come first, so that
   * they can be read while the others are on their way.
   */
  | { type: 'entries'; ref: TicketRef; at: number; total: number; entries: Entry[] }
  /** There is nothing to show: why, as a sentence. */
  | { type: 'gone'; reason: string }
  /** The whole of a body that was cut. */
  | { type: 'body'; entryId: string; body: Body }
  /** A picture that was asked for, or why there is none. */
  | { type: 'preview'; attachmentId: string; image: Preview }
  /** The outcome of a `send`: queued (the composer may be cleared), why not, or that the user thought better of it. */
  | {
      type: 'sent';
      ref: TicketRef;
      visibility: ComposerVisibility;
      error?: string;
      kept?: boolean;
      /** It is in the outbox, and why it is not sent now. */
      waits?: Waits;
    }
  /** What was queued from here has been confirmed by the ticketing system. */
  | { type: 'arrived'; intent: Intent }
  | { type: 'focus-composer'; visibility: ComposerVisibility }
  /** What fits what was typed when the `turn`th question was asked. */
  | { type: 'suggestions'; turn: number; suggestions: Suggestion[] }
  /** To be put where the cursor is in this field. */
  | { type: 'insert'; ref: TicketRef; visibility: ComposerVisibility; text: string }
  /** Something about what is being written that the user should know. */
  | { type: 'composer-problem'; ref: TicketRef; visibility: ComposerVisibility; words: string }
  /** The user wants this for the field that is chosen: the page answers with the message of that name. */
  | { type: 'ask-for'; what: ComposerRequest }
  /** What `ask-choices` and `ask-people` asked for. */
  | { type: 'choices'; ref: TicketRef; choices: PropertyChoices }
  | { type: 'people'; ref: TicketRef; query: string; people: Person[] };

export type FromPanel =
  /** The page listens; `anchor` is the entry that it was left at. It may have `begun` with what it was made with. */
  | { type: 'ready'; anchor?: string; begun?: true }
  | ({ type: 'draft'; ref: TicketRef; visibility: ComposerVisibility } & DraftState)
  | { type: 'send'; ref: TicketRef; visibility: ComposerVisibility; text: string }
  /** The user wants to choose a macro, or files, for this field. */
  | { type: 'insert-macro'; ref: TicketRef; visibility: ComposerVisibility }
  | { type: 'attach'; ref: TicketRef; visibility: ComposerVisibility }
  /** A file that was pasted or dropped. */
  | { type: 'attach-bytes'; ref: TicketRef; visibility: ComposerVisibility; name: string; bytes: Uint8Array }
  | { type: 'detach'; ref: TicketRef; visibility: ComposerVisibility; fileId: string }
  /** Answered with `suggestions`. */
  | {
      type: 'suggest';
      ref: TicketRef;
      visibility: ComposerVisibility;
      kind: SuggestionKind;
      typed: string;
      turn: number;
    }
  | { type: 'action'; action: PanelAction }
  /** A point of the hand-off was seen to, or not after all. */
  | { type: 'tick'; entryId: string; text: string; done: boolean }
  | { type: 'open-link'; url: string }
  /** A stored link, or the document that a resolution note names. */
  | { type: 'open-document'; source: 'link' | 'entry'; id: string }
  | { type: 'open-ticket'; ref: TicketRef }
  /** The record of a run. */
  | { type: 'open-run'; runId: string }
  | { type: 'save-attachment'; attachmentId: string }
  /** Wants to see a picture; answered with `preview`. */
  | { type: 'preview'; attachmentId: string }
  | { type: 'show-all'; entryId: string }
  /** A property is about to be edited. */
  | { type: 'ask-choices'; ref: TicketRef }
  | { type: 'ask-people'; ref: TicketRef; query: string }
  | { type: 'set'; ref: TicketRef; fields: TicketFields }
  | { type: 'unwatch'; ref: TicketRef; id: string; role: WatcherRole }
  | { type: 'unrelate'; ref: TicketRef; kind: RelationKind; ticketId: string };

/** The bytes of a picture, known to be one of this type. */
export type Preview = { bytes: Uint8Array; mediaType: string } | { problem: string };

/** What outlives the webview: enough to restore it after a reload. Everything else is in the store. */
export interface PanelMemory {
  ref: TicketRef;
  visibility?: ComposerVisibility;
  /** The entry at the top of what was in sight, and how far it was scrolled; absent at the timeline's end. */
  anchor?: Anchor;
}

/** A place in the timeline that stays the same while what is above it grows. */
export interface Anchor {
  entryId: string;
  /** From the top of the timeline to the top of the entry, in pixels. */
  offset: number;
}

/** What the page says about what is being written. */
export type FromComposer = Extract<
  FromPanel,
  { type: 'draft' | 'send' | ComposerRequest | 'attach-bytes' | 'detach' | 'suggest' }
>;
