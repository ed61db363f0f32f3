import type { Result } from '../../desk/errors.ts';
import type { Gateway, GatewayRequest, GatewayResponse } from '../gateway.ts';

const mostKept = 200;

/**
 * Reads that ask only for what is new: an answer with an `ETag` is kept, and asked for again with `If-None-Match`. A 304
 * then costs no quota where the vendor says so.
 */
export class ConditionalReads {
  readonly #gateway: Gateway;
  /** The least recently used first. */
  readonly #kept = new Map<string, GatewayResponse>();

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  async get(request: Omit<GatewayRequest, 'method'>): Promise<Result<GatewayResponse>> {
    const name = JSON.stringify([request.path, request.query ?? {}]);
    const known = this.#kept.get(name);
    const etag = known?.headers.etag;
    const answer = await this.#gateway.request({
      ...request,
      method: 'GET',
      headers: { ...request.headers, ...(etag !== undefined && { 'if-none-match': etag }) },
      answers: [...(request.answers ?? []), ...(etag === undefined ? [] : [304])],
    });
    if (!answer.ok) return answer;
    if (known !== undefined && answer.value.status === 304) {
      const fresh = { ...known, headers: { ...known.headers, ...answer.value.headers } };
      this.#keep(name, fresh);
      return { ok: true, value: fresh };
    }
    if (answer.value.headers.etag !== undefined) this.#keep(name, answer.value);
    return answer;
  }

  #keep(name: string, answer: GatewayResponse): void {
    this.#kept.delete(name);
    this.#kept.set(name, answer);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= mostKept) return;
      this.#kept.delete(oldest);
    }
  }
}
