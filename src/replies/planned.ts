import type { Intent, Step } from '../desk/operation.ts';
import type { Ticket } from '../desk/ticket.ts';

/** What sending a draft would do. */
export interface Plan {
  intent: Intent;
  label: string;
  steps: Step[];
}

/** Why a draft can't be sent as it stands; `line` (from 1) is where to look. */
export interface Problem {
  message: string;
  line: number;
}

export type Planned = { ok: true; plan: Plan } | { ok: false; problem: Problem };

export function planned(intent: Intent, ticket: Ticket, steps: Step[]): Planned {
  return { ok: true, plan: { intent, label: ticket.key, steps } };
}

export function problem(message: string, line = 1): Planned {
  return { ok: false, problem: { message, line } };
}

/** Where the text begins, below the front matter. */
export function lineAfterFields(text: string): number {
  const end = text.startsWith('---') ? text.indexOf('\n---', 3) : -1;
  return end === -1 ? 1 : text.slice(0, end).split('\n').length + 2;
}
