import * as v from 'valibot';
import { ok, type Result } from '../../desk/errors.ts';
import type { Traces } from '../parts/landing.ts';
import type { JiraClient } from './client.ts';
import type { Found, Issues } from './issues.ts';
import { hasKey } from './mark.ts';
import type { People } from './people.ts';
import type { Timelines } from './timeline.ts';
import { notTaken } from './write.ts';

const markedSchema = v.object({
  issues: v.array(
    v.object({ id: v.string(), properties: v.optional(v.record(v.string(), v.unknown()), {}) }),
  ),
});

/** What Jira shows of us: texts and work logs carry their step's key, changes can be seen. */
export function tracesOf(
  client: JiraClient,
  people: People,
  issues: Issues,
  timelines: Timelines,
): Traces<Found> {
  return {
    people,
    tickets: issues,
    timelines,
    notTaken: ({ ticket }, fields) => notTaken(ticket, fields),
    async created(key, _me, signal) {
      const found = await client.get(markedSchema, '/search/jql', signal, {
        jql: 'creator = currentUser() ORDER BY created DESC',
        fields: 'summary',
        properties: 'deskside',
        maxResults: 50,
      });
      if (!found.ok) return found;
      const ours = found.value.issues.find(({ properties }) =>
        hasKey(
          Object.entries(properties).map(([name, value]) => ({ key: name, value })),
          key,
        ),
      );
      return ok(ours?.id);
    },
    async said({ key, ticketId, step }, _me, signal): Promise<Result<boolean>> {
      if (step.type !== 'post' && step.type !== 'time') return ok(false);
      const list = await (step.type === 'post'
        ? timelines.comments(ticketId, signal)
        : timelines.worklogs(ticketId, signal));
      return list.ok ? ok(list.value.some(({ properties }) => hasKey(properties, key))) : list;
    },
  };
}
