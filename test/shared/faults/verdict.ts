import type { Stage } from './kinds.ts';
import { timesDone, type Plan } from './plans.ts';
import type { Truth } from './subject.ts';

/** What became of a run's acts, by name. */
export interface Verdict {
  lost: string[];
  doubled: string[];
  /** Anything else that must not be: a sentence each. */
  wrong: string[];
}

/** Asks the server itself. */
export async function verdict(
  { subject, ticketIds }: Pick<Stage, 'subject' | 'ticketIds'>,
  promised: readonly Plan[],
  unsaid: readonly Plan[],
): Promise<Verdict> {
  const concerned = ticketIds.filter((id) =>
    [...promised, ...unsaid].some(({ ticketId }) => ticketId === id),
  );
  const truths = new Map<string, Truth>();
  for (const id of concerned) truths.set(id, await subject.truth(id));
  const times = async (plan: Plan): Promise<number> => {
    if (plan.step.type === 'create') return subject.count(plan.name);
    const truth = truths.get(plan.ticketId ?? '');
    return truth === undefined ? 0 : timesDone(plan, truth);
  };
  const found: Verdict = { lost: [], doubled: [], wrong: [] };
  for (const plan of promised) if ((await times(plan)) === 0) found.lost.push(plan.name);
  for (const plan of [...promised, ...unsaid]) if ((await times(plan)) > 1) found.doubled.push(plan.name);
  for (const [id, truth] of truths) {
    const own = promised.filter(({ ticketId }) => ticketId === id);
    found.wrong.push(
      ...disorder(own, truth),
      ...published([...own, ...unsaid], truth),
      ...overtime(own, truth),
    );
  }
  return found;
}

function disorder(plans: readonly Plan[], { said }: Truth): string[] {
  const wanted = plans.map(({ name }) => name).filter((name) => said.some(({ text }) => text === name));
  const order = said.map(({ text }) => text).filter((text) => wanted.includes(text));
  const first = order.filter((text, index) => order.indexOf(text) === index);
  return first.join() === wanted.join() ? [] : [`out of order: ${first.join(', ')}`];
}

function published(plans: readonly Plan[], { said }: Truth): string[] {
  return plans
    .filter(({ name, step }) => {
      const wanted = step.type === 'post' ? step.visibility : 'internal';
      return said.some(({ text, visibility }) => text === name && visibility !== wanted);
    })
    .map(({ name }) => `${name} can be read by the wrong people`);
}

function overtime(plans: readonly Plan[], { minutes }: Truth): string[] {
  const planned = plans.reduce((sum, { step }) => sum + (step.type === 'time' ? step.minutes : 0), 0);
  return minutes === planned ? [] : [`${minutes} minutes were logged instead of ${planned}`];
}
