import { strict as assert } from 'node:assert';
import type { Desk } from '../../../src/backends/local/changes.ts';
import { personFrom } from '../../../src/backends/local/people.ts';
import type { LocalTicket } from '../../../src/backends/local/port.ts';
import { applyStep, createTicket } from '../../../src/backends/local/rules.ts';
import type { Act } from '../../../src/backends/local/step.ts';
import { readLocalDeskSettings } from '../../../src/backends/local/settings.ts';
import { localVocabulary } from '../../../src/backends/local/vocabulary.ts';
import type { DeskError, Result } from '../../../src/desk/errors.ts';
import type { NewTicket, Step, TicketFields } from '../../../src/desk/operation.ts';

export const minute = 60_000;
export const start = Date.UTC(2026, 2, 2, 10);
export const alice = personFrom('Alice');
export const bob = personFrom('Bob');
export const carol = personFrom('Carol Jones <carol@example.org>');

export const { settings } = readLocalDeskSettings({ user: 'Alice', people: ['Bob'] }, 'nobody');

export const desk: Desk = {
  vocabulary: localVocabulary(settings, ['Imported Team'], undefined),
  people: new Map([alice, bob, carol].map((person) => [person.id, person])),
  ticket: () => undefined,
};

export function value<T>(result: Result<T>): T {
  if (!result.ok) assert.fail(`${result.error.reason}: ${result.error.message}`);
  return result.value;
}

export function refusal<T>(result: Result<T>): DeskError {
  if (result.ok) throw new assert.AssertionError({ message: 'It was not refused.' });
  return result.error;
}

export function newTicket(more: Partial<NewTicket> = {}, at: Desk = desk): LocalTicket {
  const wanted: NewTicket = {
    subject: 'Printer is jammed',
    description: 'It eats the paper.',
    requester: 'carol@example.org',
    kind: 'incident',
    channel: 'phone',
    tags: [],
    ...more,
  };
  return value(createTicket(wanted, 'local', act(0), at));
}

let steps = 0;
/** Something that `who` does so many minutes after the start. */
export function act(minutes: number, who = alice): Act {
  steps += 1;
  return { key: `step-${steps}`, me: who, now: start + minutes * minute };
}

export function tried(local: LocalTicket, step: Exclude<Step, { type: 'create' }>, how = act(0)) {
  return applyStep(local, step, how, desk);
}

/** The ticket and its whole timeline after a step. */
export function after(
  local: LocalTicket,
  step: Exclude<Step, { type: 'create' }>,
  how = act(0),
): LocalTicket {
  const { ticket, entries } = value(tried(local, step, how));
  return { ticket, entries: [...local.entries, ...entries] };
}

export function set(local: LocalTicket, fields: TicketFields, how = act(0)): LocalTicket {
  return after(local, { type: 'update', fields, before: {} }, how);
}

export function post(
  kind: 'reply' | 'note' | 'log' | 'resolution',
  visibility: 'public' | 'internal',
  body: string,
): Extract<Step, { type: 'post' }> {
  return { type: 'post', kind, visibility, body };
}
