import type { Attachment, Body, Entry, FieldChange } from '../../desk/entry.ts';
import { ok, type Result } from '../../desk/errors.ts';
import { meaningOf } from '../content/meaning.ts';
import type { JiraClient } from './client.ts';
import type { Edition } from './edition.ts';
import type { Files } from './files.ts';
import { personOf, type Found } from './issues.ts';
import { readable, textOf, withoutFiles } from './mark.ts';
import { commentSchema, worklogSchema, type Comment, type History } from './schema.ts';
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

  readonly #files: Files;

  constructor(client: JiraClient, edition: Edition, files: Files) {
    this.#client = client;
    this.#edition = edition;
    this.#files = files;
  }

  comments(id: string, signal: AbortSignal): Promise<Result<Comment[]>> {
    return this.#client.all(commentSchema, `/issue/${id}/comment`, 'comments', signal, withProperties);
  }

  worklogs(id: string, signal: AbortSignal): Promise<Result<Worklog[]>> {
    return this.#client.all(worklogSchema, `/issue/${id}/worklog`, 'worklogs', signal, withProperties);
  }

  /** Oldest first, beginning with the description. */
  async entries({ raw, ticket }: Found, signal: AbortSignal): Promise<Result<Entry[]>> {
    const [comments, worklogs, histories, together] = await Promise.all([
      this.comments(raw.id, signal),
      this.worklogs(raw.id, signal),
      this.#edition.histories(this.#client, raw.id, signal),
      this.#files.byComment(raw, signal),
    ]);
    if (!comments.ok) return comments;
    if (!worklogs.ok) return worklogs;
    if (!histories.ok) return histories;
    if (!together.ok) return together;
    const requester = ticket.requester?.id;
    const { description, created, reporter, attachment } = raw.fields;
    const text = description ? readable(description) : '';
    const opening = spoken('description', created, personOf(reporter), text, false, []);
    const placed = new Set([...together.value.values()].flat());
    const said = comments.value.map((comment) => {
      const own = attachment.filter(({ id }) => together.value.get(comment.id)?.includes(id));
      const names = own.map(({ filename }) => filename);
      const body = own.length > 0 && comment.body ? withoutFiles(comment.body, names) : comment.body;
      return spoken(
        comment.id,
        comment.created,
        personOf(comment.author),
        textOf(body, comment.properties),
        isInternal(comment),
        own.map(fileOf),
      );
    });
    const worked = worklogs.value.map((log): Entry => ({
      ...plain(`work-${log.id}`, log.created, personOf(log.author)),
      kind: 'time',
      minutes: Math.round(log.timeSpentSeconds / 60),
      ...(log.comment && { body: { text: textOf(log.comment, log.properties), format: 'markdown' } }),
      visibility: 'internal',
    }));
    const changed = histories.value.flatMap(({ id, created: at, author, items }): Entry[] => {
      const changes = items.filter(({ field }) => !quiet.has(field)).map(changeOf);
      if (changes.length === 0) return [];
      const kind = changes.some(({ field }) => field === 'status') ? 'status' : 'field';
      return [{ ...plain(`change-${id}`, at, personOf(author)), kind, changes }];
    });
    // What customers send with their request is theirs to see; of other files it is not known.
    const files = attachment
      .filter(({ id }) => !placed.has(id))
      .map((file): Entry => ({
        ...plain(`file-${file.id}`, file.created, personOf(file.author)),
        kind: 'attachment',
        visibility: personOf(file.author).id === requester ? 'public' : 'internal',
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

/** A link's other end is in the keys; its texts are sentences. */
function changeOf({ field, from, to, fromString, toString }: History['items'][number]): FieldChange {
  const isLink = field === 'Link';
  const [before, after] = isLink ? [from, to] : [fromString, toString];
  return {
    field: isLink ? 'related' : (fieldNames[field] ?? field),
    ...(before && { from: before }),
    ...(after && { to: after }),
  };
}

/** Data Center does not say it but in the property that the wish was sent as. */
export function isInternal({ jsdPublic, visibility, properties }: Comment): boolean {
  if (visibility !== undefined && visibility !== null) return true;
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

function spoken(
  id: string,
  at: number,
  author: Entry['author'],
  text: string,
  internal: boolean,
  attachments: Attachment[],
): Entry {
  const body: Body | undefined =
    text === '' && attachments.length > 0 ? undefined : { text, format: 'markdown' };
  return {
    ...plain(id, at, author),
    visibility: internal ? 'internal' : 'public',
    attachments,
    ...(body && { body }),
    ...meaningOf(internal, body, attachments.length > 0),
  };
}
