import { ok, type Result } from '../../desk/errors.ts';
import { filesOf } from '../../desk/operation.ts';
import type { Sending } from '../backend.ts';
import { sameText } from '../content/written.ts';
import { revisionTime, type Traces } from '../parts/landing.ts';
import type { JiraClient } from './client.ts';
import type { Edition } from './edition.ts';
import { arrived, type Files } from './files.ts';
import { personOf, type Found, type Issues } from './issues.ts';
import { isTied } from './links.ts';
import { hasKey, readable } from './mark.ts';
import type { People } from './people.ts';
import type { Timelines } from './timeline.ts';
import { notTaken, secondsOf } from './write.ts';

/** What Jira shows of us: texts and work logs carry their step's key, changes can be seen. */
export function tracesOf({
  client,
  people,
  issues,
  files,
  timelines,
  edition,
}: {
  client: JiraClient;
  people: People;
  issues: Issues;
  files: Files;
  timelines: Timelines;
  edition: Edition;
}): Traces<Found> {
  /** A service desk makes the comment that comes with files, and lets us put no key beside it. */
  const filesArrived = async (
    { ticketId, step, revision }: Sending & { ticketId: string },
    me: string,
    signal: AbortSignal,
  ): Promise<Result<boolean>> => {
    const found = await issues.get(ticketId, signal);
    if (!found.ok) return found;
    const { raw } = found.value;
    const since = revision === undefined ? 0 : revisionTime(revision);
    const ids = arrived(raw, filesOf(step), me, since);
    if (ids === undefined || step.type === 'attach') return ok(ids !== undefined);
    const together = await files.byComment(raw, signal);
    if (!together.ok) return together;
    return ok([...together.value.values()].some((one) => ids.every((id) => one.includes(id))));
  };
  return {
    people,
    tickets: issues,
    timelines,
    notTaken: ({ ticket }, fields) => notTaken(ticket, fields),
    created: (key, _me, signal) => edition.created(client, key, signal),
    async said(sending, me, signal): Promise<Result<boolean>> {
      const { key, ticketId, step, revision } = sending;
      if (step.type === 'attach') return filesArrived(sending, me, signal);
      if (step.type === 'relate') {
        const found = await issues.get(ticketId, signal);
        return found.ok ? ok(isTied(found.value.raw, step)) : found;
      }
      if (step.type === 'post') {
        const comments = await timelines.comments(ticketId, signal);
        if (!comments.ok) return comments;
        const marked = comments.value.some(({ properties }) => hasKey(properties, key));
        return marked || filesOf(step).length === 0 ? ok(marked) : filesArrived(sending, me, signal);
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
