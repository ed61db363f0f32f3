import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { generations, generationFile } from '../../../src/store/files.ts';
import type { Act, Answer, Asked, Exchange, FaultProxy } from '../faultProxy.ts';
import type { JumpingClock } from './clock.ts';
import type { Names } from './names.ts';
import type { Aim, FaultSubject } from './subject.ts';

/** Everything around a run that a fault can reach. */
export interface Stage {
  subject: FaultSubject;
  proxy: FaultProxy;
  clock: JumpingClock;
  names: Names;
  folder: string;
  ticketIds: readonly string[];
  random: () => number;
  /** Answers that take longer are given up. */
  deadlineMs: number;
  /** What the server is to act on only later. */
  held: { asked: Asked; act: () => Promise<unknown> }[];
  /** Answers to lists, by what was asked wherever in the list, for those who give them again. */
  pages: Map<string, Answer>;
}

/** Where a fault strikes, drawn by the run. */
export interface Blow {
  wants: (asked: Asked) => boolean;
  skip: number;
  times: number;
}

export interface FaultKind {
  name: string;
  /** Requests it can strike; none where it is about the disk, the clock or the process. */
  aims: readonly Aim[];
  /** So many requests in a row at most. */
  most: number;
  /** Does it have to be there before the first sync? */
  early?: boolean;
  /** Tickets it takes to show. */
  crowd?: number;
  /** The window itself is killed. */
  kills?: boolean;
  /** For its time no state can be written. */
  keepsFromWriting?: boolean;
  /** Begins; what it gives ends it. */
  begin: (stage: Stage, blow: Blow) => () => void | Promise<void>;
}

const reads: readonly Aim[] = ['list', 'ticket', 'history', 'other'];
const all: readonly Aim[] = ['write', ...reads];

function struck(name: string, aims: readonly Aim[], act: (stage: Stage) => Act, most = 4): FaultKind {
  return {
    name,
    aims,
    most,
    begin: (stage, blow) => {
      stage.proxy.add({ ...blow, act: act(stage) });
      return () => undefined;
    },
  };
}

function answer(status: number, body: unknown, headers: Answer['headers'] = {}): Answer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(text) };
}

/** The server did not act, and says so or not. */
function instead(given: Answer): () => Act {
  return () => (exchange) => exchange.reply(given);
}

/** The server acted, and its answer is replaced. */
function replaced(change: (given: Answer) => Answer): () => Act {
  return () => async (exchange) => exchange.reply(change(await exchange.forward()));
}

async function actOnly({ forward }: Exchange): Promise<void> {
  await forward();
}

const page = answer(200, '<html><title>Welcome</title>', { 'content-type': 'text/html' });
const logIn: Answer = {
  status: 302,
  headers: { location: '/NoAuth/Login.html?next=1' },
  body: Buffer.alloc(0),
};

/** The network goes away after a request that still went well. */
function away(name: string, most: number, go: (stage: Stage) => () => void | Promise<void>): FaultKind {
  return {
    name,
    aims: all,
    most,
    begin: (stage, blow) => {
      let back: () => void | Promise<void> = () => undefined;
      const act: Act = async (exchange) => {
        exchange.reply(await exchange.forward());
        await sleep(1);
        back = go(stage);
      };
      stage.proxy.add({ ...blow, times: 1, act });
      return () => back();
    },
  };
}

/** The writer finds its disk spoilt, or somebody else at it, for a while. */
function disk(
  name: string,
  fault: string,
  more: (stage: Stage) => () => void = () => () => undefined,
): FaultKind {
  return {
    name,
    aims: all,
    most: 1,
    keepsFromWriting: true,
    begin: (stage, blow) => {
      const file = `${stage.folder}.fault`;
      let lift: () => void = () => undefined;
      const act: Act = async (exchange) => {
        writeFileSync(file, fault);
        lift = more(stage);
        exchange.reply(await exchange.forward());
      };
      stage.proxy.add({ ...blow, times: 1, act });
      return () => {
        lift();
        rmSync(file, { force: true });
      };
    },
  };
}

/** Another window that holds both databases in the middle of a transaction. */
function hold({ folder }: Stage): () => void {
  const held = (['cache', 'work'] as const).map((name) => {
    const newest = generations(folder, name)[0] ?? 1;
    const database = new DatabaseSync(path.resolve(generationFile(folder, name, newest)), { timeout: 5_000 });
    database.exec('BEGIN IMMEDIATE');
    return database;
  });
  return () => {
    for (const database of held) database.close();
  };
}

function skewed(name: string, ms: number): FaultKind {
  return {
    name,
    aims: [],
    most: 1,
    early: true,
    begin: ({ clock, proxy }) => {
      clock.jump(ms);
      proxy.add({ wants: () => true, skip: 0, times: Infinity, act: replaced(dated(-ms))() });
      return () => undefined;
    },
  };
}

function dated(ms: number): (given: Answer) => Answer {
  return (given) => ({
    ...given,
    headers: { ...given.headers, date: new Date(Date.now() + ms).toUTCString() },
  });
}

/** The server gets to it when the run says so; nobody gets an answer. */
function late({ held }: Stage): Act {
  return ({ asked, forward }) => void held.push({ asked, act: forward });
}

/** A list's answer given again: for its next page, or for ever. */
function again(forever: boolean): (stage: Stage) => Act {
  return ({ pages }) =>
    async (exchange) => {
      const name = exchange.asked.path.replaceAll(/\d+|(?<=[Tt]oken=)[^&]+/g, '');
      const before = pages.get(name);
      const given = await exchange.forward();
      exchange.reply(before ?? given);
      if (forever) pages.set(name, before ?? given);
      else if (before) pages.delete(name);
      else pages.set(name, given);
    };
}

export const faultKinds: readonly FaultKind[] = [
  away('connection refused', 1, ({ proxy }) => {
    void proxy.shut();
    return () => proxy.calm();
  }),
  away('DNS failure', 1, ({ names, proxy }) => {
    names.fail(true);
    proxy.drop();
    return () => names.fail(false);
  }),
  struck('reset before the server acted', all, () => (exchange) => exchange.reset()),
  struck('reset after the server acted', all, () => async (exchange) => {
    await exchange.forward();
    exchange.reset();
  }),
  struck('reset in the middle of a body', all, () => async (exchange) => {
    const given = await exchange.forward();
    exchange.begin(given)(given.body.subarray(0, given.body.length / 2));
    await sleep(5);
    exchange.reset();
  }),
  struck(
    'slow drip',
    all,
    ({ deadlineMs }) =>
      async (exchange) => {
        const given = await exchange.forward();
        const write = exchange.begin(given);
        for (const byte of given.body.subarray(0, -1)) {
          if (exchange.isOver()) return;
          write(Buffer.from([byte]));
          await sleep(deadlineMs / 20);
        }
      },
    1,
  ),
  struck('time-out before the server acted', all, () => () => undefined, 1),
  struck('time-out after the server acted', all, () => actOnly, 1),
  struck('the server acts after our settling read', ['write'], late, 1),
  struck('401 in the middle', all, instead(answer(401, { message: 'Unauthorized' }))),
  {
    ...struck(
      '403 for one ticket',
      ['ticket', 'history', 'write'],
      instead(answer(403, { message: 'Forbidden' })),
    ),
    most: 20,
  },
  struck('404', ['ticket', 'history', 'write'], instead(answer(404, { message: 'Not found' }))),
  struck('409', ['write'], instead(answer(409, { message: 'Conflict' })), 6),
  struck('412', ['write'], instead(answer(412, { message: 'Precondition failed' })), 6),
  struck('422 with a field', ['write'], instead(answer(422, { errors: ['Subject cannot be blank'] })), 1),
  struck('429 with Retry-After', all, instead(answer(429, {}, { 'retry-after': '30' }))),
  struck('429 without Retry-After', all, instead(answer(429, {}))),
  struck('500 before the server acted', all, instead(answer(500, { message: 'Oops' }))),
  struck(
    '500 after the server acted',
    all,
    replaced(() => answer(500, { message: 'Oops' })),
  ),
  struck(
    '502 after the server acted',
    all,
    replaced(() => ({ ...page, status: 502 })),
  ),
  struck('503', all, instead(answer(503, 'Back soon', { 'content-type': 'text/plain' }))),
  struck(
    'HTML instead of JSON',
    all,
    replaced(() => page),
  ),
  struck(
    'truncated JSON',
    all,
    replaced((given) => ({
      ...given,
      body: given.body.subarray(0, Math.max(1, given.body.length - 3)),
    })),
  ),
  struck(
    'wrong Content-Type',
    all,
    replaced((given) => ({
      ...given,
      headers: { ...given.headers, 'content-type': 'text/plain' },
    })),
  ),
  struck('a redirect to a log-in page', all, instead(logIn)),
  struck('duplicate pages', ['list'], again(false), 2),
  struck(
    'shifting pages',
    ['list'],
    ({ subject, ticketIds }) =>
      async (exchange) => {
        await Promise.all(ticketIds.map((id) => subject.answer(id, 'I am still waiting.')));
        exchange.reply(await exchange.forward());
      },
    2,
  ),
  struck('a page token that repeats', ['list'], again(true), 40),
  {
    name: 'equal timestamps over more than a page',
    aims: [],
    most: 1,
    early: true,
    crowd: 28,
    begin: ({ subject, ticketIds }) => {
      subject.alignTimes?.(ticketIds);
      return () => undefined;
    },
  },
  struck(
    'a ticket that changes while it is read',
    ['ticket', 'history'],
    ({ subject, ticketIds, random }) =>
      async (exchange) => {
        const id = subject.ticketOf(exchange.asked) ?? ticketIds[0];
        const known = id !== undefined && ticketIds.includes(id);
        if (known && random() < 0.5) await subject.answer(id, 'One more thing.');
        const given = await exchange.forward();
        if (known) await subject.meddle(id);
        exchange.reply(given);
      },
    2,
  ),
  skewed('a clock one hour ahead', 3_600_000),
  skewed('a clock one hour behind', -3_600_000),
  disk('disk full', 'full'),
  disk('read-only disk', 'read-only'),
  disk('a database locked by another window', 'locked', hold),
  { name: 'SIGKILL at random', aims: [], most: 1, kills: true, begin: () => () => undefined },
];
