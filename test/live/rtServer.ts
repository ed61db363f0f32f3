import { strict as assert } from 'node:assert';
import { DatabaseSync } from 'node:sqlite';
import { createGateway } from '../../src/backends/axiosGateway.ts';
import type { Backend } from '../../src/backends/backend.ts';
import { rtKind } from '../../src/backends/rt/kind.ts';
import type { Account } from '../../src/desk/account.ts';
import type { Actor } from '../contract/subject.ts';

/** A running Request Tracker made for tests, as the harness names it. */
export interface RtServer {
  base: string;
  tokens: { alice: string; bob: string; lead: string };
  /** Of carol and root, who have no token. */
  password: string;
  /** The SQLite file behind it. */
  database: string;
}

export function rtServer(): RtServer {
  const value = process.env.DESKSIDE_TEST_RT;
  assert.ok(value, 'DESKSIDE_TEST_RT names no server; run the tests through the harness.');
  return JSON.parse(value) as RtServer;
}

export function rtAccount(server: RtServer, id = 'rt'): Account {
  return { id, backend: 'rt', label: 'RT', url: server.base };
}

/** Our connector, signed in with `token`. */
export function rtBackend(
  account: Account,
  token: string,
  log: (line: string) => void = () => undefined,
): Promise<Backend> {
  const gateway = createGateway({
    account,
    token: () => Promise.resolve(token),
    authorise: (secret) => rtKind.authorise(secret, account),
    identify: rtKind.identify,
    log,
    now: () => Date.now(),
  });
  return rtKind.create({ account, gateway, now: () => Date.now(), known: () => undefined });
}

export interface RawItem {
  id: string;
  Type: string;
  Creator: { id: string };
  [field: string]: unknown;
}

export interface RawPart {
  type: string;
  name: string;
  text: string;
}

/** RT's own REST interface without our connector: the truth. */
export class RawRt {
  readonly #server: RtServer;

  constructor(server: RtServer) {
    this.#server = server;
  }

  async as<T>(who: Actor | 'lead' | 'root', method: string, path: string, body?: unknown): Promise<T> {
    const { base, tokens, password } = this.#server;
    const authorization =
      who === 'carol' || who === 'root'
        ? `Basic ${Buffer.from(`${who}:${password}`).toString('base64')}`
        : `token ${tokens[who]}`;
    const response = await fetch(`${base}/REST/2.0${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text) as T;
  }

  async create(
    who: Actor,
    fields: { Subject: string; Content: string; [field: string]: unknown },
  ): Promise<string> {
    const created = await this.as<{ id: string }>(who, 'POST', '/ticket', {
      Queue: 'Helpdesk',
      ContentType: 'text/plain',
      Requestor: ['carol@example.test'],
      ...fields,
    });
    return created.id;
  }

  /** Fields for all tickets, which REST 2 can't make. */
  customFields(fields: Record<string, { Type: string; MaxValues: number }>): void {
    const database = new DatabaseSync(this.#server.database, { timeout: 30_000 });
    try {
      for (const [name, { Type: type, MaxValues: most }] of Object.entries(fields)) {
        const { lastInsertRowid: id } = database
          .prepare(
            `INSERT INTO CustomFields (Name, Type, MaxValues, LookupType, RenderType, Description, SortOrder, Disabled)
             VALUES (?, ?, ?, 'RT::Queue-RT::Ticket', '', '', 0, 0)`,
          )
          .run(name, type, most);
        database
          .prepare('INSERT INTO ObjectCustomFields (CustomField, ObjectId, SortOrder) VALUES (?, 0, 0)')
          .run(id);
      }
    } finally {
      database.close();
    }
  }

  /** The transactions of a ticket that say something, as RT itself names them. */
  async spoken(ticketId: string): Promise<RawItem[]> {
    const history = await this.as<{ items: RawItem[] }>(
      'bob',
      'GET',
      `/ticket/${ticketId}/history?per_page=100&fields=Type,Creator,TimeTaken`,
    );
    return history.items.filter(({ Type }) => ['Create', 'Correspond', 'Comment'].includes(Type));
  }

  parts(transactionId: string): Promise<RawPart[]> {
    return this.#partsFor('bob', transactionId);
  }

  /** What of a transaction's texts somebody is shown: nothing of one that is not for them. */
  async shownTo(who: Actor, transactionId: string): Promise<string> {
    const parts = await this.#partsFor(who, transactionId).catch(() => []);
    return parts.map(({ text }) => text).join('\n');
  }

  async #partsFor(who: Actor, transactionId: string): Promise<RawPart[]> {
    const listed = await this.as<{ items: { id: string }[] }>(
      who,
      'GET',
      `/transaction/${transactionId}/attachments?per_page=100`,
    );
    return Promise.all(
      listed.items.map(async ({ id }) => {
        const part = await this.as<{ ContentType: string; Filename?: string; Content?: string }>(
          who,
          'GET',
          `/attachment/${id}`,
        );
        const text = Buffer.from(part.Content ?? '', 'base64').toString('utf8');
        return { type: part.ContentType, name: part.Filename ?? '', text };
      }),
    );
  }
}
