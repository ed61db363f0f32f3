import http from 'http';
import https from 'https';
import { readFile } from 'fs/promises';
import tls from 'tls';
import { fail, ok, type Result } from '../../desk/errors.ts';

/** What axios needs of a module that makes requests. */
export interface Transport {
  request(
    options: https.RequestOptions,
    onResponse: (response: http.IncomingMessage) => void,
  ): http.ClientRequest;
}

export interface TransportOptions {
  /** Certificate authorities; absent: those of the machine. */
  ca?: string[];
  /** From the first byte sent to the last one received, or to the headers of a stream. */
  deadlineMs: number;
  /** The deadline ends with the headers, and silence afterwards with `idleMs`. */
  streaming: boolean;
  idleMs: number;
}

/** What a request that took too long fails with; `syscall` is `connect` if it never left. */
class Deadline extends Error {
  readonly code = 'ETIMEDOUT';
  readonly syscall: 'connect' | undefined;

  constructor(connecting: boolean) {
    super('The time is up.');
    this.syscall = connecting ? 'connect' : undefined;
  }
}

/**
 * Makes requests with bare `http` and `https`, which VS Code's proxy support intercepts, and with the certificate
 * authorities on the request itself, because that support replaces the agent.
 */
export function transport(options: TransportOptions): Transport {
  return {
    request(requestOptions, onResponse) {
      const secure = requestOptions.protocol === 'https:';
      const request = secure
        ? https.request({ ...requestOptions, ...(options.ca && { ca: options.ca }) }, onResponse)
        : http.request(requestOptions, onResponse);
      const timer = setTimeout(() => {
        request.destroy(new Deadline(request.socket?.connecting ?? true));
      }, options.deadlineMs);
      const stop = () => {
        clearTimeout(timer);
      };
      request.once('close', stop);
      if (options.streaming) {
        request.once('response', (response) => {
          stop();
          response.setTimeout(options.idleMs, () => response.destroy(new Deadline(false)));
        });
      }
      return request;
    },
  };
}

/** The machine's certificate authorities and those of a PEM file. */
export async function authorities(caFile: string): Promise<Result<string[]>> {
  let pem: string;
  try {
    pem = await readFile(caFile, 'utf8');
  } catch {
    return fail({ reason: 'tls', message: `The certificate file ${caFile} can't be read.` });
  }
  const own = pem.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g);
  if (own === null) {
    return fail({ reason: 'tls', message: `The file ${caFile} has no certificate in PEM form.` });
  }
  return ok([...tls.getCACertificates('default'), ...own]);
}
