import { cancelled, fail } from '../../desk/errors.ts';
import type { Backend, BackendContext } from '../backend.ts';
import { pullerOf } from '../listing/changes.ts';
import { connectorOf, noSuchFile } from '../parts/connector.ts';
import { landingsOf } from '../parts/landing.ts';
import { GitHubClient } from './client.ts';
import { Issues } from './issues.ts';
import { vocabularyOf } from './labels.ts';
import { tracesOf } from './landed.ts';
import { Lists } from './lists.ts';
import { People } from './people.ts';
import { repositoryOf } from './place.ts';
import { openSession } from './session.ts';
import { Timelines } from './timeline.ts';
import { Writer } from './write.ts';

/** The issues of one GitHub repository as one account sees them. */
export function githubBackend({ account, gateway }: BackendContext): Backend {
  const place = repositoryOf(account);
  const repository = place.ok ? place.value : { owner: '', name: '' };
  const client = new GitHubClient(gateway);
  const people = new People(client, `/repos/${repository.owner}/${repository.name}`);
  const tickets = new Issues(account, repository, client, people);
  const timelines = new Timelines(client, tickets);
  const lists = new Lists(client, people, tickets);
  return connectorOf({
    session: async (signal) => (place.ok ? openSession(client, people, tickets, signal) : fail(place.error)),
    puller: pullerOf((scope, signal) => lists.of(scope, signal)),
    tickets,
    timelines,
    writer: new Writer(client, people, tickets),
    landings: landingsOf(tracesOf(client, people, tickets, timelines)),
    vocabulary: (_ticketId, signal) => vocabularyOf(client, tickets, signal),
    people,
    /** Files are links within the text; GitHub hands them out to browsers only. */
    attachment: (_ticketId, _attachmentId, signal) =>
      Promise.resolve(signal.aborted ? cancelled() : noSuchFile()),
  });
}
