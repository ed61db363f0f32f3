import { ok, type Result } from '../../desk/errors.ts';
import type { Backend, BackendContext } from '../backend.ts';
import { connectorOf, noSuchFile } from '../parts/connector.ts';
import { RedmineClient } from './client.ts';
import { CustomFields } from './customFields.ts';
import { Creator } from './create.ts';
import { Fields } from './fields.ts';
import { Landings } from './landed.ts';
import { Lookups } from './lookups.ts';
import { Markup } from './markup.ts';
import { People } from './people.ts';
import { Puller } from './pull.ts';
import { RightsOf } from './rights.ts';
import { openSession } from './session.ts';
import { Tickets, type Found } from './tickets.ts';
import { Timelines } from './timeline.ts';
import { vocabularyFor } from './vocabulary.ts';
import { Writer } from './write.ts';

/** Redmine 5 as one account sees it. */
export function redmineBackend(context: BackendContext): Backend {
  const { account, gateway } = context;
  const now = () => context.now();
  const client = new RedmineClient(gateway);
  const rights = new RightsOf(client);
  const lookups = new Lookups(client);
  const people = new People(client, rights);
  const markup = new Markup(client);
  const customFields = new CustomFields(client);
  const tickets = new Tickets(account, client, lookups, people);
  const timelines = new Timelines(client, lookups, people, markup);
  const fields = new Fields(lookups, people, rights, customFields);
  const creator = new Creator({ client, rights, lookups, people, fields });
  const landings = new Landings({ client, rights, tickets, timelines }, now);
  return connectorOf({
    session(signal) {
      lookups.forget();
      people.forget();
      markup.forget();
      customFields.forget();
      return openSession(client, rights, lookups, account.url, signal);
    },
    puller: new Puller({ client, lookups, people, tickets, timelines }, now, (ticketId) =>
      context.known(ticketId),
    ),
    tickets,
    timelines,
    writer: new Writer({ client, rights, lookups, tickets, fields, creator, landings }),
    landings,
    async vocabulary(ticketId, signal) {
      const found: Result<Found | undefined> =
        ticketId === undefined ? ok(undefined) : await tickets.get(ticketId, signal);
      return found.ok ? vocabularyFor(found.value?.raw, lookups, rights, customFields, signal) : found;
    },
    people,
    /** Only of this ticket: Redmine itself would hand out any that we may see. */
    async attachment(ticketId, attachmentId, signal) {
      const found = await tickets.get(ticketId, signal);
      if (!found.ok) return found;
      return found.value.raw.attachments.some(({ id }) => id === attachmentId)
        ? client.stream(`/attachments/download/${attachmentId}`, signal)
        : noSuchFile();
    },
  });
}
