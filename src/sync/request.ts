import { fail, ok, type Result } from '../desk/errors.ts';
import {
  fieldsBefore,
  isPublic,
  type Intent,
  type Operation,
  type Seen,
  type Step,
} from '../desk/operation.ts';
import type { Instant } from '../desk/ticket.ts';
import type { StoreReader } from '../store/api.ts';
import type { Request } from './api.ts';
import { seenAt } from './conflicts.ts';

/** The acts that may show something to the requester, because they are named so or create what they asked for. */
const mayBePublic: readonly Intent[] = ['create', 'reply', 'resolve', 'attach'];

/** Does the act say that the requester reads it? Of a hand-off it is only the message that goes with it. */
function saysSo({ intent, steps }: Pick<Request, 'intent' | 'steps'>): boolean {
  if (intent !== 'escalate') return mayBePublic.includes(intent);
  return steps.every(
    (step) => !isPublic({ steps: [step] }) || (step.type === 'post' && step.kind === 'reply'),
  );
}

/** The operation a request becomes: with what is needed later to send it safely. */
export function operationFor(
  request: Request,
  { id, now, reader }: { id: string; now: Instant; reader: StoreReader },
): Result<Operation> {
  if (isPublic(request) && !saysSo(request)) {
    return fail({
      reason: 'rejected',
      message: 'This would show something to the requester without saying so. Nothing was sent.',
    });
  }
  const creates = request.steps[0]?.type === 'create';
  if (request.steps.length === 0 || creates !== (request.ticket === undefined)) {
    return fail({ reason: 'rejected', message: 'There is nothing to send, or no ticket to send it to.' });
  }
  const { ticket } = request;
  return ok({
    id,
    accountId: request.accountId,
    ticketId: ticket?.id,
    ticketCreatedAt: ticket?.createdAt,
    label: request.label,
    intent: request.intent,
    steps: request.steps.map((step) => complete(step, ticket)),
    done: 0,
    state: 'queued',
    baseRevision: request.baseRevision ?? ticket?.revision,
    seen: seenIn(request, reader),
    createdAt: now,
    attempts: 0,
    forced: false,
  });
}

function complete(step: Step, ticket: Request['ticket']): Step {
  if (step.type !== 'update' || !ticket) return step;
  return { ...step, before: { ...fieldsBefore(ticket, step.fields), ...step.before } };
}

/**
 * What had been seen of the timeline when this was written: of what the store holds, what is not newer than the screen.
 * The ticket alone proves nothing: a pull brings it before its timeline. If the writing began at another revision and
 * nobody says when, only what was marked as seen is certain.
 */
function seenIn({ ticket, baseRevision, seenUntil }: Request, reader: StoreReader): Seen | undefined {
  if (!ticket) return undefined;
  const sameBase = baseRevision === undefined || baseRevision === ticket.revision;
  const onScreen = seenUntil ?? (sameBase ? ticket.updatedAt : 0);
  const marked = reader.seenUntil(ticket) ?? 0;
  if (!reader.hasTimeline(ticket)) return { until: Math.max(onScreen, marked) };
  const entries = reader.entries(ticket);
  const shown = entries.findLast(({ at }) => at <= onScreen)?.at ?? 0;
  return seenAt(Math.max(shown, marked), entries);
}
