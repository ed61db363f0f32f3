import type { DeskError } from '../../desk/errors.ts';
import type { Instant } from '../../desk/ticket.ts';
import { isRateLimited, resetOf } from './rateLimit.ts';

/** What is known of a request that did not give an answer we can use. */
export interface Failure {
  /** The server's name, for people. */
  host: string;
  idempotent: boolean;
  now: Instant;
}

const unreachable = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
  'ENETUNREACH',
  'ENETDOWN',
]);
const certificate =
  /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|EPROTO$|HOSTNAME_MISMATCH$)/;

const notSecure = /^(ERR_SSL_|EPROTO$)/;
const wantsCertificate =
  /^ERR_SSL_.*ALERT_(CERTIFICATE_REQUIRED|HANDSHAKE_FAILURE|BAD_CERTIFICATE|UNKNOWN_CA)$/;

/** No answer at all, by the code the network gave. */
export function networkFailure(failure: Failure, code: string | undefined, syscall?: string): DeskError {
  const { host, idempotent } = failure;
  if (code !== undefined && certificate.test(code)) return { reason: 'tls', message: distrust(host, code) };
  if (code?.startsWith('HPE_') === true) return protocolFailure(failure, 'does not speak HTTP');
  if (neverLeft(code, syscall)) return { reason: 'offline', message: `${host} can't be reached.` };
  if (!idempotent) return lost(host);
  return {
    reason: 'offline',
    message:
      code === 'ETIMEDOUT'
        ? `${host} did not answer in time.`
        : `The connection to ${host} broke before it answered.`,
  };
}

function distrust(host: string, code: string): string {
  if (wantsCertificate.test(code)) {
    return `${host} wants a client certificate that it knows (${code}). Name its file in the account's certFile.`;
  }
  return notSecure.test(code)
    ? `${host} offers no secure connection that we understand (${code}). Is https:// right?`
    : `The identity of ${host} can't be verified (${code}). If your company has its own certificate authority, name its file in the account's caFile.`;
}

/** The connection was never made: nothing was sent. */
export function neverLeft(code: string | undefined, syscall?: string): boolean {
  return code !== undefined && (unreachable.has(code) || syscall === 'connect' || syscall === 'getaddrinfo');
}

export function lost(host: string): DeskError {
  return {
    reason: 'unknown-outcome',
    message: `The answer of ${host} was lost: it may have done what it was asked, or not.`,
  };
}

/** The answer began and did not end. */
export function brokenOff({ host, idempotent }: Failure): DeskError {
  if (!idempotent) return lost(host);
  return { reason: 'offline', message: `The connection to ${host} broke in the middle of its answer.` };
}

/** An answer that is not what a system of this kind sends. */
export function protocolFailure(failure: Failure, what: string): DeskError {
  return failure.idempotent
    ? { reason: 'protocol', message: `${failure.host} ${what}.` }
    : {
        reason: 'unknown-outcome',
        message: `${failure.host} ${what}: whether it did what it was asked is not known.`,
      };
}

/** A status that is not a success. */
export function statusFailure(
  failure: Failure,
  status: number,
  headers: Readonly<Record<string, string>>,
  said: string | undefined,
): DeskError {
  const { host } = failure;
  const message = (sentence: string) => (said === undefined ? sentence : `${sentence} It said: ${said}`);
  if (status < 400) {
    return {
      reason: 'protocol',
      message: `${host} sends us on to ${target(headers.location)} instead of answering. Is the account's URL right?`,
    };
  }
  if (isRateLimited(status, headers)) {
    const resetAt = resetOf(headers, failure.now);
    return {
      reason: 'rate-limited',
      message: `${host} asks us to slow down.`,
      ...(resetAt !== undefined && { resetAt }),
    };
  }
  switch (status) {
    case 401:
      return { reason: 'unauthorised', message: `${host} does not accept the sign-in.` };
    case 403:
      return { reason: 'forbidden', message: message(`${host} does not allow this.`) };
    case 404:
    case 410:
      return { reason: 'not-found', message: message(`${host} does not have this.`) };
    case 409:
    case 412:
      return { reason: 'conflict', message: message(`It was changed on ${host} in the meantime.`) };
    default:
      if (status < 500)
        return { reason: 'rejected', message: message(`${host} refused the request (${status}).`) };
      if (!failure.idempotent && status !== 501 && status !== 503) return lost(host);
      return { reason: 'server', message: message(`${host} has a problem (${status}).`) };
  }
}

function target(location: string | undefined): string {
  if (location === undefined) return 'another address';
  if (!URL.canParse(location)) return location.replace(/[?#].*$/, '');
  const { origin, pathname } = new URL(location);
  return origin + pathname;
}
