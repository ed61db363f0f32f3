import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Gateway, GatewayRequest } from '../gateway.ts';
import { understood as checked } from '../http/understood.ts';

type Query = NonNullable<GatewayRequest['query']>;
type Schema<T> = v.GenericSchema<unknown, T>;

export interface Answer<T> {
  value: T;
  headers: Readonly<Record<string, string>>;
}

export interface Page<T> {
  items: T[];
  /** One sentence for each item that was left out. */
  problems: string[];
  /** How many came, understood or not. */
  count: number;
}

const api = '/REST/2.0';
export const perPage = 100;
const mostPages = 200;
const listSchema = v.object({ items: v.array(v.unknown()) });

/** REST 2 with its answers checked. */
export class RtClient {
  readonly #gateway: Gateway;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  identity(): Promise<string | undefined> {
    return this.#gateway.identity();
  }

  async get<T>(
    schema: Schema<T>,
    path: string,
    signal: AbortSignal,
    query?: Query,
  ): Promise<Result<Answer<T>>> {
    const answer = await this.getRaw(path, signal, query);
    if (!answer.ok) return answer;
    const { value, headers } = answer.value;
    const read = understood(schema, value, path);
    return 'problem' in read
      ? fail({ reason: 'protocol', message: read.problem })
      : ok({ value: read.value, headers });
  }

  /** An answer that is JSON, and no more is known of it. */
  async getRaw(path: string, signal: AbortSignal, query?: Query): Promise<Result<Answer<unknown>>> {
    const response = await this.#gateway.request({ method: 'GET', path: api + path, query, signal });
    return response.ok ? ok({ value: response.value.body, headers: response.value.headers }) : response;
  }

  /** Changes something. What RT says in words is not looked at: whether it did so is found out by reading. */
  async send(
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    signal: AbortSignal,
    headers?: Record<string, string>,
  ): Promise<Result<unknown>> {
    const response = await this.#gateway.request({ method, path: api + path, body, headers, signal });
    return response.ok ? ok(response.value.body) : response;
  }

  /** One page of a list; `search` is RT's JSON form of a query. */
  async page<T>(
    schema: Schema<T>,
    path: string,
    signal: AbortSignal,
    query: Query,
    search?: readonly object[],
  ): Promise<Result<Page<T>>> {
    const response = await this.#gateway.request({
      method: search ? 'POST' : 'GET',
      path: api + path,
      query: { per_page: perPage, ...query },
      ...(search && { body: search }),
      idempotent: true,
      signal,
    });
    if (!response.ok) return response;
    const listed = understood(listSchema, response.value.body, path);
    if ('problem' in listed) return fail({ reason: 'protocol', message: listed.problem });
    const { items } = listed.value;
    const page: Page<T> = { items: [], problems: [], count: items.length };
    for (const item of items) {
      const read = understood(schema, item, path);
      if ('problem' in read) page.problems.push(read.problem);
      else page.items.push(read.value);
    }
    return ok(page);
  }

  /**
   * All of a list. RT takes rows we may not see out of a page after it was counted, so that a short page is not the
   * last one: `complete` may say that all that is known to exist has come; otherwise an empty page ends it.
   */
  async all<T>(
    schema: Schema<T>,
    path: string,
    signal: AbortSignal,
    query: Query,
    complete: (items: readonly T[], page: Page<T>) => boolean = () => false,
  ): Promise<Result<T[]>> {
    const items: T[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const answer = await this.page(schema, path, signal, { ...query, page });
      if (!answer.ok) return answer;
      items.push(...answer.value.items);
      if (answer.value.count === 0 || complete(items, answer.value)) return ok(items);
    }
    return fail({ reason: 'protocol', message: `The list ${path} does not end.` });
  }

  stream(path: string, signal: AbortSignal): Promise<Result<ReadableStream<Uint8Array>>> {
    return this.#gateway.stream({ method: 'GET', path: api + path, signal });
  }
}

/** What RT sent, if it is what it should be; otherwise a sentence that says where it is not. */
export function understood<T>(
  schema: Schema<T>,
  value: unknown,
  path: string,
): { value: T } | { problem: string } {
  return checked(schema, value, 'Request Tracker', path);
}

/** A string within a TicketSQL query. */
export function quoted(value: string): string {
  return `'${value.replace(/[\\']/g, '\\$&')}'`;
}
