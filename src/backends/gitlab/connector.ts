import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Backend, BackendContext, Session } from '../backend.ts';
import { pullerOf } from '../listing/changes.ts';
import { connectorOf, noSuchFile } from '../parts/connector.ts';
import { landingsOf } from '../parts/landing.ts';
import { GitLabClient } from './client.ts';
import { Issues } from './issues.ts';
import { tracesOf } from './landed.ts';
import { Lists } from './lists.ts';
import { People } from './people.ts';
import { projectOf } from './place.ts';
import { openSession } from './session.ts';
import { Timelines } from './timeline.ts';
import { Writer } from './write.ts';

/** The issues of one GitLab project as one account sees them. */
export function gitlabBackend({ account, gateway }: BackendContext): Backend {
  const place = projectOf(account);
  const project = place.ok ? place.value : { name: '', path: '/projects/none' };
  const client = new GitLabClient(gateway);
  const people = new People(client, project.path);
  const tickets = new Issues(account, project, client, people);
  const timelines = new Timelines(client, tickets);
  const lists = new Lists(client, tickets);
  let known: Session | undefined;
  const session = async (signal: AbortSignal): Promise<Result<Session>> => {
    if (!place.ok) return fail(place.error);
    const opened = await openSession(client, people, tickets, signal);
    known = opened.ok ? opened.value : undefined;
    return opened;
  };
  const mayNote = async (signal: AbortSignal): Promise<Result<boolean>> => {
    const now = known === undefined ? await session(signal) : ok(known);
    return now.ok ? ok(now.value.capabilities.internalNote) : now;
  };
  return connectorOf({
    session,
    puller: pullerOf((scope, signal) => lists.of(scope, signal)),
    tickets,
    timelines,
    writer: new Writer(client, people, tickets, mayNote),
    landings: landingsOf(tracesOf(client, people, tickets, timelines)),
    vocabulary: (_ticketId, signal) => tickets.vocabulary(signal),
    people,
    /** Only what this ticket's texts link to. */
    async attachment(ticketId, attachmentId, signal) {
      const found = await tickets.get(ticketId, signal);
      if (!found.ok) return found;
      const entries = await timelines.entries(found.value, signal);
      if (!entries.ok) return entries;
      const files = entries.value.flatMap(({ attachments }) => attachments);
      return files.some(({ id }) => id === attachmentId)
        ? client.stream(`${project.path}/uploads/${attachmentId}`, signal)
        : noSuchFile();
    },
  });
}
