import * as v from 'valibot';
import type { Backend, PullPage, Session } from '../../../src/backends/backend.ts';
import type { Gateway } from '../../../src/backends/gateway.ts';
import { fail, ok, type Result } from '../../../src/desk/errors.ts';
import type { Scope } from '../../../src/desk/scope.ts';
import type { Capabilities } from '../../../src/desk/capabilities.ts';
import { understood, wirePage } from './wire.ts';

const capabilities: Capabilities = {
  createTicket: false,
  publicReply: false,
  internalNote: false,
  interactionLog: false,
  setSubject: false,
  setStatus: false,
  assign: false,
  setTeam: false,
  setPriority: false,
  setTier: false,
  setTags: false,
  logTime: false,
  attach: false,
  sla: true,
  optimisticConcurrency: false,
  serverSearch: false,
  scopes: ['mine'],
};

const refused = () => Promise.resolve(fail({ reason: 'unsupported', message: 'Only for reading.' }));

/** A connector to the prepared pages: validates what comes as every connector does. */
export class BenchBackend implements Backend {
  readonly #gateway: Gateway;
  readonly apply = refused;
  readonly landed = refused;
  readonly people = refused;
  readonly vocabulary = refused;
  readonly attachment = refused;
  readonly timeline = refused;
  readonly ticket = refused;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
  }

  signIn(): Promise<Result<Session>> {
    return Promise.resolve(ok({ me: { id: 'ada.okafor', name: 'Ada Okafor' }, capabilities }));
  }

  async *members(): AsyncGenerator<Result<string[]>> {
    yield await refused();
  }

  async *pull(
    _scope: Scope,
    cursor: string | undefined,
    signal: AbortSignal,
  ): AsyncGenerator<Result<PullPage>> {
    let next: number | null = Number(cursor ?? 0);
    let answer = this.#page(next, signal);
    while (next !== null) {
      const page: Result<v.InferOutput<typeof wirePage>> = await answer;
      if (!page.ok) {
        yield page;
        return;
      }
      next = page.value.next;
      if (next !== null) answer = this.#page(next, signal);
      const found = page.value.tickets.map(understood);
      yield ok({
        tickets: found.map(({ ticket }) => ticket),
        timelines: found.map(({ ticket, entries }) => ({ ticketId: ticket.id, entries })),
        cursor: String(next ?? 'end'),
        problems: [],
      });
    }
  }

  async #page(page: number, signal: AbortSignal): Promise<Result<v.InferOutput<typeof wirePage>>> {
    const answer = await this.#gateway.request({ method: 'GET', path: '/tickets', query: { page }, signal });
    if (!answer.ok) return answer;
    const parsed = v.safeParse(wirePage, answer.value.body);
    return parsed.success
      ? ok(parsed.output)
      : fail({ reason: 'protocol', message: v.summarize(parsed.issues) });
  }
}
