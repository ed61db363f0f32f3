import { ok, type Result } from '../../desk/errors.ts';
import { hasMark } from '../content/mark.ts';
import { revisionTime, type Traces } from '../parts/landing.ts';
import { checked, type GitLabClient } from './client.ts';
import type { Found, Issues } from './issues.ts';
import type { People } from './people.ts';
import { issueSchema } from './schema.ts';
import type { Timelines } from './timeline.ts';

/** What GitLab shows of us: texts carry their step's key, time and changes are told by the history. */
export function tracesOf(
  client: GitLabClient,
  people: People,
  issues: Issues,
  timelines: Timelines,
): Traces<Found> {
  return {
    people,
    tickets: issues,
    timelines,
    notTaken: (found, fields) => issues.notTaken(found, fields),
    /** Among our newest issues: nobody makes a hundred while an answer is lost. */
    async created(key, _me, signal) {
      const path = `${issues.project.path}/issues`;
      const query = { scope: 'created_by_me', order_by: 'created_at', sort: 'desc' };
      const listed = await client.page(path, signal, query);
      if (!listed.ok) return listed;
      for (const item of listed.value.items) {
        const issue = checked(issueSchema, item, path);
        if (issue.ok && hasMark(issue.value.description, key)) return ok(String(issue.value.iid));
      }
      return ok(undefined);
    },
    async said({ key, ticketId, step, revision }, me, signal): Promise<Result<boolean>> {
      if (step.type === 'post' || step.type === 'attach') {
        const notes = await timelines.notes(ticketId, signal);
        return notes.ok
          ? ok(notes.value.some(({ body, author }) => author.username === me && hasMark(body, key)))
          : notes;
      }
      if (step.type !== 'time' || revision === undefined) return ok(false);
      const found = await issues.get(ticketId, signal);
      if (!found.ok) return found;
      const entries = await timelines.entries(found.value, signal);
      if (!entries.ok) return entries;
      const after = revisionTime(revision);
      const ours = entries.value.filter((entry) => entry.author.id === me && entry.at > after);
      return ok(ours.some((entry) => entry.kind === 'time' && entry.minutes === Math.round(step.minutes)));
    },
  };
}
