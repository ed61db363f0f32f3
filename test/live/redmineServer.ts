import { strict as assert } from 'node:assert';
import { DatabaseSync } from 'node:sqlite';
import { createGateway } from '../../src/backends/axiosGateway.ts';
import type { Backend } from '../../src/backends/backend.ts';
import { redmineKind } from '../../src/backends/redmine/kind.ts';
import type { Account } from '../../src/desk/account.ts';
import type { RedmineSeed } from '../harness/redmine.ts';

/** A running Redmine made for tests, as the harness names it. */
export interface RedmineServer extends RedmineSeed {
  base: string;
  database: string;
}

export function redmineServer(): RedmineServer {
  const value = process.env.DESKSIDE_TEST_REDMINE;
  assert.ok(value, 'DESKSIDE_TEST_REDMINE names no server; run the tests through the harness.');
  return JSON.parse(value) as RedmineServer;
}

export function redmineAccount(server: Pick<RedmineServer, 'base'>, id = 'redmine'): Account {
  return { id, backend: 'redmine', label: 'Redmine', url: server.base };
}

/** Our connector, signed in with `key`. */
export function redmineBackend(
  account: Account,
  key: string,
  log: (line: string) => void = () => undefined,
): Promise<Backend> {
  const gateway = createGateway({
    account,
    token: () => Promise.resolve(key),
    authorise: (secret) => redmineKind.authorise(secret, account),
    log,
    now: () => Date.now(),
  });
  return redmineKind.create({ account, gateway, now: () => Date.now(), known: () => undefined });
}

export interface RawJournal {
  id: number;
  user: { id: number };
  notes: string;
  private_notes: boolean;
  details: { property: string; name: string; new_value: string | null }[];
}

export interface RawIssue {
  id: number;
  subject: string;
  description: string;
  author: { id: number };
  status: { id: number; name: string };
  assigned_to?: { id: number };
  project: { id: number; name: string };
  priority: { name: string };
  custom_fields: { id: number; name: string; value: string | string[] | null }[];
  journals: RawJournal[];
  attachments: { id: number; filename: string }[];
}

/** Redmine's own REST interface without our connector, and its database: the truth. */
export class RawRedmine {
  readonly #server: RedmineServer;

  constructor(server: RedmineServer) {
    this.#server = server;
  }

  async as<T>(who: keyof RedmineSeed['keys'], method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(`${this.#server.base}${path}`, {
      method,
      headers: { 'x-redmine-api-key': this.#server.keys[who], 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** A ticket by `who`; `fields` as Redmine names them. */
  async create(
    who: keyof RedmineSeed['keys'],
    fields: { subject: string; description: string; [field: string]: unknown },
  ): Promise<string> {
    const created = await this.as<{ issue: { id: number } }>(who, 'POST', '/issues.json', {
      issue: { project_id: 'helpdesk', tracker_id: 3, ...fields },
    });
    return String(created.issue.id);
  }

  async change(
    who: keyof RedmineSeed['keys'],
    ticketId: string,
    issue: Record<string, unknown>,
  ): Promise<void> {
    await this.as(who, 'PUT', `/issues/${ticketId}.json`, { issue });
  }

  async issue(ticketId: string): Promise<RawIssue> {
    const path = `/issues/${ticketId}.json?include=journals,attachments`;
    return (await this.as<{ issue: RawIssue }>('admin', 'GET', path)).issue;
  }

  async minutes(ticketId: string): Promise<number> {
    const { time_entries: entries } = await this.as<{ time_entries: { hours: number }[] }>(
      'admin',
      'GET',
      `/time_entries.json?issue_id=${ticketId}&limit=100`,
    );
    return entries.reduce((sum, { hours }) => sum + Math.round(hours * 60), 0);
  }

  /** What only the administration's pages can do. */
  inDatabase<T>(work: (database: DatabaseSync) => T): T {
    const database = new DatabaseSync(this.#server.database);
    try {
      database.exec('PRAGMA busy_timeout = 10000');
      return work(database);
    } finally {
      database.close();
    }
  }

  /** Gives a right to a role, or takes it away. */
  grant(roleId: number, permission: string, granted: boolean): void {
    this.inDatabase((database) => {
      const row = database.prepare('SELECT permissions FROM roles WHERE id = ?').get(roleId);
      const line = `- :${permission}\n`;
      const without = String(row?.permissions).replace(line, '');
      database
        .prepare('UPDATE roles SET permissions = ? WHERE id = ?')
        .run(granted ? without + line : without, roleId);
    });
  }
}
