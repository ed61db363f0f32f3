import { ok, type Result } from '../../desk/errors.ts';
import { hasMark } from '../content/mark.ts';
import type { Traces } from '../parts/landing.ts';
import { perPage } from '../listing/pages.ts';
import { checked, type GitHubClient } from './client.ts';
import type { Found, Issues } from './issues.ts';
import type { People } from './people.ts';
import { commentSchema, issueSchema } from './schema.ts';
import type { Timelines } from './timeline.ts';

/** What GitHub shows of us: texts carry their step's key, changes can be seen. */
export function tracesOf(
  client: GitHubClient,
  people: People,
  issues: Issues,
  timelines: Timelines,
): Traces<Found> {
  return {
    people,
    tickets: issues,
    timelines,
    notTaken: ({ raw }, fields) => issues.notTaken(raw, fields),
    /** Among our newest issues: nobody makes a hundred while an answer is lost. */
    async created(key, me, signal) {
      const path = `${issues.path}/issues`;
      const query = { creator: me, state: 'all', sort: 'created', direction: 'desc', per_page: perPage };
      const listed = await client.page(path, signal, query);
      if (!listed.ok) return listed;
      for (const item of listed.value.items) {
        const issue = checked(issueSchema, item, path);
        if (issue.ok && hasMark(issue.value.body, key)) return ok(String(issue.value.number));
      }
      return ok(undefined);
    },
    async said({ key, ticketId, step }, me, signal): Promise<Result<boolean>> {
      if (step.type !== 'post') return ok(false);
      const path = `${issues.path}/issues/${encodeURIComponent(ticketId)}/comments`;
      const comments = await client.all(commentSchema, path, signal);
      return comments.ok
        ? ok(comments.value.some(({ body, user }) => user.login === me && hasMark(body, key)))
        : comments;
    },
  };
}
