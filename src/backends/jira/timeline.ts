import type { Attachment, Body, Entry } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import { meaningOf } from '../content/meaning.ts';
import type { JiraClient } from './client.ts';
import type { Edition } from './edition.ts';
import { personOf, type Found } from './issues.ts';
import { readable, textOf } from './mark.ts';
import { commentSchema, worklogSchema, type Comment } from './schema.ts';
import * as v from 'valibot';

type Worklog = v.InferOutput<typeof worklogSchema>;
/** How a service desk tells internal comments from public ones. */
export const internalComment = { key: 'sd.public.comment', value: { internal: true } };
const internalSchema = v.object({ internal: v.boolean() });
const withProperties = { expand: 'properties' };
const fieldNames: Record<string, string> = {
  summary: 'subject',
  labels: 'tags',
  project: 'team',
  duedate: 'due',
};
/** What another entry tells already, or what nobody but Jira needs. */
const quiet = new Set([
  'Comment',
  'WorklogId',
  'WorklogTimeSpent',
  'timespent',
  'timeestimate',
  'Rank',
  'Attachment',
  'description',
]);

/** What was written, worked and changed. */
export class Timelines {
  readonly #client: JiraClient;
  readonly #edition: Edition;

  constructor(client: JiraClient, edition: Edition) {
    this.#client = client;
    this.#edition = edition;
  }

  comments(id: string, signal: AbortSignal): Promise<Result<Comment[]>> {
    return this.#client.all(commentSchema, `/issue/${id}/comment`, 'comments', signal, withProperties);
  }

  worklogs(id: string, signal: AbortSignal): Promise<Result<Worklog[]>> {
    return this.#client.all(worklogSchema, `/issue/${id}/worklog`, 'worklogs', signal, withProperties);
  }

  /** Oldest first, beginning with the description. */
  async entries({ raw, ticket }: Found, signal: AbortSignal): Promise<Result<Entry[]>> {
    const [comments, worklogs, histories] = await Promise.all([
      this.comments(raw.id, signal),
      this.worklogs(raw.id, signal),
      this.#edition.histories(this.#client, raw.id, signal),
    ]);
    if (!comments.ok) return comments;
    if (!worklogs.ok) return worklogs;
    if (!histories.ok) return histories;
    const requester = ticket.requester?.id;
    const { description, created, reporter, attachment } = raw.fields;
    const text = description ? readable(description) : '';
    const opening = spoken('description', created, personOf(reporter), text, false);
    const said = comments.value.map((comment) =>
      spoken(
        comment.id,
        comment.created,
        personOf(comment.author),
        textOf(comment.body, comment.properties),
        isInternal(comment),
      ),
    );
    const worked = worklogs.value.map((log): Entry => ({
      ...plain(`work-${log.id}`, log.created, personOf(log.author)),
      kind: 'time',
      minutes: Math.round(log.timeSpentSeconds / 60),
      ...(log.comment && { body: { text: textOf(log.comment, log.properties), format: 'markdown' } }),
      visibility: 'internal',
    }));
    const changed = histories.value.flatMap(({ id, created: at, author, items }): Entry[] => {
      const changes = items
        .filter(({ field }) => !quiet.has(field))
        .map(({ field, fromString: from, toString: to }) => ({
          field: fieldNames[field] ?? field,
          ...(from && { from }),
          ...(to && { to }),
        }));
      if (changes.length === 0) return [];
      const kind = changes.some(({ field }) => field === 'status') ? 'status' : 'field';
      return [{ ...plain(`change-${id}`, at, personOf(author)), kind, changes }];
    });
    const files = attachment.map((file): Entry => ({
      ...plain(`file-${file.id}`, file.created, personOf(file.author)),
      kind: 'attachment',
      visibility: 'internal',
      attachments: [fileOf(file)],
    }));
    return ok(
      [opening, ...said, ...worked, ...changed, ...files]
        .map((entry) => ({
          ...entry,
          fromRequester: entry.visibility === 'public' && entry.author.id === requester,
        }))
        .sort((a, b) => a.at - b.at),
    );
  }
}

/** Data Center does not say it but in the property that the wish was sent as. */
export function isInternal({ jsdPublic, properties }: Comment): boolean {
  if (jsdPublic !== undefined) return !jsdPublic;
  const wish = v.safeParse(internalSchema, properties.find(({ key }) => key === internalComment.key)?.value);
  return wish.success && wish.output.internal;
}

function fileOf({ id, filename, mimeType, size }: Found['raw']['fields']['attachment'][number]): Attachment {
  return { id, name: filename, mediaType: mimeType, ...(size !== undefined && { size }) };
}

function plain(id: string, at: number, author: Entry['author']): Entry {
  return {
    id,
    at,
    author,
    kind: 'field',
    visibility: 'system',
    changes: [],
    attachments: [],
    fromRequester: false,
  };
}

function spoken(id: string, at: number, author: Entry['author'], text: string, internal: boolean): Entry {
  const body: Body = { text, format: 'markdown' };
  return {
    ...plain(id, at, author),
    visibility: internal ? 'internal' : 'public',
    body,
    ...meaningOf(internal, body, false),
  };
}
