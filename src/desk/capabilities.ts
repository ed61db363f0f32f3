import type { ScopeKind } from './scope.ts';
import type { RelationKind, WatcherRole } from './ticket.ts';

/**
 * What an account can do, found out at sign-in for this account's rights. The tree, the panel and the commands
 * ask these, never the kind of backend.
 */
export interface Capabilities {
  createTicket: boolean;
  publicReply: boolean;
  internalNote: boolean;
  /** Notes that record a call or chat: `native` as such, `note` as an internal note that says so. */
  interactionLog: 'native' | 'note' | false;
  setSubject: boolean;
  setStatus: boolean;
  /** Statuses can ask for custom fields on the way: which, is in the vocabulary of a ticket. Absent: they do not. */
  statusFields?: boolean;
  assign: boolean;
  setTeam: boolean;
  setPriority: boolean;
  /** `native`: the backend has tiers; `team`: a tier is a team, and the move says so. */
  setTier: 'native' | 'team' | false;
  setTags: boolean;
  /** Custom fields: which, and what they take, is in the vocabulary of a ticket. Absent: none. */
  setCustomFields?: boolean;
  /** In which roles people can be added to a ticket's watchers, and removed. Absent: in none. */
  watchers?: readonly WatcherRole[];
  /** What other tickets of the account can be made to this one. Absent: nothing. */
  relate?: readonly RelationKind[];
  /** A ticket can be merged into another, which nothing can undo. Absent: no. */
  merge?: boolean;
  logTime: boolean;
  /** `public`: a file is seen by everybody who sees the ticket. */
  attach: boolean | 'public';
  sla: boolean;
  /** The backend refuses a write whose base is stale. */
  optimisticConcurrency: boolean;
  serverSearch: boolean;
  /** What can be pulled: `mine` always. */
  scopes: readonly ScopeKind[];
  /** A step done again under its key does nothing, so a lost answer may be followed by sending it again. */
  idempotent?: boolean;
}
