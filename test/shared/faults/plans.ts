import { fieldsBefore, type Intent, type Operation, type Step } from '../../../src/desk/operation.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import type { Request } from '../../../src/sync/api.ts';
import type { FaultSubject, Truth } from './subject.ts';

/** One thing the user does in a run. */
export interface Plan {
  /** Occurs nowhere else. */
  name: string;
  ticketId?: string;
  intent: Intent;
  step: Step;
}

export type Written = Plan & { operation: Operation };

export function requestOf(plan: Plan, accountId: string, ticket: Ticket | undefined): Request {
  const steps =
    plan.step.type === 'update' && ticket
      ? [{ ...plan.step, before: fieldsBefore(ticket, plan.step.fields) }]
      : [plan.step];
  return {
    accountId,
    label: ticket?.key ?? plan.name,
    intent: plan.intent,
    steps,
    ...(ticket && { ticket }),
  };
}

/** What the user does in one run: at most one change of each field a ticket, so that each can be told apart. */
export function planned(
  subject: FaultSubject,
  ticketIds: readonly string[],
  run: string,
  random: () => number,
): Plan[] {
  const plans: Plan[] = [];
  const taken = new Set<string>();
  const count = 2 + Math.floor(random() * 2);
  for (let n = 0; n < count; n += 1) {
    const ticketId = ticketIds[Math.floor(random() * Math.min(2, ticketIds.length))];
    const name = `${run} act ${n}`;
    const plan = drawn(subject, name, random());
    const once = `${ticketId}:${plan.intent}`;
    const field = plan.step.type === 'update';
    if (field && taken.has(once)) continue;
    taken.add(once);
    plans.push({ ...plan, ...(plan.step.type !== 'create' && { ticketId }) });
  }
  return plans;
}

function drawn(subject: FaultSubject, name: string, chance: number): Plan {
  const reply = { type: 'post', kind: 'reply', visibility: 'public', body: name } as const;
  const plan = chance < 0.3 ? undefined : drawnOther(subject, name, chance);
  return plan === undefined || subject.lacks.includes(plan.intent)
    ? { name, intent: 'reply', step: reply }
    : plan;
}

function drawnOther(subject: FaultSubject, name: string, chance: number): Plan {
  if (chance < 0.55) {
    return { name, intent: 'note', step: { type: 'post', kind: 'note', visibility: 'internal', body: name } };
  }
  if (chance < 0.7) return { name, intent: 'priority', step: set({ priority: subject.priorities[0] }) };
  if (chance < 0.8) return { name, intent: 'status', step: set({ status: subject.status }) };
  if (chance < 0.88) return { name, intent: 'time', step: { type: 'time', minutes: 5, note: name } };
  if (chance < 0.94) {
    const file = `${name.replaceAll(/\W+/g, '-')}.txt`;
    const base64 = Buffer.from(name).toString('base64');
    const step = {
      type: 'attach',
      name: file,
      mediaType: 'text/plain',
      base64,
      visibility: subject.files,
    } as const;
    return { name, intent: 'attach', step };
  }
  const ticket = { subject: name, description: name, kind: 'request', channel: 'portal', tags: [] } as const;
  return { name, intent: 'create', step: { type: 'create', ticket: { ...ticket, tags: [] } } };
}

function set(fields: Extract<Step, { type: 'update' }>['fields']): Step {
  return { type: 'update', fields, before: {} };
}

/** How often the server did it. */
export function timesDone({ name, step }: Plan, truth: Truth): number {
  switch (step.type) {
    case 'post':
      return truth.said.filter(({ text, visibility }) => text === name && visibility === step.visibility)
        .length;
    case 'time':
      return truth.said.filter(({ text }) => text === name).length;
    case 'attach':
      return truth.files.filter((file) => file === step.name).length;
    case 'update': {
      const { status, priority } = step.fields;
      const wanted =
        status === undefined ? { field: 'priority', to: priority } : { field: 'status', to: status };
      return truth.set.filter(({ field, to }) => field === wanted.field && to === wanted.to).length;
    }
    case 'create':
    case 'watch':
    case 'relate':
    case 'merge':
      return 0;
  }
}
