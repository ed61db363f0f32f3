import type { Abilities } from '../../src/backends/abilities.ts';
import type { Backend } from '../../src/backends/backend.ts';
import type { Capabilities } from '../../src/desk/capabilities.ts';
import type { FieldType } from '../../src/desk/fieldDefinition.ts';
import type { StatusCategory } from '../../src/desk/ticket.ts';

/** Who takes part: alice and bob are agents, carol is the customer. */
export type Actor = 'alice' | 'bob' | 'carol';

/** An entry with a body as the system itself holds it, read by other means than our connector. */
export interface TrueEntry {
  author: Actor;
  visibility: 'public' | 'internal';
  text: string;
  attachments: string[];
}

/** A ticket as the system itself holds it. */
export interface TrueTicket {
  subject: string;
  status: string;
  assignee?: Actor;
  team?: string;
  priority: string;
  /** Minutes logged so far. */
  minutes: number;
}

export interface CustomFieldFact {
  name: string;
  type: FieldType;
  values: string[];
}

/** A running system as the suite sees it: two agents through our connector, the customer and the truth by other means. */
export interface ContractSubject {
  accountId: string;
  alice: Backend;
  bob: Backend;
  /** A connector with a token that the system does not know; absent where nobody signs in. */
  stranger?: Backend;
  /** The connector's id for a person. */
  personId: (actor: Actor) => string;
  /** What this kind says of itself in the README. */
  abilities: Abilities;
  /** What alice's rights give. */
  capabilities: Capabilities;
  /** So many tickets come at once, where it is cheap to make more than that. */
  pageSize?: number;
  /** Values the system has; the first is not what a new ticket of carol's begins with. */
  priorities: readonly [string, string];
  /** Where carol's tickets begin, and another that alice and bob may see; none where tickets have no team. */
  teams: readonly [string?, string?];
  /** One status of each category that can be set on a new ticket. */
  statuses: Partial<Record<StatusCategory, string>>;
  /** Custom fields of a new ticket of carol's, with the type that is told of each and values it takes; absent: none. */
  customFields?: readonly [CustomFieldFact, CustomFieldFact, ...CustomFieldFact[]];
  /** What the system does not tell: who changed which field, who its agents are. It is not asked for then. */
  silentOn?: readonly ('history' | 'people')[];
  /** How an agent names carol as requester of a new ticket. */
  requesterName: string;
  /** Customers can write HTML here, beside plain text. */
  takesHtml: boolean;
  /** A ticket made by carol herself; gives its id. */
  requesterCreates: (subject: string, description: string) => Promise<string>;
  requesterReplies: (ticketId: string, text: string, format: 'text' | 'html') => Promise<void>;
  /** Entries with a body, oldest first. */
  trueEntries: (ticketId: string) => Promise<TrueEntry[]>;
  trueTicket: (ticketId: string) => Promise<TrueTicket>;
  /** All that carol, signed in herself, is shown of her ticket; absent where customers have no way in. */
  requesterSees?: (ticketId: string) => Promise<string>;
  /** Where queries can be pulled: one that finds tickets with this word in their subject. */
  queryFor?: (word: string) => string;
  /** The answer to the next request that writes is lost, after the system did it; absent where nothing can be lost so. */
  loseNextAnswer?: () => void;
  /** An id of the right form that no ticket has. */
  unknownTicketId: string;
  close: () => Promise<void>;
}
