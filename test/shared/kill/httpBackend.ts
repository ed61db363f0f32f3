import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  Applied,
  Backend,
  PullPage,
  Sending,
  Session,
  Timeline,
  Vocabulary,
} from '../../../src/backends/backend.ts';
import { fail, ok, type Result } from '../../../src/desk/errors.ts';
import type { Scope } from '../../../src/desk/scope.ts';
import type { Person, Ticket } from '../../../src/desk/ticket.ts';

/** A backend on the other side of a real connection, which a dying process cuts. */
export class HttpBackend implements Backend {
  readonly #base: string;

  constructor(base: string) {
    this.#base = base;
  }

  signIn(signal: AbortSignal): Promise<Result<Session>> {
    return this.#call('signIn', [], signal);
  }

  async *members(scope: Scope, signal: AbortSignal): AsyncGenerator<Result<string[]>> {
    yield await this.#call<string[]>('members', [scope], signal);
  }

  async *pull(
    scope: Scope,
    cursor: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PullPage>> {
    for (let at = cursor; ;) {
      const page = await this.#call<PullPage>('pull', [scope, at], signal);
      yield page;
      if (!page.ok || page.value.tickets.length === 0) return;
      at = page.value.cursor;
    }
  }

  timeline(ticketId: string, signal: AbortSignal): Promise<Result<Timeline>> {
    return this.#call('timeline', [ticketId], signal);
  }

  ticket(ticketId: string, signal: AbortSignal): Promise<Result<Ticket>> {
    return this.#call('ticket', [ticketId], signal);
  }

  apply(sending: Sending, signal: AbortSignal): Promise<Result<Applied>> {
    return this.#call('apply', [sending], signal);
  }

  landed(sending: Sending, signal: AbortSignal): Promise<Result<Applied | undefined>> {
    return this.#call('landed', [sending], signal);
  }

  vocabulary(): Promise<Result<Vocabulary>> {
    return Promise.resolve(ok({ statuses: [], priorities: [], teams: [] }));
  }

  people(): Promise<Result<Person[]>> {
    return Promise.resolve(ok([]));
  }

  attachment(): Promise<Result<ReadableStream<Uint8Array>>> {
    return Promise.resolve(fail({ reason: 'not-found', message: 'None here.' }));
  }

  async #call<T>(method: string, args: unknown[], signal: AbortSignal): Promise<Result<T>> {
    try {
      const body = JSON.stringify({ method, args });
      const response = await fetch(this.#base, { method: 'POST', body, signal });
      return (await response.json()) as Result<T>;
    } catch {
      return fail({ reason: method === 'apply' ? 'unknown-outcome' : 'offline', message: 'Cut off.' });
    }
  }
}

/** Serves `backend` to {@link HttpBackend}: what arrived is done, whether or not anybody waits for the answer. */
export async function serve(
  backend: Backend,
  pause: () => Promise<void>,
): Promise<{ base: string; close(): Promise<void> }> {
  const signal = new AbortController().signal;
  const act = async (method: string, args: never[]): Promise<unknown> => {
    await pause();
    const answer =
      method === 'pull'
        ? await first(backend.pull(args[0]!, cursorOf(args[1]), signal))
        : method === 'members'
          ? await first(backend.members(args[0]!, signal))
          : await call(backend, method, args, signal);
    await pause();
    return answer;
  };
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const { method, args } = JSON.parse(text) as { method: string; args: never[] };
      void act(method, args).then((answer) => response.end(JSON.stringify(answer)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** JSON makes null of what is not there. */
function cursorOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

async function first<T>(pages: AsyncIterable<T>): Promise<T> {
  for await (const page of pages) return page;
  throw new Error('No page.');
}

function call(backend: Backend, method: string, args: never[], signal: AbortSignal): Promise<unknown> {
  const [a] = args;
  switch (method) {
    case 'signIn':
      return backend.signIn(signal);
    case 'timeline':
      return backend.timeline(a!, signal);
    case 'ticket':
      return backend.ticket(a!, signal);
    case 'apply':
      return backend.apply(a!, signal);
    case 'landed':
      return backend.landed(a!, signal);
    default:
      throw new Error(`What is ${method}?`);
  }
}
