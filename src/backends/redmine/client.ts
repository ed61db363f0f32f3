import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Instant } from '../../desk/ticket.ts';
import type { Gateway, GatewayRequest } from '../gateway.ts';
import { understood as understoodBy } from '../http/understood.ts';

type Query = NonNullable<GatewayRequest['query']>;
type Schema<T> = v.GenericSchema<unknown, T>;

export interface Page<T> {
  items: T[];
  /** One sentence for each item that was left out. */
  problems: string[];
  /** How many came, understood or not. */
  count: number;
  /** How many there are in all. */
  total: number;
  /** When the server says it answered, where it does. */
  serverTime?: Instant;
}

/** The most that Redmine gives at once. */
export const perPage = 100;
const mostPages = 100;

/** Redmine's REST interface with its answers checked. */
export class RedmineClient {
  readonly #gateway: Gateway;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  async get<T>(schema: Schema<T>, path: string, signal: AbortSignal, query?: Query): Promise<Result<T>> {
    const answer = await this.getRaw(path, signal, query);
    if (!answer.ok) return answer;
    const read = understood(schema, answer.value, path);
    return 'problem' in read ? fail({ reason: 'protocol', message: read.problem }) : ok(read.value);
  }

  /** An answer that is JSON, and no more is known of it. */
  async getRaw(path: string, signal: AbortSignal, query?: Query): Promise<Result<unknown>> {
    const response = await this.#gateway.request({ method: 'GET', path: `${path}.json`, query, signal });
    return response.ok ? ok(response.value.body) : response;
  }

  /** Changes something. Redmine drops what it does not allow and says nothing: whether it did so is read again. */
  async send(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Result<unknown>> {
    const response = await this.#gateway.request({ method, path: `${path}.json`, body, signal });
    return response.ok ? ok(response.value.body) : response;
  }

  async delete(path: string, signal: AbortSignal): Promise<Result<unknown>> {
    const response = await this.#gateway.request({ method: 'DELETE', path: `${path}.json`, signal });
    return response.ok ? ok(response.value.body) : response;
  }

  /** Bytes for an attachment: a name for them to be used once. Doing it again only leaves an orphan. */
  async upload(bytes: Uint8Array, name: string, signal: AbortSignal): Promise<Result<unknown>> {
    const response = await this.#gateway.request({
      method: 'POST',
      path: '/uploads.json',
      query: { filename: name },
      headers: { 'content-type': 'application/octet-stream' },
      body: bytes,
      idempotent: true,
      signal,
    });
    return response.ok ? ok(response.value.body) : response;
  }

  /** One page of a list, which Redmine gives below its own name. */
  async page<T>(
    schema: Schema<T>,
    path: string,
    name: string,
    signal: AbortSignal,
    query: Query = {},
  ): Promise<Result<Page<T>>> {
    const response = await this.#gateway.request({
      method: 'GET',
      path: `${path}.json`,
      query: { limit: perPage, ...query },
      signal,
    });
    if (!response.ok) return response;
    const listed = understood(listSchema(name), response.value.body, path);
    if ('problem' in listed) return fail({ reason: 'protocol', message: listed.problem });
    const { items, total } = listed.value;
    const serverTime = Date.parse(response.value.headers.date ?? '');
    const page: Page<T> = { items: [], problems: [], count: items.length, total };
    if (!Number.isNaN(serverTime)) page.serverTime = serverTime;
    for (const item of items) {
      const read = understood(schema, item, path);
      if ('problem' in read) page.problems.push(read.problem);
      else page.items.push(read.value);
    }
    return ok(page);
  }

  /** A short list, which comes whole. */
  async whole<T>(schema: Schema<T>, path: string, name: string, signal: AbortSignal): Promise<Result<T[]>> {
    const listed = await this.get(v.object({ [name]: v.array(schema) }), path, signal);
    return listed.ok ? ok(listed.value[name] ?? []) : listed;
  }

  /** All of a list that does not move while it is read. */
  async all<T>(
    schema: Schema<T>,
    path: string,
    name: string,
    signal: AbortSignal,
    query: Query = {},
  ): Promise<Result<T[]>> {
    const items: T[] = [];
    for (let offset = 0; offset < mostPages * perPage;) {
      const page = await this.page(schema, path, name, signal, { ...query, offset });
      if (!page.ok) return page;
      items.push(...page.value.items);
      offset += page.value.count;
      if (page.value.count === 0 || offset >= page.value.total) return ok(items);
    }
    return fail({ reason: 'protocol', message: `The list ${path} does not end.` });
  }

  stream(path: string, signal: AbortSignal): Promise<Result<ReadableStream<Uint8Array>>> {
    return this.#gateway.stream({ method: 'GET', path, signal });
  }
}

function listSchema(name: string) {
  return v.pipe(
    v.looseObject({ [name]: v.array(v.unknown()), total_count: v.optional(v.number()) }),
    v.transform((list) => {
      const { [name]: found, total_count: total } = list;
      const items: unknown[] = Array.isArray(found) ? found : [];
      return { items, total: typeof total === 'number' ? total : items.length };
    }),
  );
}

/** What came, if it is what it should be; otherwise a sentence that says where it is not. */
export function understood<T>(schema: Schema<T>, value: unknown, path: string) {
  return understoodBy(schema, value, 'Redmine', path);
}

/** An instant as Redmine's filters read it: in whole seconds, and only with a `Z`. */
export function filterTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
}
