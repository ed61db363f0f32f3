import type { DeskError, Reason } from '../desk/errors.ts';
import type { Conflict, Operation } from '../desk/operation.ts';
import type { Instant } from '../desk/ticket.ts';

/**
 * The life of an operation, without any input or output. `sentAt` set means: this step may have arrived; it has to be
 * looked for before it may be sent again, whatever the state.
 */
export type Event =
  /** About to be sent. On disk before the request leaves. */
  | { type: 'claim'; at: Instant; ticketId: string | undefined; watermark: string | undefined }
  /** Claimed, but not sent after all. */
  | { type: 'release' }
  /** The current step is known to have landed. */
  | { type: 'landed'; ticketId: string }
  /** All steps are done and the store shows it. */
  | { type: 'confirm' }
  /** The step was refused, or something before it failed. */
  | { type: 'failed'; error: DeskError; at: Instant; random: number }
  /** Whoever was sending it is gone. */
  | { type: 'orphaned'; error: DeskError }
  /** Looked for, and not there: may be sent. */
  | { type: 'absent' }
  /** Looked for, and it can't be told yet. */
  | { type: 'undecided'; error: DeskError | undefined; at: Instant; random: number }
  | { type: 'conflict'; conflict: Conflict }
  /** The user wants it sent. */
  | { type: 'retry'; force: boolean };

/** What becomes of a step after an error. */
export type Fate = 'again' | 'look' | 'unknown' | 'ask';

/**
 * `again`: it did not happen and may be tried later. `look`: the same, but see first whether it happened after all.
 * `unknown`: nobody knows. `ask`: it did not happen, and only the user can do something about it.
 */
export function fateOf(reason: Reason, sent: boolean): Fate {
  switch (reason) {
    case 'offline':
    case 'tls':
    case 'unauthorised':
    case 'rate-limited':
    case 'storage':
    case 'conflict':
      return 'again';
    case 'server':
      return sent ? 'look' : 'again';
    case 'unknown-outcome':
    case 'protocol':
    case 'cancelled':
      return sent ? 'unknown' : 'again';
    case 'forbidden':
    case 'not-found':
    case 'rejected':
    case 'unsupported':
      return 'ask';
  }
}

/** Would the next operation of the same account meet the same error? */
export function isAccountWide(reason: Reason): boolean {
  return ['offline', 'tls', 'unauthorised', 'rate-limited', 'storage', 'cancelled'].includes(reason);
}

const firstDelay = 2_000;
const longestDelay = 300_000;
const furthestPlan = 7_200_000;
/** So often a backend may say that the ticket moved between our look and our write. */
const mostCollisions = 5;

/** Doubles with every attempt, and not everyone at the same moment (`random` from 0 up to 1). */
export function backOff(attempts: number, random: number): number {
  const whole = Math.min(longestDelay, firstDelay * 2 ** Math.min(attempts - 1, 20));
  return Math.round(whole * (0.5 + random / 2));
}

/** When an operation or a sync that met `error` may be tried again by itself. */
export function nextAttempt(error: DeskError, at: Instant, attempts: number, random: number): Instant {
  const delay = backOff(attempts, random);
  const reset = error.reason === 'rate-limited' ? (error.resetAt ?? at) : at;
  return Math.max(reset, at) + delay;
}

/** Has that time come? One too far ahead was set by a clock that has been put back since. */
export function isReached(time: Instant, now: Instant): boolean {
  return time <= now || time - now > furthestPlan;
}

/** The operation after `event`, or `undefined` where the event can't happen to it as it is. */
export function move(operation: Operation, event: Event): Operation | undefined {
  const { state, steps, done } = operation;
  const complete = done >= steps.length;
  switch (event.type) {
    case 'claim':
      if (state !== 'queued' || complete || operation.sentAt !== undefined) return undefined;
      return {
        ...calm(operation),
        state: 'sending',
        ...on(operation, event.ticketId),
        watermark: event.watermark,
        sentAt: event.at,
      };
    case 'release':
      return state === 'sending' && !complete ? { ...unsent(operation), state: 'queued' } : undefined;
    case 'landed': {
      if (complete || operation.sentAt === undefined || !isOpen(operation)) return undefined;
      const left = done + 1 < steps.length;
      return {
        ...calm(unsent(operation)),
        ...on(operation, event.ticketId),
        done: done + 1,
        state: left ? 'queued' : 'sending',
        attempts: 0,
        forced: false,
      };
    }
    case 'confirm':
      return complete && state === 'sending' ? { ...operation, state: 'confirmed' } : undefined;
    case 'failed':
      return complete ? undefined : failed(operation, event);
    case 'orphaned':
      return state === 'sending' && !complete
        ? { ...operation, state: 'unknown', error: event.error }
        : undefined;
    case 'absent':
      if (complete || !isOpen(operation) || state === 'sending') return undefined;
      return { ...calm(unsent(operation)), state: 'queued' };
    case 'undecided':
      return state === 'unknown' ? delayed(operation, event.error ?? operation.error, event) : undefined;
    case 'conflict':
      if (state !== 'queued' || complete || operation.sentAt !== undefined) return undefined;
      return { ...calm(operation), state: 'conflict', conflict: event.conflict };
    case 'retry':
      if (state === 'confirmed' || state === 'sending' || complete) return undefined;
      return { ...calm(operation), state: 'queued', attempts: 0, forced: event.force };
  }
}

function failed(
  operation: Operation,
  event: { error: DeskError; at: Instant; random: number },
): Operation | undefined {
  const sent = operation.state === 'sending';
  if (!sent && operation.state !== 'queued') return undefined;
  const { error } = event;
  const collided = error.reason === 'conflict' && operation.attempts + 1 >= mostCollisions;
  const fate = collided ? 'ask' : fateOf(error.reason, sent);
  switch (fate) {
    case 'again':
      return delayed({ ...(sent ? unsent(operation) : operation), state: 'queued' }, error, event);
    case 'look':
      return delayed({ ...operation, state: 'queued' }, error, event);
    case 'unknown':
      return { ...operation, state: 'unknown', error };
    case 'ask':
      return { ...(sent ? unsent(operation) : operation), state: 'failed', error, notBefore: undefined };
  }
}

function delayed(
  operation: Operation,
  error: DeskError | undefined,
  { at, random }: { at: Instant; random: number },
): Operation {
  const attempts = operation.attempts + 1;
  const notBefore = error ? nextAttempt(error, at, attempts, random) : at + backOff(attempts, random);
  return { ...operation, attempts, error, notBefore };
}

function calm(operation: Operation): Operation {
  return { ...operation, error: undefined, conflict: undefined, notBefore: undefined };
}

function unsent(operation: Operation): Operation {
  return { ...operation, sentAt: undefined, watermark: undefined };
}

function isOpen({ state }: Operation): boolean {
  return state === 'queued' || state === 'sending' || state === 'unknown';
}

/** Names one step for ever: what "post nothing twice" hangs on. */
export function keyOf(operation: Operation): string {
  return `${operation.id}.${operation.done}`;
}

/** What has to be sent one after the other. A ticket that does not exist yet is a lane of its own. */
export function laneOf(operation: Operation): string {
  return operation.ticketId ?? operation.id;
}

/**
 * The first operation of every lane, given the outbox in order: later ones wait for it, whatever it waits for. One that
 * waits for another ticket to be made is in no lane yet: an account that is down must not hold up the others.
 */
export function heads(outbox: readonly Operation[]): Operation[] {
  const first = new Map<string, Operation>();
  for (const operation of outbox) {
    if (operation.after !== undefined) continue;
    const lane = laneOf(operation);
    if (!first.has(lane)) first.set(lane, operation);
  }
  return [...first.values()];
}

/** Is there something to do for it that does not need the user? `sending` counts: whoever sent it is gone. */
export function isActionable({ state }: Operation): boolean {
  return state === 'queued' || state === 'unknown' || state === 'sending';
}

/** The ticket it goes on with: one that it was merged into was created at another time. */
function on(
  { ticketId: before, ticketCreatedAt }: Operation,
  ticketId: string | undefined,
): Pick<Operation, 'ticketId' | 'ticketCreatedAt'> {
  return { ticketId, ticketCreatedAt: ticketId === before ? ticketCreatedAt : undefined };
}
