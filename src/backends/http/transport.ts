import http from 'http';
import https from 'https';
import type { TlsMaterial } from './tlsMaterial.ts';

/** What axios needs of a module that makes requests. */
export interface Transport {
  request(
    options: https.RequestOptions,
    onResponse: (response: http.IncomingMessage) => void,
  ): http.ClientRequest;
}

export interface TransportOptions {
  tls: TlsMaterial;
  /** Until a connection is made, its encryption included. */
  connectMs: number;
  /** From the first byte sent to the last one received, or to the headers of a stream. */
  deadlineMs: number;
  /** The deadline ends with the headers. */
  streaming: boolean;
  /** The longest silence within an answer. */
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
 * Makes requests with bare `http` and `https`, which VS Code's proxy support intercepts, and with certificates and
 * authorities on the request itself, because that support replaces the agent.
 */
export function transport(options: TransportOptions): Transport {
  return {
    request(requestOptions, onResponse) {
      const secure = requestOptions.protocol === 'https:';
      const request = secure
        ? https.request({ ...requestOptions, ...options.tls }, onResponse)
        : http.request(requestOptions, onResponse);
      limitTime(request, secure, options);
      return request;
    },
  };
}

function limitTime(request: http.ClientRequest, secure: boolean, options: TransportOptions): void {
  const give = (connecting: boolean) => () => request.destroy(new Deadline(connecting));
  let connected = false;
  const connecting = setTimeout(give(true), options.connectMs);
  const whole = setTimeout(() => give(!connected)(), options.deadlineMs);
  const connect = () => {
    connected = true;
    clearTimeout(connecting);
  };
  request.once('socket', (socket) => {
    if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connect);
    else connect();
  });
  request.once('response', (response) => {
    connect();
    if (options.streaming) clearTimeout(whole);
    response.setTimeout(options.idleMs, () => response.destroy(new Deadline(false)));
  });
  request.once('close', () => {
    clearTimeout(connecting);
    clearTimeout(whole);
  });
}
