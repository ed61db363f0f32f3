import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Step } from '../../desk/operation.ts';
import type { Applied, Backend, Sending } from '../backend.ts';
import { unable, type TieStep } from '../content/unable.ts';

export type StepOf<T extends Step['type']> = Extract<Step, { type: T }>;

/** A step on a ticket that exists; `found` is what had to be known of it first. */
export interface Act<T extends Step['type'], Found> extends Sending<StepOf<T>> {
  ticketId: string;
  found: Found;
}

type Way<T extends Step['type'], Found> = (
  act: Act<T, Found>,
  signal: AbortSignal,
) => Promise<Result<unknown>>;

/** How a system does each kind of step, one after the other. */
export interface Ways<Found> {
  /** What the system is called. */
  system: string;
  create: (sending: Sending<StepOf<'create'>>, signal: AbortSignal) => Promise<Result<Applied>>;
  /** What all changes of a ticket need to know of it. */
  find: (ticketId: string, signal: AbortSignal) => Promise<Result<Found>>;
  post: Way<'post', Found>;
  update: Way<'update', Found>;
  time: Way<'time', Found>;
  attach: Way<'attach', Found>;
  /** What has no way, the system can't do. */
  watch?: Way<'watch', Found>;
  relate?: Way<'relate', Found>;
  merge?: Way<'merge', Found>;
}

/** Does one step in the way of its kind. */
export async function doStep<Found>(
  ways: Ways<Found>,
  sending: Sending,
  signal: AbortSignal,
): Promise<Result<Applied>> {
  const { step, ticketId } = sending;
  if (step.type === 'create') return ways.create({ ...sending, step }, signal);
  if (ticketId === undefined) return fail({ reason: 'not-found', message: 'There is no such ticket.' });
  const found = await ways.find(ticketId, signal);
  if (!found.ok) return found;
  const on = { ...sending, ticketId, found: found.value };
  const done = await change(ways, step, on, signal);
  return done.ok ? ok({ ticketId }) : done;
}

function change<Found>(
  ways: Ways<Found>,
  step: Exclude<Step, StepOf<'create'>>,
  on: Omit<Act<Step['type'], Found>, 'step'>,
  signal: AbortSignal,
): Promise<Result<unknown>> {
  const declined = (one: TieStep) => Promise.resolve(unable(ways.system, one));
  switch (step.type) {
    case 'post':
      return ways.post({ ...on, step }, signal);
    case 'update':
      return ways.update({ ...on, step }, signal);
    case 'time':
      return ways.time({ ...on, step }, signal);
    case 'attach':
      return ways.attach({ ...on, step }, signal);
    case 'watch':
      return ways.watch?.({ ...on, step }, signal) ?? declined(step);
    case 'relate':
      return ways.relate?.({ ...on, step }, signal) ?? declined(step);
    case 'merge':
      return ways.merge?.({ ...on, step }, signal) ?? declined(step);
  }
}

/**
 * A change that the ticket does not show when it is read again: was it taken, and somebody else changed the same at once?
 * The history knows.
 */
export async function wasTaken(
  landings: Pick<Backend, 'landed'>,
  sending: Sending,
  signal: AbortSignal,
): Promise<Result<boolean>> {
  const landed = await landings.landed(sending, signal);
  return landed.ok ? ok(landed.value !== undefined) : unclear(landed.error.message);
}

export function unsupported(message: string) {
  return fail({ reason: 'unsupported', message });
}

/** The system does not take it; `field` is what is wrong, where that can be told. */
export function rejected(field: string | undefined, message: string) {
  return fail({ reason: 'rejected', message, ...(field !== undefined && { field }) });
}

/** It may well have arrived. */
export function unclear(message: string) {
  return fail({ reason: 'unknown-outcome', message });
}
