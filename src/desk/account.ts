import type { Target } from './target.ts';
import type { PriorityRank, StatusCategory } from './ticket.ts';

/**
 * What labels mean, for systems that have labels instead of fields. An area that is absent goes by the labels' names:
 * `status: waiting`, `priority: high`, `team: network`.
 */
export interface LabelMeanings {
  status?: Record<string, StatusCategory>;
  priority?: Record<string, PriorityRank>;
  team?: string[];
}

/** One configured connection to one ticketing system. Never holds a credential. */
export interface Account {
  /** Chosen once, never shown, names the account in the store and the credential store. */
  id: string;
  /** Which connector: a key of the backend registry. */
  backend: string;
  label: string;
  /** Absent for a backend without a server. */
  url?: string;
  /** The sign-in name, for backends that need one beside the token. */
  user?: string;
  /** A PEM file of additional certificate authorities. */
  caFile?: string;
  /** A client certificate to show: PEM, or PKCS #12 with its key. */
  certFile?: string;
  /** The certificate's key in PEM form, where it is in a file of its own. Its passphrase is kept with the tokens. */
  keyFile?: string;
  /** My teams, by the backend's labels: their tickets are kept here as well as mine. */
  teams?: string[];
  /** Of each team, the timelines of so many solved tickets are kept: similar tickets are found in them. */
  solvedTimelines?: number;
  /** Queries in the backend's own language, with the user's names: what they find is kept here too. */
  queries?: { name: string; query: string }[];
  /** Where tickets are handed to, beside the teams of the backend. */
  targets?: Target[];
  /** For a backend that has labels instead of fields. */
  labels?: LabelMeanings;
  /** Signed in through VS Code's own account for this system rather than with a token. */
  session?: boolean;
}

/** What a token belongs to: it is never sent anywhere else. */
export function originOf(account: Pick<Account, 'url'>): string | undefined {
  return account.url === undefined ? undefined : new URL(account.url).origin;
}
