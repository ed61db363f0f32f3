import type { Ticket } from '../../desk/ticket.ts';
import { personText } from '../../replies/handOffPlan.ts';
import type { CommandDeps } from '../commands/deps.ts';
import { peopleOf } from '../commands/knownValues.ts';
import type { Informed } from './handOffText.ts';
import { personCalled } from './targetCheck.ts';
import type { PickedTarget } from './targets.ts';

/** So long somebody is looked up before the hand-off opens without, in milliseconds. */
const lookUpFor = 3000;

/** Who gets the ticket: who the target names, otherwise who is on call there, as the backend knows them. */
export async function assigneeOf(
  deps: CommandDeps,
  ticket: Ticket,
  { target, onCall: [first] }: PickedTarget,
): Promise<string | undefined> {
  const called = target.assignee ?? first;
  if (called === undefined || target.manager) return undefined;
  return (await lookUp(deps, ticket, called)) ?? target.assignee;
}

/** Who is kept informed: whom the targets name for that, and the managers among them, as the backend knows them. */
export async function informedOf(
  deps: CommandDeps,
  ticket: Ticket,
  names: readonly string[],
): Promise<Informed> {
  const found = await Promise.all(
    [...new Set(names)].map(async (called) => ({ called, person: await lookUp(deps, ticket, called) })),
  );
  return {
    known: [...new Set(found.flatMap(({ person }) => person ?? []))],
    unknown: found.filter(({ person }) => person === undefined).map(({ called }) => called),
  };
}

/** Whom a target wants to be told beside those who get the ticket. */
export function informedBy({ target }: PickedTarget): string[] {
  return [...(target.manager ? [target.assignee ?? target.name] : []), ...(target.watchers ?? [])];
}

async function lookUp(deps: CommandDeps, ticket: Ticket, called: string): Promise<string | undefined> {
  const people = await peopleOf(deps, ticket, called, AbortSignal.timeout(lookUpFor));
  const person = personCalled(people.value, called);
  return person && personText(person);
}
