import type { Gateway, GatewayRequest, GatewayResponse } from '../../../src/backends/gateway.ts';
import { fail, ok, type Result } from '../../../src/desk/errors.ts';

export type Answer = (request: GatewayRequest) => unknown;

/** All that RT 5 can be asked of a record in `fields`, of whatever kind. */
const known = new Set(
  (
    'id,Type,Created,Creator,LastUpdated,Subject,Queue,Owner,Requestor,Cc,AdminCc,Status,Priority,Resolved,Started,' +
    'Starts,Due,SLA,EffectiveId,TimeWorked,TimeTaken,CustomFields,Field,OldValue,NewValue,ObjectId,ObjectType,Name,' +
    'RealName,EmailAddress,Lifecycle,Disabled,SLADisabled,TransactionId,ContentType,Filename,ContentLength,Content,' +
    '_hyperlinks'
  ).split(','),
);

/**
 * Answers by path below `/REST/2.0`; what has no answer is not found, and a question for a field that RT does not know
 * breaks it. Keeps what was asked.
 */
export class FakeGateway implements Gateway {
  readonly asked: GatewayRequest[] = [];
  readonly #answers: Record<string, Answer>;

  constructor(answers: Record<string, Answer>) {
    this.#answers = {
      '/user/27': () => ({ Name: 'alice', RealName: 'Alice', Privileged: 1 }),
      '/queues/all': () => ({ items: [{ id: '3', Name: 'Helpdesk', Lifecycle: 'default' }] }),
      ...answers,
    };
  }

  request(request: GatewayRequest): Promise<Result<GatewayResponse>> {
    this.asked.push(request);
    const path = request.path.replace('/REST/2.0', '');
    const fields = Object.entries(request.query ?? {}).filter(([name]) => name.startsWith('fields'));
    if (
      fields.some(
        ([, names]) =>
          !String(names)
            .split(',')
            .every((name) => known.has(name)),
      )
    ) {
      return Promise.resolve(fail({ reason: 'server', message: 'Can not locate object method (500)' }));
    }
    const body = this.#answers[path]?.(request);
    if (body === undefined) return Promise.resolve(fail({ reason: 'not-found', message: path }));
    const number = /^\/ticket\/(\d+)$/.exec(path)?.[1];
    const headers: Record<string, string> = number === undefined ? {} : { etag: `"1${number}"` };
    return Promise.resolve(ok({ status: 200, headers, body }));
  }

  stream(): Promise<Result<ReadableStream<Uint8Array>>> {
    return Promise.resolve(fail({ reason: 'not-found', message: 'No streams here.' }));
  }

  identity(): Promise<string> {
    return Promise.resolve('27');
  }
}

export function rawTicket(id: string, more: object = {}): object {
  return {
    id,
    Subject: `Ticket ${id}`,
    Status: 'open',
    Queue: { id: '3' },
    Owner: { id: 'alice' },
    Requestor: [],
    Priority: '0',
    Created: '2026-01-01T00:00:00Z',
    LastUpdated: '2026-01-02T00:00:00Z',
    Resolved: '1970-01-01T00:00:00Z',
    Started: '1970-01-01T00:00:00Z',
    Due: '1970-01-01T00:00:00Z',
    CustomFields: [],
    ...more,
  };
}
