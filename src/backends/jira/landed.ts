import { ok, type Result } from '../../desk/errors.ts';
import { sameText } from '../content/written.ts';
import { revisionTime, type Traces } from '../parts/landing.ts';
import type { JiraClient } from './client.ts';
import type { Edition } from './edition.ts';
import { personOf, type Found, type Issues } from './issues.ts';
import { hasKey, readable } from './mark.ts';
import type { People } from './people.ts';
import type { Timelines } from './timeline.ts';
import { notTaken, secondsOf } from './write.ts';

/** What Jira shows of us: texts and work logs carry their step's key, changes can be seen. */
export function tracesOf(
  client: JiraClient,
  people: People,
  issues: Issues,
  timelines: Timelines,
  edition: Edition,
): Traces<Found> {
  return {
    people,
    tickets: issues,
    timelines,
    notTaken: ({ ticket }, fields) => notTaken(ticket, fields),
    created: (key, _me, signal) => edition.created(client, key, signal),
    async said({ key, ticketId, step, revision }, me, signal): Promise<Result<boolean>> {
      if (step.type === 'post') {
        const comments = await timelines.comments(ticketId, signal);
        return comments.ok ? ok(comments.value.some(({ properties }) => hasKey(properties, key))) : comments;
      }
      if (step.type !== 'time') return ok(false);
      const logs = await timelines.worklogs(ticketId, signal);
      if (!logs.ok) return logs;
      if (edition.marksWork) return ok(logs.value.some(({ properties }) => hasKey(properties, key)));
      if (revision === undefined) return ok(false);
      const seconds = secondsOf(step.minutes);
      return ok(
        logs.value.some(
          ({ author, created, timeSpentSeconds, comment }) =>
            personOf(author).id === me &&
            created > revisionTime(revision) &&
            timeSpentSeconds === seconds &&
            sameText(comment ? readable(comment) : '', step.note ?? ''),
        ),
      );
    },
  };
}
