import type { PriorityRank, TicketKind } from '../ticket.ts';

/** What a rule does once its conditions hold. */
export const ruleActions = ['suggest', 'remind', 'draft', 'send'] as const;
/**
 * `suggest`: offers to escalate. `remind`: says so. `draft`: has the hand-off written, for the user to send.
 * `send`: sends it, once the user has approved just this rule on this machine.
 */
export type RuleAction = (typeof ruleActions)[number];

/** When a rule applies: everything that is named holds at the same time. */
export interface RuleConditions {
  priority?: PriorityRank[];
  team?: string[];
  kind?: TicketKind[];
  tag?: string[];
  /** Milliseconds before a service level is due; 0: overdue. */
  breach?: number;
  /** Not resolved so many milliseconds after it was opened. */
  unresolved?: number;
  /** The requester wrote so often, the opening of the ticket not counted. */
  replies?: number;
  reassignments?: number;
  reopenings?: number;
  /** One of them stands in the subject or in what the requester wrote. */
  words?: string[];
}

export interface Rule {
  name: string;
  when: RuleConditions;
  then: RuleAction;
  /** The team it goes to; always there for `draft` and `send`. */
  to?: string;
  /** Stands at the top of the hand-off. */
  reason?: string;
}

/** A team's agreement on what has to be escalated when: the file `.deskside/escalation.yaml` of a workspace. */
export interface Policy {
  rules: Rule[];
}

/** Where it lies in a workspace folder. */
export const policyPath = '.deskside/escalation.yaml';
