import http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** One request as it arrived at the proxy. */
export interface Asked {
  method: string;
  /** With the query. */
  path: string;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** What the server said. */
export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

/** What can be done about one request. The server acts with {@link forward} and only then. */
export interface Exchange {
  readonly asked: Asked;
  /** Lets the server act. */
  forward: () => Promise<Answer>;
  /** Answers with it whole. */
  reply: (answer: Answer) => void;
  /** Answers with the whole head and some of the body, and gives what sends more. */
  begin: (answer: Answer) => (bytes: Buffer) => void;
  /** Resets the connection. */
  reset: () => void;
  /** Does nobody wait for the answer any more? */
  isOver: () => boolean;
}

export type Act = (exchange: Exchange) => void | Promise<void>;

/** When something goes wrong, and what. */
export interface Fault {
  wants(asked: Asked): boolean;
  /** Requests that still go well before it begins. */
  skip: number;
  /** Requests that it strikes. */
  times: number;
  act: Act;
}

/** A request that a fault struck. */
export interface Struck {
  fault: Fault;
  asked: Asked;
  at: number;
}

/** Stands between the gateway and a live server, and does to requests what a bad network and a bad server do. */
export class FaultProxy {
  readonly struck: Struck[] = [];
  readonly #target: URL;
  readonly #server: http.Server;
  readonly #agent = new http.Agent({ keepAlive: true });
  readonly #sockets = new Set<Socket>();
  #faults: { fault: Fault; skip: number; times: number }[] = [];
  #port = 0;
  #atServer = 0;
  #requests = 0;

  constructor(target: string) {
    this.#target = new URL(target);
    this.#server = http.createServer((request, response) => void this.#serve(request, response));
    this.#server.keepAliveTimeout = 60_000;
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get port(): number {
    return this.#port;
  }

  /** Requests that arrived. */
  get requests(): number {
    return this.#requests;
  }

  /** Is the server acting on something at this moment? */
  get isActing(): boolean {
    return this.#atServer > 0;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Nothing listens any more: connections are refused. May be opened again. */
  async shut(): Promise<void> {
    if (!this.#server.listening) return;
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    this.drop();
    await closed;
  }

  /** Cuts every connection that is open. */
  drop(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    await this.shut();
    this.#agent.destroy();
  }

  add(fault: Fault): void {
    this.#faults.push({ fault, skip: fault.skip, times: fault.times });
  }

  /** From now on all goes well. */
  async calm(): Promise<void> {
    this.#faults = [];
    if (!this.#server.listening) await this.open();
  }

  async #serve(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = await read(request);
    if (body === undefined) return;
    this.#requests += 1;
    const asked: Asked = {
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers: request.headers,
      body,
    };
    const exchange = this.#exchange(asked, response);
    const act = this.#next(asked) ?? through;
    try {
      await act(exchange);
    } catch {
      // The server went away under it, as servers do.
      exchange.reset();
    }
  }

  #next(asked: Asked): Act | undefined {
    for (const armed of this.#faults) {
      if (armed.times === 0 || !armed.fault.wants(asked)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.times -= 1;
      this.struck.push({ fault: armed.fault, asked, at: Date.now() });
      return armed.fault.act;
    }
    return undefined;
  }

  #exchange(asked: Asked, response: http.ServerResponse): Exchange {
    const begin = ({ status, headers, body }: Answer) => {
      response.writeHead(status, { ...plain(headers), 'content-length': body.length });
      return (bytes: Buffer) => void response.write(bytes);
    };
    return {
      asked,
      forward: () => this.#forward(asked),
      begin,
      reply: (answer) => {
        begin(answer);
        response.end(answer.body);
      },
      reset: () => response.socket?.resetAndDestroy(),
      isOver: () => response.destroyed,
    };
  }

  async #forward({ method, path, headers, body }: Asked): Promise<Answer> {
    this.#atServer += 1;
    try {
      return await new Promise<Answer>((resolve, reject) => {
        const { hostname, port, pathname } = this.#target;
        const request = http.request(
          {
            agent: this.#agent,
            host: hostname,
            port,
            method,
            path: pathname.replace(/\/$/, '') + path,
            headers: { ...headers, host: this.#target.host },
          },
          (answer) => {
            read(answer).then((bytes) => {
              if (bytes === undefined) reject(new Error('The server broke off.'));
              else resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: bytes });
            }, reject);
          },
        );
        request.on('error', reject);
        request.end(body);
      });
    } finally {
      this.#atServer -= 1;
    }
  }
}

async function through(exchange: Exchange): Promise<void> {
  exchange.reply(await exchange.forward());
}

/** All of it; nothing if it was cut off. */
async function read(message: http.IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

function plain(headers: http.IncomingHttpHeaders): http.IncomingHttpHeaders {
  const kept = { ...headers };
  for (const name of ['connection', 'keep-alive', 'transfer-encoding', 'content-length']) {
    Reflect.deleteProperty(kept, name);
  }
  return kept;
}
