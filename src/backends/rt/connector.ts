import { ok, type Result } from '../../desk/errors.ts';
import type { Backend, BackendContext } from '../backend.ts';
import { connectorOf, noSuchFile } from '../parts/connector.ts';
import { RtClient } from './client.ts';
import { contentOf } from './content.ts';
import { CustomFields } from './customFields.ts';
import { Landings } from './landed.ts';
import { People } from './people.ts';
import { Puller } from './pull.ts';
import { Queues } from './queues.ts';
import { openSession } from './session.ts';
import { Tickets, type Found } from './tickets.ts';
import { Timelines } from './timeline.ts';
import { vocabularyFor } from './vocabulary.ts';
import { Writer } from './write.ts';

/** Request Tracker 5 as one account sees it. */
export function rtBackend(context: BackendContext): Backend {
  const { account, gateway } = context;
  const now = () => context.now();
  const client = new RtClient(gateway);
  const people = new People(client);
  const queues = new Queues(client);
  const customFields = new CustomFields(client);
  const tickets = new Tickets(account, client, people);
  const timelines = new Timelines(client, people, queues);
  const landings = new Landings(client, people, tickets, timelines, now);
  return connectorOf({
    session(signal) {
      customFields.forget();
      return openSession(client, people, queues, account.url, signal);
    },
    puller: new Puller(client, people, queues, tickets, (ticketId) => context.known(ticketId)),
    tickets,
    timelines,
    writer: new Writer(client, people, queues, tickets, customFields, landings),
    landings,
    async vocabulary(ticketId, signal) {
      const found: Result<Found | undefined> =
        ticketId === undefined ? ok(undefined) : await tickets.get(ticketId, signal);
      return found.ok ? vocabularyFor(found.value?.raw, queues, customFields, signal) : found;
    },
    people,
    /** Only of this ticket: RT itself would hand out any that we may see, and fail on an unknown one. */
    async attachment(ticketId, attachmentId, signal) {
      if (!/^\d+$/.test(ticketId)) return noSuchFile();
      const parts = await timelines.parts(ticketId, (part) => part.id === attachmentId, signal);
      if (!parts.ok) return parts;
      if (!parts.value.some((part) => part.id === attachmentId)) return noSuchFile();
      const stream = await client.stream(`/attachment/${attachmentId}`, signal);
      return stream.ok ? ok(contentOf(stream.value)) : stream;
    },
  });
}
