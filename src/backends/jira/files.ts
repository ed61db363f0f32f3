import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { SentFile } from '../../desk/operation.ts';
import { fileName } from '../content/fileName.ts';
import { unsupported } from '../parts/steps.ts';
import type { JiraClient } from './client.ts';
import { adfOf } from './fromMarkdown.ts';
import { personOf } from './issues.ts';
import { markFor, property, withoutFiles } from './mark.ts';
import { commentSchema, type Issue } from './schema.ts';
import { wikiOf } from './toWiki.ts';

const api = '/rest/servicedeskapi';
const deskSchema = v.object({ id: v.string(), projectKey: v.string() });
const keptSchema = v.object({
  temporaryAttachments: v.array(v.object({ temporaryAttachmentId: v.string() })),
});
/** The desk's own interface names files by their addresses in the platform's. */
const attachedSchema = v.pipe(
  v.optional(
    v.object({ values: v.optional(v.array(v.object({ _links: v.object({ jiraRest: v.string() }) })), []) }),
    {},
  ),
  v.transform(({ values }) => values.map(({ _links }) => _links.jiraRest.replace(/^.*\//, ''))),
);
const sentSchema = v.object({
  comment: v.object({ id: v.string(), public: v.boolean() }),
  attachments: attachedSchema,
});
const withFilesSchema = v.object({ id: v.string(), attachments: attachedSchema });

/** What is sent together. */
export interface Parcel {
  /** Of the step. */
  key: string;
  /** Markdown; empty for files alone. */
  text: string;
  visibility: 'public' | 'internal';
  files: readonly SentFile[];
}

/** Files to and from Jira. A service desk keeps them internal where it is told to; elsewhere everybody sees them. */
export class Files {
  readonly #client: JiraClient;
  #desks: Map<string, string> | undefined;

  constructor(client: JiraClient) {
    this.#client = client;
  }

  /** The files of an issue by the comment they came with; none where it is no request of a service desk. */
  async byComment({ id, fields }: Issue, signal: AbortSignal): Promise<Result<Map<string, string[]>>> {
    const none = new Map<string, string[]>();
    if (fields.attachment.length === 0) return ok(none);
    const desk = await this.#deskOf(fields.project.key, signal);
    if (!desk.ok) return desk;
    if (desk.value === undefined) return ok(none);
    const query = { expand: 'attachment', public: 'true', internal: 'true' };
    const path = `${api}/request/${id}/comment`;
    const comments = await this.#client.all(withFilesSchema, path, 'values', signal, query);
    if (!comments.ok) return isMissing(comments.error.reason) ? ok(none) : comments;
    return ok(new Map(comments.value.map((comment) => [comment.id, comment.attachments])));
  }

  /** One comment with all of it where there is a service desk, files without one elsewhere; gives what is left to say. */
  async send(issue: Issue, parcel: Parcel, signal: AbortSignal): Promise<Result<string>> {
    const desk = await this.#deskOf(issue.fields.project.key, signal);
    if (!desk.ok) return desk;
    if (desk.value !== undefined) return this.#sendToDesk(desk.value, issue.id, parcel, signal);
    if (parcel.visibility === 'internal') {
      return unsupported('This project is no service desk: everybody would see the file.');
    }
    for (const file of parcel.files) {
      const sent = await this.#client.upload(
        v.unknown(),
        `/issue/${issue.id}/attachments`,
        formOf(file),
        signal,
      );
      if (!sent.ok) return sent;
    }
    return ok(parcel.text);
  }

  /** Nobody sees a temporary file before it is sent on. */
  async #sendToDesk(
    desk: string,
    id: string,
    { key, text, visibility, files }: Parcel,
    signal: AbortSignal,
  ): Promise<Result<string>> {
    const ids: string[] = [];
    for (const file of files) {
      const path = `${api}/servicedesk/${desk}/attachTemporaryFile`;
      const kept = await this.#client.upload(keptSchema, path, formOf(file), signal, { temporary: true });
      if (!kept.ok) return kept;
      ids.push(...kept.value.temporaryAttachments.map(({ temporaryAttachmentId }) => temporaryAttachmentId));
    }
    const body = {
      temporaryAttachmentIds: ids,
      public: visibility === 'public',
      ...(text !== '' && { additionalComment: { body: wikiOf(adfOf(text)) } }),
    };
    const sent = await this.#client.send('POST', `${api}/request/${id}/attachment`, body, signal);
    if (!sent.ok) return sent;
    const made = v.safeParse(sentSchema, sent.value.body);
    if (!made.success) {
      return fail({ reason: 'unknown-outcome', message: 'Jira did not say what it made of the files.' });
    }
    const { comment, attachments } = made.output;
    if (visibility === 'public' || !comment.public) {
      if (text !== '') await this.#mark(id, comment.id, { key, text, files }, signal);
      return ok('');
    }
    for (const path of [
      ...attachments.map((one) => `/attachment/${one}`),
      `/issue/${id}/comment/${comment.id}`,
    ]) {
      await this.#client.delete(path, signal);
    }
    return unsupported('Jira published the files, which were deleted at once.');
  }

  /** The desk takes no property with the comment. Without one the text is found, and shown, by what Jira made of it. */
  async #mark(
    id: string,
    comment: string,
    { key, text, files }: Pick<Parcel, 'key' | 'text' | 'files'>,
    signal: AbortSignal,
  ): Promise<void> {
    const made = await this.#client.get(commentSchema, `/issue/${id}/comment/${comment}`, signal);
    if (!made.ok || !made.value.body) return;
    const names = files.map(({ name }) => fileName(name));
    const mark = markFor(text, key, withoutFiles(made.value.body, names));
    await this.#client.send('PUT', `/comment/${comment}/properties/${property}`, mark, signal);
  }

  /** The service desk of a project. Asked once; a Jira without service desks does not know the question. */
  async #deskOf(project: string, signal: AbortSignal): Promise<Result<string | undefined>> {
    if (this.#desks === undefined) {
      const desks = await this.#client.all(deskSchema, `${api}/servicedesk`, 'values', signal);
      if (!desks.ok && !isMissing(desks.error.reason)) return desks;
      this.#desks = new Map((desks.ok ? desks.value : []).map(({ id, projectKey }) => [projectKey, id]));
    }
    return ok(this.#desks.get(project));
  }
}

/** Which of an issue's files are these, sent by us since then? Nothing if one is missing. */
export function arrived(
  { fields }: Issue,
  files: readonly SentFile[],
  me: string,
  since: number,
): string[] | undefined {
  const left = fields.attachment.filter(
    ({ author, created }) => personOf(author).id === me && created > since,
  );
  const ids: string[] = [];
  for (const { name, base64 } of files) {
    const at = left.findIndex(
      ({ filename, size }) => filename === fileName(name) && size === Buffer.byteLength(base64, 'base64'),
    );
    const [found] = at === -1 ? [] : left.splice(at, 1);
    if (found === undefined) return undefined;
    ids.push(found.id);
  }
  return ids;
}

function isMissing(reason: string): boolean {
  return reason === 'not-found' || reason === 'forbidden';
}

function formOf({ name, mediaType, base64 }: SentFile) {
  return { field: 'file', name: fileName(name), mediaType, bytes: Buffer.from(base64, 'base64') };
}
