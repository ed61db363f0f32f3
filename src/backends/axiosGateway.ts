import { Readable } from 'stream';
import http from 'http';
import https from 'https';
import axios, { AxiosError, isAxiosError, type AxiosRequestConfig, type AxiosResponse } from 'axios';
import axiosRetry from 'axios-retry';
import type { Account } from '../desk/account.ts';
import { elapsed } from '../desk/elapsed.ts';
import { cancelled, fail, ok, type DeskError, type Result } from '../desk/errors.ts';
import type { Instant } from '../desk/ticket.ts';
import type { Gateway, GatewayRequest, GatewayResponse } from './gateway.ts';
import { addressOf } from './http/address.ts';
import { explanation, isJson, parseJson } from './http/answer.ts';
import { Breaker, type BreakerOptions } from './http/breaker.ts';
import {
  brokenOff,
  lost,
  networkFailure,
  neverLeft,
  protocolFailure,
  statusFailure,
  type Failure,
} from './http/failure.ts';
import { Limit } from './http/limit.ts';
import { exhaustedUntil, isRateLimited, resetOf } from './http/rateLimit.ts';
import {
  bodyOf,
  bytesOf,
  codeOf,
  headersOf,
  isSuccess,
  redacted,
  syscallOf,
  webStream,
} from './http/response.ts';
import { tlsMaterial, type TlsMaterial } from './http/tlsMaterial.ts';
import { transport } from './http/transport.ts';

export interface GatewayOptions {
  account: Account;
  /** Where its requests go, where that is not the account's URL. */
  endpoint?: string;
  token(): Promise<string | undefined>;
  /** Of the account's client certificate, where it has one. */
  passphrase?: () => Promise<string | undefined>;
  authorise: (token: string) => Record<string, string>;
  /** What the token says of its owner, where it does: no secret. */
  identify?: (token: string) => string | undefined;
  log(line: string): void;
  now(): Instant;
  /** For tests; the defaults are meant for people. */
  tuning?: Partial<Tuning>;
}

interface Tuning {
  /** Until a connection is made. */
  connectMs: number;
  /** For a whole answer, and for the headers of a stream. */
  deadlineMs: number;
  /** The longest silence within an answer. */
  idleMs: number;
  /** How often an idempotent request is sent again. */
  retries: number;
  /** The first pause; each further one is twice as long. */
  pauseMs: number;
  /** A `Retry-After` up to this is waited for here; a longer one is the caller's to plan. */
  longestPauseMs: number;
  maxBytes: number;
  breaker: BreakerOptions;
}

const defaults: Tuning = {
  connectMs: 15_000,
  deadlineMs: 60_000,
  idleMs: 30_000,
  retries: 2,
  pauseMs: 250,
  longestPauseMs: 5_000,
  maxBytes: 32 * 1024 * 1024,
  breaker: { threshold: 5, firstMs: 2_000, longestMs: 30_000 },
};
const slots = 4;
const passing = new Set([502, 503, 504]);

/** The gateway of one account, on axios. */
export function createGateway(options: GatewayOptions): Gateway {
  return new AxiosGateway(options);
}

interface Sent {
  response: AxiosResponse<unknown>;
  failure: Failure;
}

/** What goes along with a request, none of it to be told. */
interface Secrets {
  headers: Record<string, string>;
  tls: TlsMaterial;
}

class AxiosGateway implements Gateway {
  readonly #options: GatewayOptions;
  readonly #tuning: Tuning;
  readonly #limit = new Limit(slots);
  readonly #client = axios.create({
    adapter: 'http',
    proxy: false,
    maxRedirects: 0,
    transformRequest: [(data: unknown) => data],
    transformResponse: [(data: unknown) => data],
  });
  readonly #kept = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) };
  /** A connection of its own: one that went stale while idle would leave the outcome unknown. */
  readonly #fresh = { http: new http.Agent(), https: new https.Agent() };
  readonly #breaker: Breaker;
  #tls: Promise<Result<TlsMaterial>> | undefined;
  /** Asked to be left alone: since when, and until when. */
  #quiet = { since: 0, until: 0 };

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#tuning = { ...defaults, ...options.tuning };
    this.#breaker = new Breaker(this.#tuning.breaker);
    axiosRetry(this.#client, {
      retries: this.#tuning.retries,
      shouldResetTimeout: true,
      retryCondition: (error) => this.#isPassing(error),
      retryDelay: (count, error) => this.#pause(count, error),
    });
  }

  async identity(): Promise<string | undefined> {
    const token = await this.#token();
    return token === undefined ? undefined : this.#options.identify?.(token);
  }

  async request(request: GatewayRequest): Promise<Result<GatewayResponse>> {
    const sent = await this.#send(request, 'arraybuffer');
    if (!sent.ok) return sent;
    const { response, failure } = sent.value;
    const { status } = response;
    const headers = headersOf(response);
    const body = Buffer.isBuffer(response.data) ? response.data : Buffer.alloc(0);
    if (body.length > 0 && !isJson(headers['content-type'])) {
      const kind = headers['content-type']?.startsWith('text/html') ? 'a web page' : 'something else';
      return fail(protocolFailure(failure, `answered with ${kind} instead of data`));
    }
    const parsed = parseJson(body);
    if (parsed === undefined)
      return fail(protocolFailure(failure, 'sent data that is incomplete or damaged'));
    return ok({ status, headers, body: parsed.json });
  }

  async stream(request: GatewayRequest): Promise<Result<ReadableStream<Uint8Array>>> {
    const sent = await this.#send(request, 'stream');
    if (!sent.ok) return sent;
    const { data } = sent.value.response;
    if (!(data instanceof Readable)) return fail(protocolFailure(sent.value.failure, 'sent no data'));
    return ok(webStream(data, request.signal));
  }

  async #send(request: GatewayRequest, responseType: 'arraybuffer' | 'stream'): Promise<Result<Sent>> {
    const address = addressOf(this.#options.endpoint ?? this.#options.account.url, request);
    if (!address.ok) return address;
    if (request.signal.aborted) return cancelled();
    const token = await this.#token();
    if (token === undefined) {
      return fail({ reason: 'unauthorised', message: 'Nobody is signed in to this account.' });
    }
    const credentials = this.#options.authorise(token);
    if (Object.values(credentials).some((value) => /[^ -~]/.test(value))) {
      return fail({
        reason: 'unauthorised',
        message: 'The saved secret contains characters that none can have.',
      });
    }
    const tls = await this.#material();
    if (!tls.ok) return tls;
    if (!(await this.#limit.take(request.signal))) return cancelled();
    try {
      const secrets = { headers: credentials, tls: tls.value };
      const answer = await this.#attempt(request, responseType, address.value, secrets);
      return answer.ok ? answer : fail(redacted(answer.error, [...Object.values(credentials), token]));
    } finally {
      this.#limit.giveBack();
    }
  }

  async #attempt(
    request: GatewayRequest,
    responseType: 'arraybuffer' | 'stream',
    url: URL,
    secrets: Secrets,
  ): Promise<Result<Sent>> {
    const now = () => this.#options.now();
    const begun = now();
    const idempotent = request.idempotent ?? request.method === 'GET';
    const failure = (): Failure => ({ host: url.host, idempotent, now: now() });
    const refusal = this.#refusal(url.host, begun);
    if (refusal) return fail(refusal);
    try {
      const response = await this.#client.request<unknown>({
        ...this.#config(request, responseType, secrets),
        url: url.href,
        'axios-retry': { retries: idempotent ? this.#tuning.retries : 0 },
      });
      this.#log(request, begun, response.status, bytesOf(response));
      this.#breaker.answered();
      this.#keepQuiet(exhaustedUntil(headersOf(response), now()));
      return ok({ response, failure: failure() });
    } catch (caught) {
      const error = await this.#failed(caught, failure(), request.signal);
      this.#log(request, begun, error.status ?? error.value.reason, 0);
      this.#judge(error, caught);
      return fail(error.value);
    }
  }

  /** Why nothing is asked at the moment. */
  #refusal(host: string, now: Instant): DeskError | undefined {
    const { since, until } = this.#quiet;
    if (elapsed(since, now) < until - since) {
      return { reason: 'rate-limited', message: `${host} asks us to slow down.`, resetAt: until };
    }
    if (this.#breaker.admits(now)) return undefined;
    return {
      reason: 'offline',
      message: `${host} did not answer several times; it is left alone for a moment.`,
    };
  }

  #keepQuiet(until: Instant | undefined): void {
    this.#quiet = until === undefined ? { since: 0, until: 0 } : { since: this.#options.now(), until };
  }

  #config(
    request: GatewayRequest,
    responseType: 'arraybuffer' | 'stream',
    { headers, tls }: Secrets,
  ): AxiosRequestConfig {
    const { connectMs, deadlineMs, idleMs, maxBytes } = this.#tuning;
    const streaming = responseType === 'stream';
    const agents = (request.idempotent ?? request.method === 'GET') ? this.#kept : this.#fresh;
    return {
      method: request.method,
      headers: {
        accept: streaming ? '*/*' : 'application/json',
        'user-agent': 'Deskside',
        ...(request.body !== undefined && { 'content-type': 'application/json' }),
        ...request.headers,
        ...headers,
      },
      ...(request.body !== undefined && { data: payload(request.body) }),
      validateStatus: (status) => isSuccess(status) || (request.answers?.includes(status) ?? false),
      responseType,
      signal: request.signal,
      httpAgent: agents.http,
      httpsAgent: agents.https,
      transport: transport({ tls, connectMs, deadlineMs, idleMs, streaming }),
      ...(!streaming && { maxContentLength: maxBytes }),
    };
  }

  /** What a failure says of the server as a whole. */
  #judge({ value, status }: { value: DeskError; status?: number }, caught: unknown): void {
    if (value.reason === 'rate-limited') this.#keepQuiet(value.resetAt);
    const unreachable = status === undefined && isAxiosError(caught) && caught.response === undefined;
    const silent = unreachable && (value.reason === 'offline' || value.reason === 'unknown-outcome');
    if (silent || (status !== undefined && passing.has(status))) {
      this.#breaker.failed(this.#options.now());
    } else if (status !== undefined) this.#breaker.answered();
    else this.#breaker.undecided();
  }

  async #failed(
    caught: unknown,
    failure: Failure,
    signal: AbortSignal,
  ): Promise<{ value: DeskError; status?: number }> {
    if (signal.aborted) return { value: failure.idempotent ? cancelled().error : lost(failure.host) };
    if (!isAxiosError<unknown>(caught)) return { value: networkFailure(failure, codeOf(caught), undefined) };
    const { response } = caught;
    if (response !== undefined && !isSuccess(response.status)) {
      const headers = headersOf(response);
      const body = await bodyOf(response.data);
      const said = explanation(headers['content-type'], body);
      return { value: statusFailure(failure, response.status, headers, said), status: response.status };
    }
    if (caught.code === AxiosError.ERR_BAD_RESPONSE && response === undefined) {
      return { value: protocolFailure(failure, 'sent more than can be taken in') };
    }
    if (response !== undefined) return { value: brokenOff(failure) };
    return { value: networkFailure(failure, caught.code, syscallOf(caught)) };
  }

  /** Worth another try at once: what passes by itself. Asked only for idempotent requests. */
  #isPassing(error: AxiosError): boolean {
    if (error.config?.signal?.aborted === true) return false;
    const { response } = error;
    if (response === undefined) {
      const reason = networkFailure({ host: '', idempotent: true, now: 0 }, error.code).reason;
      const final = error.code === AxiosError.ERR_BAD_RESPONSE || error.code === 'ETIMEDOUT';
      return reason === 'offline' && !final && !neverLeft(error.code, syscallOf(error));
    }
    if (isSuccess(response.status)) return true;
    const limited = isRateLimited(response.status, headersOf(response));
    if (!limited && !passing.has(response.status)) return false;
    const now = this.#options.now();
    const resetAt = resetOf(headersOf(response), now);
    if (resetAt === undefined) return !limited;
    return resetAt - now <= this.#tuning.longestPauseMs;
  }

  /** Doubles with each try, with jitter, so that many who failed together do not come back together. */
  #pause(count: number, error: AxiosError): number {
    const now = this.#options.now();
    const asked = error.response && resetOf(headersOf(error.response), now);
    const pause = Math.max(this.#tuning.pauseMs * 2 ** (count - 1), asked === undefined ? 0 : asked - now);
    return pause * (1 + Math.random() / 4);
  }

  async #token(): Promise<string | undefined> {
    const token = (await this.#options.token())?.trim();
    return token === '' ? undefined : token;
  }

  /** Read once; what is wrong with the files may be put right meanwhile. */
  async #material(): Promise<Result<TlsMaterial>> {
    const { account, passphrase } = this.#options;
    this.#tls ??= tlsMaterial(account, passphrase ?? (() => Promise.resolve(undefined)));
    const read = await this.#tls;
    if (!read.ok) this.#tls = undefined;
    return read;
  }

  #log(request: GatewayRequest, begun: Instant, outcome: number | string, bytes: number): void {
    const names = Object.keys(request.query ?? {});
    const query = names.length === 0 ? '' : `?${names.join('&')}`;
    const took = Math.round(this.#options.now() - begun);
    this.#options.log(`${request.method} ${request.path}${query} ${outcome} ${took} ms ${bytes} bytes`);
  }
}

function payload(body: unknown): Buffer {
  return body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(JSON.stringify(body));
}
