import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { Gateway, GatewayRequest, GatewayResponse } from '../gateway.ts';
import { multipart, type FormFile } from '../http/multipart.ts';
import { checkedBy } from '../http/understood.ts';

type Schema<T> = v.GenericSchema<unknown, T>;
export type Query = NonNullable<GatewayRequest['query']>;

export const perPage = 100;
const mostPages = 100;
const failureSchema = v.object({
  errorMessages: v.optional(v.array(v.string()), []),
  errors: v.optional(v.record(v.string(), v.string()), {}),
});
const fieldNames: Record<string, string> = {
  summary: 'subject',
  labels: 'tags',
  project: 'team',
  reporter: 'requester',
};

/** Jira's REST interface with its answers checked. */
export class JiraClient {
  readonly #gateway: Gateway;
  readonly #now: () => Instant;
  readonly #api: string;
  /** How far the server's clock is ahead of ours. */
  #aheadMs = 0;

  /** `api` is where the platform's interface is. */
  constructor(gateway: Gateway, now: () => Instant, api: string) {
    this.#gateway = gateway;
    this.#api = api;
    this.#now = now;
  }

  /** By the server's clock, as it told with its last answer. */
  serverNow(): Instant {
    return this.#now() + this.#aheadMs;
  }

  async get<T>(schema: Schema<T>, path: string, signal: AbortSignal, query?: Query): Promise<Result<T>> {
    const answer = await this.#gateway.request({ method: 'GET', path: this.#pathOf(path), query, signal });
    if (!answer.ok) return answer;
    this.#hear(answer.value);
    return checked(schema, answer.value.body, path);
  }

  /** All of a list that is counted from `startAt`; `field` holds its items. */
  async all<T>(
    schema: Schema<T>,
    path: string,
    field: string,
    signal: AbortSignal,
    query: Query = {},
  ): Promise<Result<T[]>> {
    const pageSchema = v.looseObject({ [field]: v.array(schema) });
    const items: T[] = [];
    for (let page = 0; page < mostPages; page++) {
      const limit: Query = path.startsWith('/rest/')
        ? { start: items.length, limit: perPage }
        : { startAt: items.length, maxResults: perPage };
      const answer = await this.get(pageSchema, path, signal, { ...query, ...limit });
      if (!answer.ok) return answer;
      const more = answer.value[field] ?? [];
      items.push(...more);
      const { total, isLast, isLastPage } = answer.value as Record<string, unknown>;
      const ended =
        isLast === true || isLastPage === true || (typeof total === 'number' && items.length >= total);
      if (ended || more.length === 0) return ok(items);
    }
    return fail({ reason: 'protocol', message: `The list ${path} does not end.` });
  }

  /** Changes something. What Jira finds wrong it names by field. */
  async send(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    signal: AbortSignal,
    query?: Query,
  ): Promise<Result<GatewayResponse>> {
    const answer = await this.#gateway.request({
      method,
      path: this.#pathOf(path),
      body,
      signal,
      query,
      answers: [400],
    });
    return accepted(answer);
  }

  /** A file, under the header that Jira wants against forged forms. A temporary one may be sent again without harm. */
  async upload<T>(
    schema: Schema<T>,
    path: string,
    file: FormFile,
    signal: AbortSignal,
    { temporary }: { temporary: boolean } = { temporary: false },
  ): Promise<Result<T>> {
    const { type, body } = multipart(file);
    const answer = await this.#gateway.request({
      method: 'POST',
      path: this.#pathOf(path),
      headers: {
        'content-type': type,
        'x-atlassian-token': 'no-check',
        ...(temporary && { 'x-experimentalapi': 'opt-in' }),
      },
      body,
      idempotent: temporary,
      answers: [400],
      signal,
    });
    const taken = accepted(answer);
    return taken.ok ? checked(schema, taken.value.body, path) : taken;
  }

  delete(path: string, signal: AbortSignal): Promise<Result<unknown>> {
    return this.#gateway.request({ method: 'DELETE', path: this.#pathOf(path), idempotent: true, signal });
  }

  stream(path: string, signal: AbortSignal): Promise<Result<ReadableStream<Uint8Array>>> {
    return this.#gateway.stream({
      method: 'GET',
      path: this.#pathOf(path),
      query: { redirect: 'false' },
      signal,
    });
  }

  /** A path of the platform's interface, unless it names another one itself. */
  #pathOf(path: string): string {
    return /^\/(?:rest|secure)\//.test(path) ? path : this.#api + path;
  }

  #hear({ headers }: GatewayResponse): void {
    const theirs = Date.parse(headers.date ?? '');
    if (!Number.isNaN(theirs)) this.#aheadMs = theirs - this.#now();
  }
}

export const checked = checkedBy('Jira');

/** What Jira finds wrong it names by field. */
function accepted(answer: Result<GatewayResponse>): Result<GatewayResponse> {
  if (!answer.ok || answer.value.status !== 400) return answer;
  const said = v.safeParse(failureSchema, answer.value.body);
  const [field, message] = said.success ? (Object.entries(said.output.errors)[0] ?? []) : [];
  const text = message ?? (said.success ? said.output.errorMessages.join(' ') : '');
  return fail({
    reason: 'rejected',
    message: text === '' ? 'Jira refused the change.' : text,
    ...(field !== undefined && { field: fieldNames[field] ?? field }),
  });
}
