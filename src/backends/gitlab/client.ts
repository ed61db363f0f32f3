import type { GenericSchema } from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Gateway, GatewayRequest } from '../gateway.ts';
import { multipart, type FormFile } from '../http/multipart.ts';
import { checkedBy } from '../http/understood.ts';
import { allPages, perPage, type ListPage } from '../listing/pages.ts';

type Schema<T> = GenericSchema<unknown, T>;
export type Query = NonNullable<GatewayRequest['query']>;

/** GitLab's REST interface with its answers checked. */
export class GitLabClient {
  readonly #gateway: Gateway;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  async get<T>(schema: Schema<T>, path: string, signal: AbortSignal): Promise<Result<T>> {
    const answer = await this.#gateway.request({ method: 'GET', path, signal });
    return answer.ok ? checked(schema, answer.value.body, path) : answer;
  }

  /** One page of a list, its items not yet looked at. */
  async page(path: string, signal: AbortSignal, query: Query): Promise<Result<ListPage>> {
    const whole = { per_page: perPage, ...query };
    const answer = await this.#gateway.request({ method: 'GET', path, query: whole, signal });
    if (!answer.ok) return answer;
    const { body, headers } = answer.value;
    return Array.isArray(body)
      ? ok({ items: body, headers })
      : fail({ reason: 'protocol', message: `GitLab's answer about ${path} is not a list.` });
  }

  /** All of a list. */
  all<T>(schema: Schema<T>, path: string, signal: AbortSignal, query: Query = {}): Promise<Result<T[]>> {
    return allPages(
      path,
      (page) => this.page(path, signal, { ...query, page }),
      (item) => checked(schema, item, path),
    );
  }

  /** What was changed, as it is now. That it can't be understood does not undo it. */
  async send<T>(
    schema: Schema<T>,
    method: 'POST' | 'PUT',
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Result<T>> {
    return settled(schema, await this.#gateway.request({ method, path, body, signal }), path);
  }

  async upload<T>(schema: Schema<T>, path: string, file: FormFile, signal: AbortSignal): Promise<Result<T>> {
    const { type, body } = multipart(file);
    const headers = { 'content-type': type };
    return settled(
      schema,
      await this.#gateway.request({ method: 'POST', path, headers, body, signal }),
      path,
    );
  }

  delete(path: string, signal: AbortSignal): Promise<Result<unknown>> {
    return this.#gateway.request({ method: 'DELETE', path, idempotent: true, signal });
  }

  stream(path: string, signal: AbortSignal): Promise<Result<ReadableStream<Uint8Array>>> {
    return this.#gateway.stream({ method: 'GET', path, signal });
  }
}

export const checked = checkedBy('GitLab');

function settled<T>(schema: Schema<T>, answer: Result<{ body: unknown }>, path: string): Result<T> {
  if (!answer.ok) return answer;
  const read = checked(schema, answer.value.body, path);
  return read.ok ? read : fail({ reason: 'unknown-outcome', message: read.error.message });
}
