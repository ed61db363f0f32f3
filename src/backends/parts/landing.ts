import type { Entry } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import type { Step, TicketFields } from '../../desk/operation.ts';
import type { Instant, Person } from '../../desk/ticket.ts';
import type { Applied, Backend, Sending } from '../backend.ts';
import type { StepOf } from './steps.ts';
import { wereSet } from './taken.ts';

/** What is said or done on a ticket without changing its fields. */
export type Said = Exclude<Step, StepOf<'create' | 'update'>>;

/** What a system shows of us where texts carry the key of their step, and the history tells of changes. */
export interface Traces<Found> {
  people: { me(signal: AbortSignal): Promise<Result<Person>> };
  tickets: { get(ticketId: string, signal: AbortSignal): Promise<Result<Found>> };
  timelines: { entries(found: Found, signal: AbortSignal): Promise<Result<Entry[]>> };
  /** The first of the fields that is not as it was asked for. */
  notTaken: (found: Found, fields: TicketFields) => keyof TicketFields | undefined;
  /** The ticket of ours with this key. */
  created(key: string, me: string, signal: AbortSignal): Promise<Result<string | undefined>>;
  /** Is there a text of ours, or what was done, with this key? */
  said(
    sending: Sending<Said> & { ticketId: string },
    me: string,
    signal: AbortSignal,
  ): Promise<Result<boolean>>;
}

/** Finds out what reached a system that shows such traces. */
export function landingsOf<Found>(traces: Traces<Found>): Pick<Backend, 'landed'> {
  return { landed: (sending, signal) => landed(traces, sending, signal) };
}

async function landed<Found>(
  traces: Traces<Found>,
  sending: Sending,
  signal: AbortSignal,
): Promise<Result<Applied | undefined>> {
  const { key, step, ticketId } = sending;
  const me = await traces.people.me(signal);
  if (!me.ok) return me;
  if (step.type === 'create') {
    const created = await traces.created(key, me.value.id, signal);
    return created.ok ? ok(created.value === undefined ? undefined : { ticketId: created.value }) : created;
  }
  if (ticketId === undefined) return ok(undefined);
  const found =
    step.type === 'update'
      ? await updated(traces, { ...sending, step, ticketId }, me.value.id, signal)
      : await traces.said({ ...sending, step, ticketId }, me.value.id, signal);
  return found.ok ? ok(found.value ? { ticketId } : undefined) : found;
}

/** It is as we wanted it, or was so by our hand and somebody changed it since. */
async function updated<Found>(
  { tickets, timelines, notTaken }: Traces<Found>,
  { ticketId, step, revision }: Sending<StepOf<'update'>> & { ticketId: string },
  me: string,
  signal: AbortSignal,
): Promise<Result<boolean>> {
  const found = await tickets.get(ticketId, signal);
  if (!found.ok) return found;
  if (notTaken(found.value, step.fields) === undefined) return ok(true);
  if (revision === undefined) return ok(false);
  const entries = await timelines.entries(found.value, signal);
  return entries.ok ? ok(wereSet(step.fields, entries.value, me, revisionTime(revision))) : entries;
}

/** The instant that a revision begins with, where the connector makes it so. */
export function revisionTime(revision: string): Instant {
  return Number(revision.split('.')[0]);
}
