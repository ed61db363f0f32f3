import { adfOf } from '../../../src/backends/jira/fromMarkdown.ts';
import { fileOf } from '../http/form.ts';
import type { FakeAnswer, FakeRequest } from '../http/server.ts';
import { filesJson, personJson, slaJson } from './json.ts';
import type { JiraState } from './state.ts';
import { bodyOf, ok, Refusal, stamp, type FakeComment, type FakeIssue } from './wire.ts';

/** What the service desk adds: https://developer.atlassian.com/cloud/jira/service-desk/rest */
export class ServiceDesk {
  readonly #state: JiraState;
  /** Files that no request has yet. */
  readonly #temporary = new Map<string, { name: string; mediaType: string; bytes: Buffer }>();

  constructor(state: JiraState) {
    this.#state = state;
  }

  answer(request: FakeRequest, by: string): FakeAnswer {
    const [kind = '', id = '', what] = request.path.replace('/rest/servicedeskapi/', '').split('/');
    if (kind === 'servicedesk' && request.method === 'GET' && id === '') {
      const desk = { id: '4', projectId: '1', projectName: 'Helpdesk', projectKey: 'HELP' };
      return this.#page([desk], request.query);
    }
    if (kind === 'servicedesk' && what === 'attachTemporaryFile') return this.#keep(request, id);
    if (kind !== 'request') throw new Refusal(404, [`There is no ${request.path}.`]);
    const issue = this.#state.issues.get(id);
    if (issue?.project !== 'HELP') throw new Refusal(404, ['The issue is not a request.']);
    switch (`${request.method} ${what ?? ''}`) {
      case 'GET sla':
        return ok({ size: 1, start: 0, limit: 100, isLastPage: true, values: [slaJson(issue)] });
      case 'GET comment':
        return this.#page(
          issue.comments
            .filter(({ internal }) => request.query.get(internal ? 'internal' : 'public') !== 'false')
            .map((comment) => this.#commentJson(comment, request.query)),
          request.query,
        );
      case 'POST attachment':
        return this.#attach(issue, by, bodyOf(request));
      default:
        throw new Refusal(404, [`There is no ${request.path}.`]);
    }
  }

  #page(all: unknown[], query: URLSearchParams): FakeAnswer {
    const start = Number(query.get('start') ?? 0);
    const limit = Math.min(50, Number(query.get('limit') ?? 50));
    const values = all.slice(start, start + limit);
    return ok({ size: values.length, start, limit, isLastPage: start + limit >= all.length, values });
  }

  #commentJson({ id, body, internal, author, at, files }: FakeComment, query: URLSearchParams): object {
    const attached = this.#linked(files);
    return {
      id,
      body: JSON.stringify(body),
      public: !internal,
      author: personJson(this.#state, author),
      created: { iso8601: stamp(at), epochMillis: at },
      ...(query.get('expand') === 'attachment' && {
        attachments: {
          size: attached.length,
          start: 0,
          limit: 50,
          isLastPage: true,
          values: attached,
        },
      }),
    };
  }

  /** Named by their addresses in the platform's interface; their numbers are in nothing else. */
  #linked(ids: readonly string[]): object[] {
    const files = filesJson(this.#state, ids) as { filename: string; self: string; content: string }[];
    return files.map(({ filename, self, content }) => ({ filename, _links: { jiraRest: self, content } }));
  }

  /** Without the header that browsers can't forge it is refused, as is a form of another shape. */
  #keep(request: FakeRequest, deskId: string): FakeAnswer {
    if (deskId !== '4') throw new Refusal(404, ['Service Desk not found']);
    const file = uploaded(request);
    const id = `temp-${this.#state.next()}`;
    this.#temporary.set(id, file);
    return {
      status: 201,
      body: { temporaryAttachments: [{ temporaryAttachmentId: id, fileName: file.name }] },
    };
  }

  /** One comment with the text and the files; a temporary file can be used once. */
  #attach(issue: FakeIssue, by: string, wanted: Record<string, unknown>): FakeAnswer {
    const { temporaryAttachmentIds: ids = [], additionalComment } = wanted as {
      temporaryAttachmentIds?: string[];
      additionalComment?: { body: string };
    };
    const files = ids.map((id) => this.#temporary.get(id));
    if (files.length === 0 || files.includes(undefined))
      throw new Refusal(400, ['The attachment does not exist.']);
    for (const id of ids) this.#temporary.delete(id);
    const attached = files.flatMap((file) => (file ? [this.#state.attach(issue, by, file)] : []));
    const text = additionalComment?.body ?? '';
    const internal = wanted.public !== true && !this.#state.publishes;
    const comment = this.#state.comment(
      issue,
      by,
      this.#bodyWith(
        text,
        attached.map(({ name }) => name),
      ),
      {
        internal,
        files: attached.map(({ id }) => id),
        properties: [{ key: 'sd.public.comment', value: { internal } }],
      },
    );
    return {
      status: 201,
      body: {
        comment: { id: comment.id, body: text, public: !internal },
        attachments: {
          size: attached.length,
          values: this.#linked(attached.map(({ id }) => id)),
        },
      },
    };
  }

  /** The files stand below the text: as media in a document, by their names in wiki markup. */
  #bodyWith(text: string, names: readonly string[]): unknown {
    if (!this.#state.cloud) return [text, ...names.map((name) => `[^${name}]`)].filter(Boolean).join('\n\n');
    const media = names.map((name) => ({ type: 'media', attrs: { id: name, type: 'file', collection: '' } }));
    const said = text === '' ? [] : (adfOf(text).content ?? []);
    return { version: 1, type: 'doc', content: [...said, { type: 'mediaGroup', content: media }] };
  }
}

/** The file of a form as Jira takes it. */
export function uploaded(request: FakeRequest): { name: string; mediaType: string; bytes: Buffer } {
  if (request.headers['x-atlassian-token'] !== 'no-check') throw new Refusal(403, ['XSRF check failed']);
  const file = fileOf(request, 'file');
  if (file === undefined) throw new Refusal(400, ['There is no file.']);
  return file;
}
