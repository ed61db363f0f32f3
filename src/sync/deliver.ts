import type { DeskError, Result } from '../desk/errors.ts';
import {
  alsoChanged,
  fieldsBefore,
  filesOf,
  maySendAgainAlone,
  type Conflict,
  type Operation,
  type Step,
} from '../desk/operation.ts';
import type { Capabilities } from '../desk/capabilities.ts';
import { linkedName, passedAt } from '../desk/pair.ts';
import { sameTicket, type Ticket } from '../desk/ticket.ts';
import type { Sending } from '../backends/backend.ts';
import type { StoreReader, StoreWriter } from '../store/api.ts';
import type { Clock } from './clock.ts';
import { changedByOthers, fieldConflict, rebased, unseenEntries } from './conflicts.ts';
import { fetchTimeline } from './fetch.ts';
import type { Freshness } from './freshness.ts';
import { keyOf, laneOf, move, type Event } from './outbox.ts';
import { withBytes } from './sentFiles.ts';
import type { Link } from './sessions.ts';

export interface DeliveryDeps {
  reader: StoreReader;
  writer: StoreWriter;
  clock: Clock;
  random: () => number;
  freshness: Freshness;
  /** How long a backend may take to act on a request whose sender is gone. */
  settleMs: number;
  log: (line: string) => void;
}

/** `on`: there may be more to do for this lane at once. Otherwise it waits, with what stopped it if anything did. */
export type Progress = { on: true } | { on: false; error?: DeskError };

const onward: Progress = { on: true };
const halt: Progress = { on: false };

/** Takes operations through one backend, one step at a time; every change of state is on disk before the next move. */
export class Delivery {
  readonly #deps: DeliveryDeps;
  readonly #link: Link;
  readonly #signal: AbortSignal;
  readonly #maySend: () => boolean;

  /** `maySend` is asked at the last moment: after a sleep another window may have taken over. */
  constructor(deps: DeliveryDeps, link: Link, signal: AbortSignal, maySend: () => boolean) {
    this.#deps = deps;
    this.#link = link;
    this.#signal = signal;
    this.#maySend = maySend;
  }

  /** One move of an operation that nobody else is working on. */
  async step(operation: Operation): Promise<Progress> {
    if (operation.done >= operation.steps.length) return this.#confirm(operation);
    if (operation.state === 'sending') {
      const orphaned = await this.#move(operation, { type: 'orphaned', error: interrupted });
      return orphaned ? onward : halt;
    }
    return operation.sentAt === undefined ? this.#send(operation) : this.#settle(operation);
  }

  /** The connector threw: what was being sent may have arrived, and nothing is tried again at once. */
  async brokeOff(id: string, thrown: unknown): Promise<void> {
    const operation = this.#deps.reader.operation(id);
    if (!operation) return;
    const error: DeskError = { reason: 'protocol', message: `It broke off: ${String(thrown)}` };
    if (operation.state === 'unknown') await this.#undecided(operation, error);
    else await this.#fail(operation, error);
  }

  async #send(operation: Operation): Promise<Progress> {
    const step = currentStep(operation);
    const unable = missing(step, this.#link.session.capabilities);
    if (unable !== undefined) return this.#fail(operation, { reason: 'unsupported', message: unable });
    const whole = withBytes(this.#deps.reader, step);
    if (!whole.ok) return this.#fail(operation, whole.error);

    let current: Ticket | undefined;
    if (operation.ticketId !== undefined) {
      const read = await this.#link.backend.ticket(operation.ticketId, this.#signal);
      if (!read.ok) return this.#fail(operation, read.error);
      current = read.value;
      if (isAnother(current, operation)) return this.#fail(operation, anotherTicket);
      const conflict = operation.forced
        ? { ok: true as const, value: undefined }
        : await this.#conflict(operation, step, current);
      if (!conflict.ok) return this.#fail(operation, conflict.error);
      if (conflict.value) {
        await this.#move(operation, { type: 'conflict', conflict: conflict.value });
        return halt;
      }
    }

    const claimed = await this.#move(operation, {
      type: 'claim',
      at: this.#deps.clock.now(),
      ticketId: current?.id,
      watermark: current?.revision,
    });
    if (!claimed) return halt;
    if (!this.#maySend()) {
      await this.#move(claimed, { type: 'release' });
      return halt;
    }
    const based = current ? basedOn(whole.value, current) : whole.value;
    const applied = await this.#link.backend.apply(sendingOf(claimed, based), this.#signal);
    if (!applied.ok) return this.#fail(claimed, applied.error);
    return this.#landed(claimed, applied.value.ticketId, current);
  }

  async #conflict(operation: Operation, step: Step, current: Ticket): Promise<Result<Conflict | undefined>> {
    if (step.type === 'update') return { ok: true, value: fieldConflict(step, current) };
    const isPublicPost = step.type === 'post' && step.visibility === 'public';
    const nothingNew =
      current.revision === operation.baseRevision && (operation.seen?.until ?? 0) >= current.updatedAt;
    if (!isPublicPost || nothingNew) return { ok: true, value: undefined };
    const timeline = await this.#link.backend.timeline(current.id, this.#signal);
    if (!timeline.ok) return timeline;
    const entries = unseenEntries(
      timeline.value.entries,
      this.#link.session.me.id,
      operation.seen,
      this.#deps.reader.seenUntil(current),
    );
    return { ok: true, value: entries.length === 0 ? undefined : { type: 'unseen-entries', entries } };
  }

  /** Reads the backend to learn what became of a step that was sent. */
  async #settle(operation: Operation): Promise<Progress> {
    const step = currentStep(operation);
    const { clock, settleMs } = this.#deps;
    const whole = withBytes(this.#deps.reader, step);
    const sending = sendingOf(operation, whole.ok ? whole.value : step);
    const answer = await this.#link.backend.landed(sending, this.#signal);
    if (answer.ok && answer.value) return this.#landed(operation, answer.value.ticketId, undefined);
    if (!answer.ok) {
      if (operation.state === 'queued') return this.#fail(operation, answer.error);
      await this.#undecided(operation, answer.error);
      return { on: false, error: answer.error };
    }
    const safe =
      operation.state === 'queued' ||
      this.#link.session.capabilities.idempotent === true ||
      (maySendAgainAlone(step) && clock.now() - sending.sentAt >= settleMs);
    if (!safe) {
      await this.#undecided(operation, notThere);
      return halt;
    }
    return (await this.#move(operation, { type: 'absent' })) ? onward : halt;
  }

  /** It is looked for again later. */
  async #undecided(operation: Operation, error: DeskError): Promise<void> {
    const { clock, random } = this.#deps;
    await this.#move(operation, { type: 'undecided', error, at: clock.now(), random: random() });
  }

  async #landed(operation: Operation, ticketId: string, before: Ticket | undefined): Promise<Progress> {
    const landed = await this.#moveLanded(operation, ticketId);
    if (!landed) return halt;
    const unread = await this.#refresh(landed, ticketId, before);
    for (const id of alsoChanged(currentStep(operation))) {
      await fetchTimeline(
        this.#deps,
        this.#link.backend,
        { accountId: operation.accountId, id },
        this.#signal,
      );
    }
    return landed.done < landed.steps.length ? onward : this.#confirm(landed, { unread });
  }

  /** Another window may have declared us dead meanwhile; what we know still counts. */
  async #moveLanded(operation: Operation, ticketId: string): Promise<Operation | undefined> {
    const landed = await this.#move(operation, { type: 'landed', ticketId });
    if (landed) return landed;
    const stored = this.#deps.reader.operation(operation.id);
    if (stored?.done !== operation.done) return undefined;
    return this.#move(stored, { type: 'landed', ticketId });
  }

  /** The store shows a change before the outbox lets go of it. */
  async #confirm(operation: Operation, refreshed?: { unread: DeskError | undefined }): Promise<Progress> {
    let unread = refreshed?.unread;
    if (!refreshed && operation.ticketId !== undefined) {
      unread = await this.#refresh(operation, operation.ticketId, undefined);
    }
    if (!(await this.#release(operation, unread))) return halt;
    return (await this.#move(operation, { type: 'confirm' })) ? onward : halt;
  }

  /** What waited for this ticket to be made names it; so it has to be known by name first, where we may see it at all. */
  async #release({ id, accountId, ticketId }: Operation, unread: DeskError | undefined): Promise<boolean> {
    const { reader, writer } = this.#deps;
    if (ticketId === undefined || !reader.pairs().some((pair) => pair.id === id)) return true;
    const ref = { accountId, id: ticketId };
    const ticket = reader.ticket(ref);
    if (!ticket && unread?.reason !== 'forbidden') return false;
    const released = await writer.run('release', {
      operationId: id,
      name: ticket ? linkedName(ticket) : ticketId,
      ...(ticket && { seen: { ticket: ref, passed: passedAt({ ticket, entries: reader.entries(ref) }) } }),
    });
    return released.ok;
  }

  /** Brings the ticket into the store, and what comes after this step onto its new base. Gives why it could not. */
  async #refresh(
    operation: Operation,
    ticketId: string,
    before: Ticket | undefined,
  ): Promise<DeskError | undefined> {
    const { accountId } = operation;
    const ref = { accountId, id: ticketId };
    const fetched = await fetchTimeline(this.#deps, this.#link.backend, ref, this.#signal);
    if (!fetched.ok) {
      this.#deps.log(`${operation.label}: sent, but not read again (${fetched.error.reason})`);
      return fetched.error;
    }
    if (!before) return undefined;
    const { ticket: after, entries } = fetched.value;
    const theirs = changedByOthers(entries, this.#link.session.me.id, before);
    for (const waiting of this.#deps.reader.outbox()) {
      const concerned = sameTicket({ accountId: waiting.accountId, id: laneOf(waiting) }, before);
      if (!concerned || waiting.state === 'sending' || waiting.state === 'unknown') continue;
      const next = rebased(waiting, before, after, theirs);
      if (JSON.stringify(next) !== JSON.stringify(waiting)) await this.#write(waiting, next);
    }
    return undefined;
  }

  async #fail(operation: Operation, error: DeskError): Promise<Progress> {
    if (error.reason === 'cancelled' && operation.state !== 'sending') return { on: false, error };
    const { clock, random, log } = this.#deps;
    log(`${operation.label}: ${operation.intent} ${error.reason}`);
    const failed = await this.#move(operation, { type: 'failed', error, at: clock.now(), random: random() });
    return failed?.state === 'unknown' ? onward : { on: false, error };
  }

  async #move(operation: Operation, event: Event): Promise<Operation | undefined> {
    const next = move(operation, event);
    return next && (await this.#write(operation, next)) ? next : undefined;
  }

  async #write(from: Operation, operation: Operation): Promise<boolean> {
    const written = await this.#deps.writer.run('advance', { from: from.state, done: from.done, operation });
    return written.ok && written.value;
  }
}

const interrupted: DeskError = {
  reason: 'unknown-outcome',
  message: 'Deskside was closed while this was being sent.',
};

const notThere: DeskError = {
  reason: 'unknown-outcome',
  message: 'It was looked for, and is not there so far.',
};

const anotherTicket: DeskError = {
  reason: 'not-found',
  message: 'another ticket has its id now; was the account pointed at another system?',
};

/** The ticket of this id is not the one that the operation was made for. */
function isAnother({ id, createdAt }: Ticket, { ticketId, ticketCreatedAt }: Operation): boolean {
  return id === ticketId && ticketCreatedAt !== undefined && createdAt !== ticketCreatedAt;
}

function currentStep(operation: Operation): Step {
  const step = operation.steps[operation.done];
  if (!step) throw new Error(`Operation ${operation.id} has no step ${operation.done}.`);
  return step;
}

function sendingOf(operation: Operation, step: Step): Sending {
  const { ticketId, watermark: revision, sentAt = operation.createdAt } = operation;
  return { key: keyOf(operation), ticketId, step, revision, sentAt };
}

/** The step with what is there now as its base: it has been compared. */
function basedOn(step: Step, current: Ticket): Step {
  return step.type === 'update' ? { ...step, before: fieldsBefore(current, step.fields) } : step;
}

/** What this account can't do must not be sent: least of all a note that would be public. */
function missing(step: Step, can: Capabilities): string | undefined {
  if ('visibility' in step && step.visibility === 'internal' && !can.internalNote) {
    return 'This ticketing system can keep nothing internal for this account.';
  }
  if (step.type === 'post' && step.visibility === 'public' && !can.publicReply) {
    return 'This account may not write to requesters.';
  }
  if (filesOf(step).length === 0) return undefined;
  if (can.attach === false) return 'This ticketing system takes no files from here.';
  if (can.attach === 'public' && 'visibility' in step && step.visibility === 'internal') {
    return 'This ticketing system shows every file to everybody who sees the ticket: it can keep none internal.';
  }
  return undefined;
}
