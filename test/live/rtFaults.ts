import { DatabaseSync } from 'node:sqlite';
import { rtKind } from '../../src/backends/rt/kind.ts';
import type { Aim, FaultSubject, Truth } from '../shared/faults/subject.ts';
import type { Asked } from '../shared/faultProxy.ts';
import { direct } from '../shared/faults/window.ts';
import { RawRt, rtServer } from './rtServer.ts';

const priorities = new Map([
  ['0', 'Low'],
  ['50', 'Medium'],
  ['100', 'High'],
]);

/** Request Tracker with the account of one agent, whom nobody else needs meanwhile. The truth is in its database. */
export async function rtSubject(user: 'lead' | 'bob'): Promise<FaultSubject> {
  const server = rtServer();
  const raw = new RawRt(server);
  const database = new DatabaseSync(server.database, { timeout: 30_000 });
  const nobody = "(SELECT id FROM Users WHERE Name = 'Nobody')";
  const me = `(SELECT id FROM Users WHERE Name = '${user}')`;
  database.exec(`UPDATE Tickets SET Owner = ${nobody} WHERE Owner = ${me}`);
  const account = { name: 'Request Tracker', kind: rtKind, base: server.base, token: server.tokens[user] };
  return {
    ...account,
    direct: await direct(account),
    aimOf,
    ticketOf: ({ path }) => /^\/REST\/2\.0\/ticket\/(\d+)/.exec(path)?.[1],
    priorities: ['High', 'Medium'],
    status: 'stalled',
    files: 'internal',
    lacks: [],
    open: (Subject) => raw.create('carol', { Subject, Content: 'It does not work.', Owner: user }),
    answer: (id, Content) =>
      raw.as('carol', 'POST', `/ticket/${id}/correspond`, { Content, ContentType: 'text/plain' }),
    meddle: (id) => raw.as('root', 'PUT', `/ticket/${id}`, { Priority: 'Medium' }),
    release(ids) {
      database.exec(`UPDATE Tickets SET Owner = ${nobody} WHERE id IN (${ids.map(Number).join(', ')})`);
    },
    truth: (id) => truthOf(database, user, id),
    count: (subject) => database.prepare('SELECT 1 FROM Tickets WHERE Subject = ?').all(subject).length,
    alignTimes(ids) {
      const list = ids.map(Number).join(', ');
      database.exec(`
        UPDATE Tickets SET LastUpdated = '2026-01-01 12:00:00' WHERE id IN (${list});
        UPDATE Transactions SET Created = '2026-01-01 12:00:00' WHERE ObjectType = 'RT::Ticket' AND ObjectId IN (${list});
      `);
    },
  };
}

function aimOf({ method, path }: Asked): Aim {
  const [, rest = ''] = /^\/REST\/2\.0(\/[^?]*)/.exec(path) ?? [];
  if (/^\/(transactions|tickets)$/.test(rest)) return 'list';
  if (/^\/ticket\/\d+\/(history|attachments)$/.test(rest)) return 'history';
  if (/^\/ticket\b/.test(rest)) return method === 'GET' ? 'ticket' : 'write';
  return 'other';
}

function truthOf(database: DatabaseSync, user: string, id: string): Truth {
  const truth: Truth = { said: [], files: [], minutes: 0, set: [] };
  const ticket = database.prepare('SELECT TimeWorked FROM Tickets WHERE id = ?').get(Number(id));
  truth.minutes = Number(ticket?.TimeWorked ?? 0);
  const rows = database
    .prepare(
      `SELECT t.id, t.Type, t.Field, t.NewValue, a.Filename, a.Content, a.ContentEncoding
       FROM Transactions t JOIN Users u ON u.id = t.Creator LEFT JOIN Attachments a ON a.TransactionId = t.id
       WHERE t.ObjectType = 'RT::Ticket' AND t.ObjectId = ? AND u.Name = ? ORDER BY t.id, a.id`,
    )
    .all(Number(id), user);
  for (const row of rows) {
    const to = String(row.NewValue);
    if (row.Type === 'Status') truth.set.push({ field: 'status', to });
    if (row.Type === 'Set' && row.Field === 'Priority') {
      truth.set.push({ field: 'priority', to: priorities.get(to) ?? to });
    }
    if (row.Type !== 'Correspond' && row.Type !== 'Comment') continue;
    if (typeof row.Filename === 'string' && row.Filename !== '') truth.files.push(row.Filename);
    else if (row.Content !== null) {
      const bytes =
        typeof row.Content === 'string' ? row.Content : Buffer.from(row.Content as Uint8Array).toString();
      const visibility = row.Type === 'Comment' ? 'internal' : 'public';
      if (bytes.trim() !== '') truth.said.push({ text: bytes.trim(), visibility });
    }
  }
  return truth;
}
