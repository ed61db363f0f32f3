import type { Result } from '../desk/errors.ts';

export interface GatewayRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the account's URL, beginning with `/`. */
  path: string;
  query?: Record<string, string | number | readonly (string | number)[]>;
  headers?: Record<string, string>;
  /** Sent as JSON; bytes are sent as they are, under the content type of `headers`. */
  body?: unknown;
  /** Statuses besides 2xx that are answers here rather than errors. */
  answers?: readonly number[];
  /** May be repeated without harm. Only then is a lost answer retried; otherwise it is an `unknown-outcome`. */
  idempotent?: boolean;
  signal: AbortSignal;
}

export interface GatewayResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  /** Parsed JSON, not validated. */
  body: unknown;
}

/**
 * The one place through which every HTTP request of an account passes: credentials, time-outs, retries, limits, TLS,
 * the log. Statuses of 400 and above, and answers that are not JSON, arrive as errors.
 */
export interface Gateway {
  request(request: GatewayRequest): Promise<Result<GatewayResponse>>;
  stream(request: GatewayRequest): Promise<Result<ReadableStream<Uint8Array>>>;
  /** What the token itself says of its owner, where it does (see `BackendKind.identify`); never a secret. */
  identity(): Promise<string | undefined>;
}
