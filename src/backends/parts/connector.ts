import type { Entry } from '../../desk/entry.ts';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Person, Ticket } from '../../desk/ticket.ts';
import type { Backend, Session } from '../backend.ts';

/** What a connector is made of, each part with one job; `Found` is a ticket together with what the system said of it. */
export interface Parts<Found extends { ticket: Ticket }> {
  session: (signal: AbortSignal) => Promise<Result<Session>>;
  puller: Pick<Backend, 'pull' | 'members'>;
  tickets: { get(ticketId: string, signal: AbortSignal): Promise<Result<Found>> };
  timelines: { entries(found: Found, signal: AbortSignal): Promise<Result<Entry[]>> };
  writer: Pick<Backend, 'apply'>;
  landings: Pick<Backend, 'landed'>;
  vocabulary: Backend['vocabulary'];
  people: { search(query: string, signal: AbortSignal): Promise<Result<Person[]>> };
  attachment: Backend['attachment'];
}

/** A connector to a server, of its parts. */
export function connectorOf<Found extends { ticket: Ticket }>(parts: Parts<Found>): Backend {
  const { session, puller, tickets, timelines, writer, landings, vocabulary, people, attachment } = parts;
  return {
    signIn: (signal) => session(signal),
    pull: (scope, cursor, signal) => puller.pull(scope, cursor, signal),
    members: (scope, signal) => puller.members(scope, signal),
    timeline: async (ticketId, signal) => {
      const found = await tickets.get(ticketId, signal);
      if (!found.ok) return found;
      const entries = await timelines.entries(found.value, signal);
      return entries.ok ? ok({ ticket: found.value.ticket, entries: entries.value }) : entries;
    },
    ticket: async (ticketId, signal) => {
      const found = await tickets.get(ticketId, signal);
      return found.ok ? ok(found.value.ticket) : found;
    },
    apply: (sending, signal) => writer.apply(sending, signal),
    landed: (sending, signal) => landings.landed(sending, signal),
    vocabulary: (ticketId, signal) => vocabulary(ticketId, signal),
    people: (query, signal) => people.search(query, signal),
    attachment: (ticketId, attachmentId, signal) => attachment(ticketId, attachmentId, signal),
  };
}

export function noSuchFile() {
  return fail({ reason: 'not-found', message: 'The ticket has no such attachment.' });
}
