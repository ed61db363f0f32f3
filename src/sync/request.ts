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

/** The operation a request becomes: with what is needed later to send it safely. */
export function operationFor(
  request: Request,
  { id, now, reader }: { id: string; now: Instant; reader: StoreReader },
): Result<Operation> {
  if (isPublic(request) && !mayBePublic.includes(request.intent)) {
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
 * What had been seen of the timeline when this was written. Without a word on it, what was on the screen is what the
 * request's ticket shows; if the writing began at another revision, only what was marked as seen is certain.
 */
function seenIn({ ticket, baseRevision, seenUntil }: Request, reader: StoreReader): Seen | undefined {
  if (!ticket) return undefined;
  const sameBase = baseRevision === undefined || baseRevision === ticket.revision;
  const onScreen = seenUntil ?? (sameBase ? ticket.updatedAt : 0);
  const until = Math.max(onScreen, reader.seenUntil(ticket) ?? 0);
  return seenAt(until, reader.hasTimeline(ticket) ? reader.entries(ticket) : undefined);
}
