import type { Intent } from '../../../src/desk/operation.ts';
import type { Backend, BackendKind } from '../../../src/backends/backend.ts';
import type { Asked } from '../faultProxy.ts';

/** What a request is about, as far as the faults care. */
export type Aim = 'write' | 'list' | 'ticket' | 'history' | 'other';

/** What the server itself holds of one ticket, read by other means than our connector. */
export interface Truth {
  /** What we said, oldest first. */
  said: { text: string; visibility: 'public' | 'internal' }[];
  /** Names of files we attached. */
  files: string[];
  /** Minutes logged. */
  minutes: number;
  /** Values that we set, by field, in order. */
  set: { field: 'status' | 'priority'; to: string }[];
}

/** An agent's account on a live server. */
export interface Server {
  name: string;
  kind: BackendKind;
  base: string;
  token: string;
  /** What comes behind the server in the account's address. */
  path?: string;
  /** The agent's sign-in name, where the kind needs one. */
  user?: string;
}

/** The account, and everything around it that does not go through our connector. */
export interface FaultSubject extends Server {
  /** Our connector with nothing in between. */
  direct: Backend;
  aimOf(asked: Asked): Aim;
  /** The ticket a request names. */
  ticketOf(asked: Asked): string | undefined;
  /** Another value than a new ticket has, for us; and one for a colleague. */
  priorities: readonly [mine: string, theirs: string];
  /** A status a new ticket can be set to. */
  status: string;
  /** How a file can be kept there. */
  files: 'public' | 'internal';
  /** What it has no way for: a public reply takes the place. */
  lacks: readonly Intent[];
  /** Opens a ticket that is assigned to the agent. */
  open(subject: string): Promise<string>;
  /** The requester writes. */
  answer(ticketId: string, text: string): Promise<void>;
  /** A colleague sets the priority that is theirs. */
  meddle(ticketId: string): Promise<void>;
  /** Takes tickets away from the agent, so that later runs do not see them. */
  release(ticketIds: readonly string[]): void | Promise<void>;
  truth(ticketId: string): Truth | Promise<Truth>;
  /** How many tickets have this subject. */
  count(subject: string): number | Promise<number>;
  /** Gives these tickets one and the same time of change, where the server's files can be reached. */
  alignTimes?: (ticketIds: readonly string[]) => void;
}
