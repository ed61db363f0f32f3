import { windowOf, type KillOperation } from '../kill/run.ts';
import type { Stage } from './kinds.ts';
import type { Plan } from './plans.ts';
import { accountId } from './window.ts';

/** A window in a process of its own, on the run's folder, that is killed at a random moment. */
export async function killedWindow(
  { subject, proxy, folder, ticketIds, random }: Stage,
  name: string,
): Promise<{ said: Plan[]; unsaid: Plan[] }> {
  const operations = Array.from({ length: 3 }, (_, n): KillOperation => {
    const visibility = random() < 0.5 || subject.lacks.includes('note') ? 'public' : 'internal';
    return { ticketId: ticketIds[n % ticketIds.length] ?? '', text: `${name} kill ${n}`, visibility };
  });
  const server = {
    type: 'live',
    kind: subject.kind.id,
    base: `http://127.0.0.1:${proxy.port}${subject.path ?? ''}`,
    token: subject.token,
    user: subject.user,
  } as const;
  const config = { folder, accountId, server, settleMs: 1_000, operations };
  const { said } = await windowOf(config, random() * 600);
  const plans = operations.map(planOf);
  return {
    said: plans.filter((plan) => said.has(plan.name)),
    unsaid: plans.filter((plan) => !said.has(plan.name)),
  };
}

function planOf({ ticketId, text, visibility }: KillOperation): Plan {
  const kind = visibility === 'public' ? 'reply' : 'note';
  return { name: text, ticketId, intent: kind, step: { type: 'post', kind, visibility, body: text } };
}
