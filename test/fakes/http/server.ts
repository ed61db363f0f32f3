import http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface FakeRequest {
  method: string;
  /** As sent, not decoded, without the query. */
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

export interface FakeAnswer {
  status: number;
  headers?: Record<string, string>;
  /** Sent as JSON; a Buffer as it is. Absent: no body. */
  body?: unknown;
}

export interface Exchange {
  request: FakeRequest;
  answer: FakeAnswer;
}

/** What happens to one request instead of a proper answer. */
export type Fault =
  /** The connection breaks before the server acts, or after it did. */
  { type: 'lost-before' } | { type: 'lost-after' } | { type: 'answer'; answer: FakeAnswer };

export interface FakeServer {
  base: string;
  /** Everything that was asked and answered so far. */
  exchanges: Exchange[];
  /** The next request that `matches` meets the fault. */
  fault(matches: (request: FakeRequest) => boolean, fault: Fault): void;
  close(): Promise<void>;
}

/** An HTTP server on loopback around a fake system. What the system throws fails the request loudly, as a 599. */
export async function startFakeServer(
  handle: (request: FakeRequest, base: string) => FakeAnswer,
): Promise<FakeServer> {
  const exchanges: Exchange[] = [];
  const faults: { matches: (request: FakeRequest) => boolean; fault: Fault }[] = [];
  let base = '';
  const server = http.createServer((incoming, response) => {
    void read(incoming).then((body) => {
      const url = new URL(incoming.url ?? '/', base);
      const request: FakeRequest = {
        method: incoming.method ?? 'GET',
        path: url.pathname,
        query: url.searchParams,
        headers: Object.fromEntries(
          Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
        ),
        body,
      };
      const at = faults.findIndex(({ matches }) => matches(request));
      const fault = at === -1 ? undefined : faults.splice(at, 1)[0]?.fault;
      if (fault?.type === 'lost-before') {
        incoming.socket.destroy();
        return;
      }
      const answer = fault?.type === 'answer' ? fault.answer : safely(() => handle(request, base));
      exchanges.push({ request, answer });
      if (fault?.type === 'lost-after') incoming.socket.destroy();
      else send(response, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    exchanges,
    fault: (matches, fault) => void faults.push({ matches, fault }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The JSON of a request; `undefined` where it is none. */
export function jsonOf(request: FakeRequest): unknown {
  try {
    return JSON.parse(request.body.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}

async function read(incoming: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function safely(work: () => FakeAnswer): FakeAnswer {
  try {
    return work();
  } catch (error) {
    console.error(error);
    return { status: 599, body: { message: `The fake broke: ${String(error)}` } };
  }
}

function send(response: http.ServerResponse, { status, headers = {}, body }: FakeAnswer): void {
  if (body === undefined) {
    response.writeHead(status, headers).end();
    return;
  }
  const isBytes = Buffer.isBuffer(body);
  response
    .writeHead(status, {
      'content-type': isBytes ? 'application/octet-stream' : 'application/json; charset=utf-8',
      ...headers,
    })
    .end(isBytes ? body : JSON.stringify(body));
}
