import type { Account } from '../desk/account.ts';
import type { Capabilities } from '../desk/capabilities.ts';
import type { Entry } from '../desk/entry.ts';
import type { Result } from '../desk/errors.ts';
import type { FieldDefinition } from '../desk/fieldDefinition.ts';
import type { Step } from '../desk/operation.ts';
import type { Scope } from '../desk/scope.ts';
import type { Instant, Person, Priority, Status, Ticket, Tier } from '../desk/ticket.ts';
import type { Gateway } from './gateway.ts';

/** Who is signed in, and what they may do here. */
export interface Session {
  me: Person;
  capabilities: Capabilities;
}

/** One page of what changed. `cursor` is opaque; committed together with the page, it is where the next pull begins. */
export interface PullPage {
  tickets: Ticket[];
  /** Ids of tickets in the scope that were not read, because the store has them at the revision listed (`known`). */
  unchanged?: string[];
  /** Whole timelines that came along without a further request, oldest entry first. */
  timelines?: { ticketId: string; entries: Entry[] }[];
  cursor: string;
  /** Tickets left out because they could not be understood, one sentence each. */
  problems: string[];
}

export interface Timeline {
  ticket: Ticket;
  /** Oldest first. */
  entries: Entry[];
}

/** What may be set, in the backend's own labels. */
export interface Vocabulary {
  statuses: Status[];
  priorities: Priority[];
  teams: Team[];
  /** The custom fields of this ticket that may be set. Absent: none. */
  customFields?: FieldDefinition[];
  /** What has to be given on the way to a status, by its name; it is set with the status, as `custom`. Absent: nothing. */
  statusFields?: Record<string, FieldDefinition[]>;
}

export interface Team {
  name: string;
  tier?: Tier;
}

export interface Applied {
  ticketId: string;
}

/** A step on its way to the system. */
export interface Sending<S extends Step = Step> {
  /**
   * Identifies the step for ever: where the system has idempotency keys it is one, where it has not it may be written
   * with the entry.
   */
  key: string;
  /** Absent where the step makes the ticket. */
  ticketId?: string | undefined;
  step: S;
  /** The ticket's, as it was read just before; absent for a ticket that does not exist yet. */
  revision?: string | undefined;
  sentAt: Instant;
}

/**
 * One ticketing system, seen by one account. Errors are values; nothing throws but for programming mistakes.
 * Every method takes a signal and ends soon after it fires, with reason `cancelled`.
 */
export interface Backend {
  /** Asks the system who we are. The capabilities hold until the next call. */
  signIn(signal: AbortSignal): Promise<Result<Session>>;

  /**
   * What is in the scope and changed since `cursor` (all that is in it without one), page by page, oldest change first.
   * May give a ticket again that was given before; never skips one. Where the system tells, what left the scope is given
   * too, as it is now. An error ends the sequence; `unsupported` for a kind of scope that is not in the capabilities.
   */
  pull(scope: Scope, cursor: string | undefined, signal: AbortSignal): AsyncIterable<Result<PullPage>>;

  /**
   * The ids of the tickets that are in the scope at present, page by page, as cheaply as the system allows: of `mine`
   * and a team at least those that are still somebody's work, of a query all. What is missing in a sequence that ends
   * without an error is looked at by itself, ticket by ticket: a list that was cut short must end with one.
   */
  members(scope: Scope, signal: AbortSignal): AsyncIterable<Result<string[]>>;

  /** One ticket with its whole timeline. */
  timeline(ticketId: string, signal: AbortSignal): Promise<Result<Timeline>>;

  /**
   * The ticket's present state without its timeline: the cheap way to learn its revision. The same as a pull gives: what
   * was queued for a ticket is not sent to one that has its id and another `createdAt`.
   */
  ticket(ticketId: string, signal: AbortSignal): Promise<Result<Ticket>>;

  /**
   * Does one step, whole or not at all. Reason `unknown-outcome` if the answer was lost after the request may have
   * arrived. Where the system can, it refuses (`conflict`) a ticket that has moved on since `revision`.
   */
  apply(sending: Sending, signal: AbortSignal): Promise<Result<Applied>>;

  /**
   * Did this step reach the system? Looked for by its key, or as the same content by us after its revision or time.
   * Gives what `apply` would have given, or `undefined` if it did not.
   */
  landed(sending: Sending, signal: AbortSignal): Promise<Result<Applied | undefined>>;

  /** What may be set on this ticket, or on a new one. */
  vocabulary(ticketId: string | undefined, signal: AbortSignal): Promise<Result<Vocabulary>>;

  /** People to assign to, best match first; all (within reason) for an empty query. */
  people(query: string, signal: AbortSignal): Promise<Result<Person[]>>;

  /** Bytes of an attachment, as they arrive. */
  attachment(
    ticketId: string,
    attachmentId: string,
    signal: AbortSignal,
  ): Promise<Result<ReadableStream<Uint8Array>>>;
}

/** What a backend needs of its surroundings. */
export interface BackendContext {
  account: Account;
  /** Every request goes through it; it alone knows the token. */
  gateway: Gateway;
  now(): Instant;
  /** The revision at which the store has a ticket: what is listed at just that one need not be fetched again. */
  known(ticketId: string): string | undefined;
}

/** How a user signs in to a kind of backend. */
export interface SignInHelp {
  /** What the sign-in name is called, where one is needed beside the secret. */
  userName?: string;
  /** What the secret is called there: "authentication token", "API key". */
  secretName: string;
  /** One sentence on where to make one. */
  howToGet: string;
  /** The page to make one, for an account's URL. */
  page?: (url: string) => string;
  /** What an address looks like there, where it is more than that of the server. */
  addressExample?: string;
  /** VS Code's own sign-in for this system, where it has one for this address. */
  session?: (url: string) => EditorSession | undefined;
}

/** A sign-in that the editor itself offers. */
export interface EditorSession {
  /** As the editor knows it. */
  provider: string;
  name: string;
  scopes: string[];
}

/** What a system calls the rights that a capability needs; a capability it never has is left out. */
export type Rights = Readonly<Partial<Record<keyof Capabilities, readonly string[]>>>;

/** A kind of backend: its one entry in the registry. */
export interface BackendKind {
  /** As in the setting `deskside.accounts[].backend`. */
  id: string;
  label: string;
  /** Absent: there is no server and nothing to sign in to. */
  signIn?: SignInHelp;
  /** Recognises ticket keys of this account in free text, as whole words; must have the flag `g`. */
  keyPattern(account: Account): RegExp;
  /** How a query is written, for kinds that can pull one: the language's name, and an example. */
  query?: { language: string; example: string };
  /** Where requests go, where that is not the account's URL. */
  endpoint?: (account: Account) => string;
  /** For those whose account may not do something: what to ask for. */
  rights?: Rights;
  /** The headers that carry the token. */
  authorise(token: string, account: Account): Record<string, string>;
  /** Who a token belongs to, where it says so itself: the connector may know that, but not the token. */
  identify?: (token: string) => string | undefined;
  /** Loads the connector's code on first use. */
  create(context: BackendContext): Promise<Backend>;
}
