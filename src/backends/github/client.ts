import type { GenericSchema } from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { Gateway, GatewayRequest, GatewayResponse } from '../gateway.ts';
import { ConditionalReads } from '../http/conditional.ts';
import { foundSchema } from './schema.ts';
import { checkedBy } from '../http/understood.ts';
import { allPages, perPage, type ListPage } from '../listing/pages.ts';

type Schema<T> = GenericSchema<unknown, T>;
type Query = NonNullable<GatewayRequest['query']>;

const headers = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

/** GitHub's REST interface with its answers checked. Reads are conditional: an unchanged answer costs no quota. */
export class GitHubClient {
  readonly #gateway: Gateway;
  readonly #reads: ConditionalReads;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
    this.#reads = new ConditionalReads(gateway);
  }

  async get<T>(schema: Schema<T>, path: string, signal: AbortSignal): Promise<Result<T>> {
    const answer = await this.read(path, signal);
    return answer.ok ? checked(schema, answer.value.body, path) : answer;
  }

  /** An answer as it came; `answers` names statuses that the caller understands. */
  read(
    path: string,
    signal: AbortSignal,
    query?: Query,
    answers?: readonly number[],
  ): Promise<Result<GatewayResponse>> {
    return this.#reads.get({ path, query, headers, signal, ...(answers && { answers }) });
  }

  /** One page of a list, or of what a search found; its items not yet looked at. */
  async page(path: string, signal: AbortSignal, query: Query): Promise<Result<ListPage>> {
    const answer = await this.read(path, signal, { per_page: perPage, ...query });
    if (!answer.ok) return answer;
    const { body, headers: answered } = answer.value;
    if (Array.isArray(body)) return ok({ items: body, headers: answered });
    const found = checked(foundSchema, body, path);
    if (!found.ok) return found;
    return found.value.incomplete_results
      ? fail({ reason: 'server', message: 'GitHub did not finish the search in time.' })
      : ok({ items: found.value.items, headers: answered });
  }

  /** All of a list. */
  all<T>(schema: Schema<T>, path: string, signal: AbortSignal, query: Query = {}): Promise<Result<T[]>> {
    return allPages(
      path,
      (page) => this.page(path, signal, { ...query, page }),
      (item) => checked(schema, item, path),
    );
  }

  send(
    method: 'POST' | 'PATCH',
    path: string,
    body: unknown,
    signal: AbortSignal,
  ): Promise<Result<GatewayResponse>> {
    return this.#gateway.request({ method, path, body, headers, signal, answers: [301, 307] });
  }
}

export const checked = checkedBy('GitHub');
