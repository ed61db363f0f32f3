import * as v from 'valibot';
import { ok, type Result } from '../../desk/errors.ts';
import type { SlaClock } from '../../desk/sla.ts';
import type { JiraClient } from './client.ts';
import { slaSchema, type Sla } from './schema.ts';

/** Is a custom field's value a service level? It counts on, so that it is different each time. */
export function isSla(value: unknown): boolean {
  return v.is(slaSchema, value);
}

/** Service levels come with the ticket, as custom fields, to those who may see them. */
export function clocksIn(fields: Record<string, unknown>): SlaClock[] {
  return Object.values(fields).flatMap((value) => {
    const read = v.safeParse(slaSchema, value);
    return read.success ? clockOf(read.output) : [];
  });
}

/** As the service desk tells them; none where the project is no service desk. */
export async function clocksOf(
  client: JiraClient,
  id: string,
  signal: AbortSignal,
): Promise<Result<SlaClock[]>> {
  const path = `/rest/servicedeskapi/request/${id}/sla`;
  const slas = await client.all(slaSchema, path, 'values', signal);
  if (slas.ok) return ok(slas.value.flatMap(clockOf));
  return slas.error.reason === 'not-found' || slas.error.reason === 'forbidden' ? ok([]) : slas;
}

/** A cycle under way says when it is due, or that it waits; otherwise the last one says how it ended. */
function clockOf({ name, ongoingCycle, completedCycles }: Sla): SlaClock[] {
  const target = /first|response/i.test(name) ? 'first-response' : 'resolution';
  const last = completedCycles.at(-1);
  if (ongoingCycle) {
    const dueAt = ongoingCycle.paused ? undefined : ongoingCycle.breachTime?.epochMillis;
    const state = ongoingCycle.paused ? 'paused' : ongoingCycle.breached ? 'breached' : 'running';
    return [{ target, state, ...(dueAt !== undefined && { dueAt }), source: 'backend' }];
  }
  if (last === undefined) return [];
  const [dueAt, stoppedAt] = [last.breachTime?.epochMillis, last.stopTime?.epochMillis];
  return [
    {
      target,
      state: last.breached ? 'breached' : 'met',
      ...(dueAt !== undefined && { dueAt }),
      ...(stoppedAt !== undefined && { stoppedAt }),
      source: 'backend',
    },
  ];
}
