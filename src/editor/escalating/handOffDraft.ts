import * as vscode from 'vscode';
import type { HandOffSection } from '../../desk/handOff.ts';
import { ticketRef, type Ticket } from '../../desk/ticket.ts';
import type { CommandDeps } from '../commands/deps.ts';
import type { BegunText } from './acts.ts';
import { handOffFacts } from './facts.ts';
import { handOffText, type HandOffAct } from './handOffText.ts';
import { othersOf } from './others.ts';
import { requiredBy } from './required.ts';

/** Tickets that are looked through for those that belong to this one. */
const looked = 2000;

/** A hand-off filled with what is known of the ticket. */
export function beginHandOff(
  deps: Pick<CommandDeps, 'reader' | 'now'>,
  ticket: Ticket,
  chosen: Pick<HandOffAct, 'target' | 'swarm' | 'reason' | 'informed'>,
): BegunText {
  const { reader, now } = deps;
  const { target, swarm } = chosen;
  const recipients = swarm ? target.name.split(', ') : [target.team ?? target.name];
  const act = {
    ...chosen,
    sections: knownSections(deps, ticket),
    required: [...new Set(recipients.flatMap(requiredBy))],
    assignee: target.assignee,
    capabilities: reader.accountState(ticket.accountId)?.capabilities,
    now: now(),
  };
  return handOffText(ticket, act, vscode.l10n.t);
}

/** What a hand-off of the ticket can say already. */
export function knownSections(
  deps: Pick<CommandDeps, 'reader' | 'now'>,
  ticket: Ticket,
): Record<HandOffSection, string> {
  const { reader, now } = deps;
  const entries = reader.entries(ticket);
  const others = othersOf(ticket, entries, {
    tickets: reader.tickets({ accountIds: [ticket.accountId], limit: looked }),
    byKey: (key) => reader.ticketsByKey(key),
  });
  const surroundings = {
    links: reader.linksOf(ticket),
    runs: reader.runs(ticketRef(ticket)),
    others,
    now: now(),
  };
  return handOffFacts(ticket, entries, surroundings, vscode.l10n.t);
}
