import * as vscode from 'vscode';
import type { Intent, TicketFields } from '../../desk/operation.ts';
import type { Person, Ticket } from '../../desk/ticket.ts';
import type { FromPanel, PropertyChoices, ToPanel } from '../../webviews/messages.ts';
import { changeFields } from './changeFields.ts';
import { setStatus } from './changeStatus.ts';
import { knownTags } from './changeTags.ts';
import type { CommandDeps } from './deps.ts';
import { peopleOf, staleHint, vocabularyOf } from './knownValues.ts';
import { relate, watch } from './ties.ts';

/** What the panel asks for while a property is edited in it. */
export type PropertyMessage = Extract<
  FromPanel,
  { type: 'ask-choices' | 'ask-people' | 'set' | 'unwatch' | 'unrelate' }
>;

/** Does it, or answers with `tell`. */
export async function property(
  deps: CommandDeps,
  message: PropertyMessage,
  tell: (answer: ToPanel) => void,
  signal: AbortSignal,
): Promise<void> {
  const { ref } = message;
  const ticket = deps.reader.ticket(ref);
  if (ticket === undefined) return;
  switch (message.type) {
    case 'ask-choices': {
      const choices = await choicesFor(deps, ticket, signal);
      if (!signal.aborted) tell({ type: 'choices', ref, choices });
      break;
    }
    case 'ask-people': {
      const people = await assignable(deps, ticket, message.query, signal);
      if (!signal.aborted) tell({ type: 'people', ref, query: message.query, people });
      break;
    }
    case 'set':
      await set(deps, ticket, message.fields);
      break;
    case 'unwatch': {
      const watcher = ticket.watchers?.find(({ id, role }) => id === message.id && role === message.role);
      if (watcher !== undefined) await watch(deps, ticket, 'remove', watcher);
      break;
    }
    case 'unrelate': {
      const { kind, ticketId } = message;
      const relation = ticket.relations?.find((one) => one.kind === kind && one.ticketId === ticketId);
      if (relation !== undefined) await relate(deps, ticket, 'remove', relation);
      break;
    }
  }
}

async function choicesFor(deps: CommandDeps, ticket: Ticket, signal: AbortSignal): Promise<PropertyChoices> {
  const { value, stale } = await vocabularyOf(deps, ticket, signal);
  return {
    statuses: value.statuses.map(({ name }) => name),
    priorities: value.priorities,
    teams: value.teams.map(({ name }) => name),
    tags: knownTags(deps, [ticket]),
    customFields: stale === undefined ? (value.customFields ?? []) : [],
    ...(stale && { hint: staleHint(stale) }),
  };
}

/** The user first, where they fit what was typed. */
async function assignable(
  deps: CommandDeps,
  ticket: Ticket,
  query: string,
  signal: AbortSignal,
): Promise<Person[]> {
  const me = deps.reader.accountState(ticket.accountId)?.me;
  const { value } = await peopleOf(deps, ticket, query.trim(), signal);
  const others = value.filter(({ id }) => id !== me?.id);
  const fits = me !== undefined && `${me.name} ${me.id}`.toLowerCase().includes(query.trim().toLowerCase());
  return fits ? [me, ...others] : others;
}

async function set(deps: CommandDeps, ticket: Ticket, fields: TicketFields): Promise<void> {
  if (fields.status !== undefined) {
    await setStatus(deps, [ticket], fields.status);
    return;
  }
  const [intent, name] = whatOf(fields);
  await changeFields(deps, {
    changes: [{ ticket, fields }],
    intent,
    said: vscode.l10n.t('{0}: {1} changed.', ticket.key, name(ticket, fields)),
  });
}

function whatOf(fields: TicketFields): [Intent, (ticket: Ticket, fields: TicketFields) => string] {
  if (fields.priority !== undefined) return ['priority', () => vscode.l10n.t('priority')];
  if (fields.team !== undefined) return ['team', () => vscode.l10n.t('team')];
  if (fields.assignee !== undefined) return ['assign', () => vscode.l10n.t('assignee')];
  if (fields.tags !== undefined) return ['tags', () => vscode.l10n.t('tags')];
  if (fields.tier !== undefined) return ['fields', () => vscode.l10n.t('tier')];
  return ['fields', (ticket, { custom = {} }) => namesOf(ticket, Object.keys(custom))];
}

function namesOf({ customFields }: Ticket, ids: readonly string[]): string {
  return ids.map((id) => customFields.find((field) => field.id === id)?.name ?? id).join(', ');
}
