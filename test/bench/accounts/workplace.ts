import { rm } from 'node:fs/promises';
import type { Backend, BackendContext } from '../../../src/backends/backend.ts';
import { localKind } from '../../../src/backends/local/kind.ts';
import { readLocalDeskSettings } from '../../../src/backends/local/settings.ts';
import type { Account } from '../../../src/desk/account.ts';
import { fail, ok } from '../../../src/desk/errors.ts';
import type { Step } from '../../../src/desk/operation.ts';
import type { TicketRef } from '../../../src/desk/ticket.ts';
import { localCalendar } from '../../../src/desk/query/dates.ts';
import { parseQuery } from '../../../src/desk/query/parse.ts';
import { readTickets } from '../../../src/editor/tickets/readTickets.ts';
import { TicketsModel } from '../../../src/editor/tickets/ticketsModel.ts';
import type { StoreReader, StoreWriter } from '../../../src/store/api.ts';
import { openStore } from '../../../src/store/open.ts';
import type { Sync } from '../../../src/sync/api.ts';
import { createSync } from '../../../src/sync/engine.ts';
import { connectorTo } from '../../contract/fakeAccount.ts';
import { apply, calm, update, value } from '../../contract/helpers.ts';
import { temporaryFolder } from '../../harness/paths.ts';
import { treeInput } from '../treeInput.ts';
import type { Desk } from './desks.ts';

/** What takes longer is no figure but a fault, in milliseconds. */
const limit = 120_000;

const localAccount: Account = { id: 'local', backend: 'local', label: 'Local desk' };

/** One window of Deskside without an editor: a store, an engine, and an account at each desk and at the local one. */
export class Workplace {
  readonly #folder: string;
  readonly #reader: StoreReader;
  readonly #writer: StoreWriter;
  readonly #backends: ReadonlyMap<string, Backend>;
  readonly #sync: Sync;

  static async open(desks: readonly Desk[], localTickets: number): Promise<Workplace> {
    const folder = await temporaryFolder('accounts');
    const workerFile = new URL('../../../src/store/worker.ts', import.meta.url);
    const { reader, writer } = value(await openStore({ folder, workerFile }));
    const local = await localBackend(reader, writer);
    for (let n = 1; n <= localTickets; n += 1) {
      const id = await apply(local, undefined, newTicket(n));
      await update(local, id, { assignee: 'alice@example.test' });
    }
    const backends = new Map([[localAccount.id, local]]);
    for (const desk of desks) backends.set(desk.account.id, await backendOf(desk, reader));
    const accounts = [localAccount, ...desks.map(({ account }) => account)];
    return new Workplace(folder, reader, writer, accounts, backends);
  }

  private constructor(
    folder: string,
    reader: StoreReader,
    writer: StoreWriter,
    accounts: readonly Account[],
    backends: ReadonlyMap<string, Backend>,
  ) {
    this.#folder = folder;
    this.#reader = reader;
    this.#writer = writer;
    this.#backends = backends;
    this.#sync = createSync({
      reader,
      writer,
      accounts: () => accounts,
      connect: (id) => {
        const backend = backends.get(id);
        return Promise.resolve(
          backend ? ok(backend) : fail({ reason: 'not-found', message: 'There is no such account.' }),
        );
      },
      now: Date.now,
      intervalMs: () => 3_600_000,
      windowId: crypto.randomUUID(),
      log: () => undefined,
    });
    this.#sync.start();
  }

  get accountIds(): string[] {
    return [...this.#backends.keys()];
  }

  /** All that is Alice's, with its timelines. */
  async settle(each: number): Promise<void> {
    value(await this.#sync.syncNow(undefined, calm));
    const filter = { mine: true, limit: 10_000 };
    await this.#when('all tickets with their timelines', () => {
      const tickets = this.#reader.tickets(filter);
      const complete = tickets.every((ticket) => this.#reader.hasTimeline(ticket));
      return complete && tickets.length === each * this.accountIds.length;
    });
  }

  /** Milliseconds until *Sync Now* over all accounts is done for each of these. */
  async syncOf(accountIds: readonly string[], stopped: AbortSignal): Promise<number> {
    const lastSync = (id: string) => this.#reader.accountState(id)?.lastSyncedAt ?? 0;
    const before = new Map(accountIds.map((id) => [id, lastSync(id)]));
    const begin = performance.now();
    void this.#sync.syncNow(undefined, stopped);
    await this.#when('a sync', () => accountIds.every((id) => lastSync(id) > (before.get(id) ?? 0)));
    return performance.now() - begin;
  }

  /** Until the timelines of `count` tickets of each of these are there with an entry that says this. */
  async read(accountIds: readonly string[], text: string, count: number): Promise<void> {
    const says = (ticket: TicketRef) =>
      this.#reader.entries(ticket).some(({ body }) => body?.text.includes(text));
    await this.#when('what was written meanwhile', () =>
      accountIds.every(
        (id) =>
          this.#reader.tickets({ accountIds: [id], mine: true, limit: 10_000 }).filter(says).length >= count,
      ),
    );
  }

  /** Milliseconds until the replies to `count` tickets of every account have arrived at these. */
  async deliveryTo(accountIds: readonly string[], count: number): Promise<number> {
    const begin = performance.now();
    for (const accountId of this.accountIds) {
      for (const ticket of this.#reader.tickets({ accountIds: [accountId], mine: true, limit: count })) {
        const step: Step = { type: 'post', kind: 'reply', visibility: 'public', body: 'We are at it.' };
        const request = { accountId, ticket, label: ticket.key, intent: 'reply' as const, steps: [step] };
        value(await this.#sync.enqueue(request));
      }
    }
    await this.#when('the replies to arrive', () => {
      const held = this.#reader.outbox().find(({ state }) => state === 'conflict' || state === 'failed');
      if (held)
        throw new Error(
          `A reply to ${held.label} of ${held.accountId} is held back: ${JSON.stringify(held.conflict ?? held.error)}.`,
        );
      return accountIds.every((id) => this.waiting(id) === 0);
    });
    return performance.now() - begin;
  }

  /** What has not arrived at an account. */
  waiting(accountId: string): number {
    return this.#reader.outbox().filter((operation) => operation.accountId === accountId).length;
  }

  /** Milliseconds until the rows of the tree are made, over all accounts. */
  async rows(): Promise<number> {
    const begin = performance.now();
    const tickets = (await readTickets(this.#reader, { active: true, mine: true }, () => true)) ?? [];
    const model = new TicketsModel((text, ...values) => text + values.join());
    model.update(treeInput(tickets, Date.now(), 0));
    for (const root of model.roots) model.children(root);
    this.#demandAll(tickets.map(({ accountId }) => accountId));
    return performance.now() - begin;
  }

  /** Milliseconds of a search over all accounts. */
  search(): number {
    const query = parseQuery('printer ', { calendar: localCalendar(Date.now()), accounts: [] });
    const begin = performance.now();
    const hits = this.#reader.search(query, 10_000);
    const time = performance.now() - begin;
    this.#demandAll(hits.map(({ ticket }) => ticket.accountId));
    return time;
  }

  async close(): Promise<void> {
    await this.#sync.dispose();
    this.#reader.close();
    await this.#writer.close();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #demandAll(found: readonly string[]): void {
    const missing = this.accountIds.filter((id) => !found.includes(id));
    if (missing.length > 0) throw new Error(`Nothing of ${missing.join(', ')} is there.`);
  }

  #when(what: string, holds: () => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        following.dispose();
        settle();
      };
      const look = () => {
        try {
          if (holds()) end(resolve);
        } catch (error) {
          end(() => reject(error instanceof Error ? error : new Error(String(error))));
        }
      };
      const late = () => end(() => reject(new Error(`Waited ${limit / 1000} s for ${what}.`)));
      const timer = setTimeout(late, limit);
      const following = this.#sync.onDidChange(look);
      look();
    });
  }
}

function localBackend(reader: StoreReader, writer: StoreWriter): Promise<Backend> {
  const { settings } = readLocalDeskSettings({ user: 'Alice Agent <alice@example.test>' }, 'nobody');
  const unused = () => Promise.reject(new Error('The local desk has no server.'));
  const context: BackendContext = {
    account: localAccount,
    gateway: { request: unused, stream: unused, identity: unused },
    now: Date.now,
    known: () => undefined,
  };
  return localKind({ reader, run: writer.run.bind(writer), settings: () => settings }).create(context);
}

function backendOf({ kind, account, token }: Desk, reader: StoreReader): Promise<Backend> {
  const known = (id: string) => reader.ticket({ accountId: account.id, id })?.revision;
  // With the pauses of the product, as what fails is tried again.
  return connectorTo(kind, account, token, { known, tuning: {} });
}

function newTicket(number: number): Step {
  const subject = `Printer ${number} is slow`;
  return {
    type: 'create',
    ticket: {
      subject,
      description: 'It does not work since this morning.',
      kind: 'incident',
      channel: 'phone',
      tags: [],
    },
  };
}
