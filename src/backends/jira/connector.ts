import { ok } from '../../desk/errors.ts';
import type { Backend, BackendContext } from '../backend.ts';
import { pullerOf } from '../listing/changes.ts';
import { connectorOf, noSuchFile } from '../parts/connector.ts';
import { landingsOf } from '../parts/landing.ts';
import { JiraClient } from './client.ts';
import type { Edition } from './edition.ts';
import { Files } from './files.ts';
import { Issues } from './issues.ts';
import { tracesOf } from './landed.ts';
import { Lists } from './lists.ts';
import { People } from './people.ts';
import { openSession } from './session.ts';
import { clocksOf } from './sla.ts';
import { Timelines } from './timeline.ts';
import { vocabularyFor } from './vocabulary.ts';
import { Writer } from './write.ts';

export { cloud, dataCenter } from './edition.ts';

/** A Jira site as one account sees it. */
export function jiraBackend(context: BackendContext, edition: Edition): Backend {
  const written = new Set<string>();
  const client = new JiraClient(context.gateway, () => context.now(), edition.api);
  const people = new People(client, edition);
  const issues = new Issues(context.account, client, people);
  const files = new Files(client);
  const timelines = new Timelines(client, edition, files);
  const lists = new Lists(client, people, issues, written, edition);
  const connector = connectorOf({
    session: (signal) => openSession(client, people, signal),
    puller: pullerOf((scope, signal) => lists.of(scope, signal)),
    tickets: issues,
    timelines,
    writer: new Writer({ client, people, issues, files, written, edition }),
    landings: landingsOf(tracesOf({ client, people, issues, files, timelines, edition })),
    vocabulary: (ticketId, signal) => vocabularyFor(ticketId, { client, people, issues }, signal),
    people,
    /** Only of this ticket. */
    async attachment(ticketId, attachmentId, signal) {
      const found = await issues.get(ticketId, signal);
      if (!found.ok) return found;
      const file = found.value.raw.fields.attachment.find(({ id }) => id === attachmentId);
      const path = file && edition.filePath(file);
      return path === undefined ? noSuchFile() : client.stream(path, signal);
    },
  });
  return {
    ...connector,
    /** Where its service levels did not come with it, they are asked for. */
    async timeline(ticketId, signal) {
      const timeline = await connector.timeline(ticketId, signal);
      if (!timeline.ok || timeline.value.ticket.sla.length > 0) return timeline;
      const sla = await clocksOf(client, ticketId, signal);
      return sla.ok ? ok({ ...timeline.value, ticket: { ...timeline.value.ticket, sla: sla.value } }) : sla;
    },
  };
}
