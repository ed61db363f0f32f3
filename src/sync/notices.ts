import { setImmediate } from 'node:timers/promises';
import type { Account } from '../desk/account.ts';
import { eventsOf, mostPressing, type DeskEvent, type EventKind, type Onlooker } from '../desk/events.ts';
import { mine, scopeKey } from '../desk/scope.ts';
import type { Instant, Ticket, TicketRef } from '../desk/ticket.ts';
import type { StoreReader, StoreWriter } from '../store/api.ts';

export interface NoticesDeps {
  reader: StoreReader;
  writer: StoreWriter;
  accounts: () => readonly Account[];
  now: () => Instant;
  /** May the user be disturbed here and now? */
  mayDisturb: () => boolean;
  wants: (kind: EventKind) => boolean;
  soonMs: () => number;
}

/** Something to tell, with the ticket as it is now and the keys of all that happened to it. */
export interface Notice {
  event: DeskEvent;
  ticket: Ticket;
  keys: string[];
}

/** The tickets that changed last, and those that are due first: what may have something to tell. */
const mostRecent = 200;
const mostUrgent = 100;
/** What is older is no news, however long nobody was here. */
const longest = 7 * 24 * 60 * 60 * 1000;

/**
 * Finds what the user has not been told of yet, in whichever window: the store knows what was told. What was there
 * before an account or a team was followed is not news.
 */
export class Notices {
  readonly #deps: NoticesDeps;

  constructor(deps: NoticesDeps) {
    this.#deps = deps;
  }

  /** What has to be told here and now; nobody else will tell of it. */
  async take(): Promise<Notice[]> {
    const notices: Notice[] = [];
    for (const account of this.#deps.accounts()) notices.push(...(await this.#takeOf(account)));
    return notices;
  }

  async #takeOf(account: Account): Promise<Notice[]> {
    const { writer, now, mayDisturb, wants } = this.#deps;
    const followed = await this.#followedSince(account);
    const pending = mayDisturb() ? await this.#pending(account, followed) : [];
    if (pending.length === 0) return [];
    const keys = pending.flatMap(({ events }) => events.map(({ key }) => key));
    const told = await writer.run('tell', { accountId: account.id, keys, at: now() });
    if (!told.ok) return [];
    const ours = new Set(told.value);
    return pending.flatMap(({ ticket, events }) => {
      const fresh = events.filter(({ key, kind }) => ours.has(key) && wants(kind));
      const [event] = mostPressing(fresh);
      return event ? [{ event, ticket, keys: fresh.map(({ key }) => key) }] : [];
    });
  }

  /** Since when the account's scopes are followed, by their keys: what just came is complete from now on. */
  async #followedSince(account: Account): Promise<Map<string, Instant>> {
    const { reader, writer, now } = this.#deps;
    const scopes = reader.accountState(account.id)?.synced ?? [];
    const nameOf = (scope: string) => JSON.stringify(['followed', account.id, scope]);
    const names = scopes.map(nameOf);
    const known = reader.told(names);
    const keys = names.filter((name) => !known.has(name));
    if (keys.length > 0) await writer.run('tell', { accountId: account.id, keys, at: now() });
    const since = reader.told(names);
    return new Map(scopes.map((scope) => [scope, since.get(nameOf(scope)) ?? now()]));
  }

  async #pending(
    account: Account,
    followed: ReadonlyMap<string, Instant>,
  ): Promise<{ ticket: Ticket; events: DeskEvent[] }[]> {
    const { reader, now, soonMs } = this.#deps;
    const me = reader.accountState(account.id)?.me;
    if (!me) return [];
    const pending: { ticket: Ticket; events: DeskEvent[] }[] = [];
    for (const ticket of this.#candidates(account)) {
      const since =
        followed.get(ticket.mine ? scopeKey(mine) : teamKey(ticket)) ?? followed.get(scopeKey(mine));
      if (since === undefined) continue;
      // What is mine gets a timeline soon, and only that says how it became mine.
      if (ticket.mine && !reader.hasTimeline(ticket)) continue;
      if ((reader.mutedUntil(ticket) ?? 0) > now()) continue;
      const onlooker: Onlooker = {
        me,
        teams: account.teams ?? [],
        now: now(),
        soonMs: soonMs(),
        seenUntil: reader.seenUntil(ticket),
      };
      const from = Math.max(since, now() - longest);
      const entries = ticket.updatedAt > from ? reader.entries(ticket) : [];
      const events = eventsOf(ticket, entries, onlooker).filter(({ at }) => at > from);
      if (events.length > 0) pending.push({ ticket, events });
      await setImmediate();
    }
    const told = reader.told(pending.flatMap(({ events }) => events.map(({ key }) => key)));
    return pending.flatMap(({ ticket, events }) => {
      const untold = events.filter(({ key }) => !told.has(key));
      return untold.length > 0 ? [{ ticket, events: untold }] : [];
    });
  }

  #candidates({ id, teams = [] }: Account): Ticket[] {
    const { reader } = this.#deps;
    const open = { accountIds: [id], active: true } as const;
    const found = [
      ...reader.tickets({ ...open, mine: true, limit: mostRecent }),
      ...reader.tickets({ ...open, mine: true, order: 'urgent', limit: mostUrgent }),
      ...(teams.length > 0 ? reader.tickets({ ...open, teams, assigned: false, limit: mostRecent }) : []),
    ];
    return [...new Map(found.map((ticket) => [ticket.id, ticket])).values()];
  }

  /** No more of this ticket until then; what was told of it is told again if it still holds. */
  async mute(ref: TicketRef, until: Instant, again: readonly string[] = []): Promise<void> {
    await this.#deps.writer.run('mute', { ref, until, again });
  }
}

function teamKey({ team = '' }: Ticket): string {
  return scopeKey({ kind: 'team', team });
}
