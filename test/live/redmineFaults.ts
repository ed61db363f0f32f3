import { redmineKind } from '../../src/backends/redmine/kind.ts';
import type { Aim, FaultSubject, Truth } from '../shared/faults/subject.ts';
import type { Asked } from '../shared/faultProxy.ts';
import { direct } from '../shared/faults/window.ts';
import { RawRedmine, redmineServer } from './redmineServer.ts';

/** Redmine with the account of the lead, whom nobody else needs meanwhile. The truth is in its database. */
export async function redmineSubject(): Promise<FaultSubject> {
  const server = redmineServer();
  const raw = new RawRedmine(server);
  const me = Number(server.people.lead);
  const account = { name: 'Redmine', kind: redmineKind, base: server.base, token: server.keys.lead };
  const theirs = raw.inDatabase((database) =>
    database.prepare(`SELECT id FROM enumerations WHERE type = 'IssuePriority' AND name = 'Low'`).get(),
  );
  const set = (ids: readonly string[], assignment: string) =>
    raw.inDatabase((database) =>
      database.exec(`UPDATE issues SET ${assignment} WHERE id IN (${ids.map(Number).join(', ')})`),
    );
  raw.inDatabase((database) =>
    database.exec(`UPDATE issues SET assigned_to_id = NULL WHERE assigned_to_id = ${me}`),
  );
  return {
    ...account,
    direct: await direct(account),
    aimOf,
    ticketOf: ({ path }) => /^\/issues\/(\d+)/.exec(path)?.[1],
    priorities: ['High', 'Low'],
    status: 'In Progress',
    files: 'public',
    lacks: [],
    async open(subject) {
      const id = await raw.create('carol', { subject, description: 'It does not work.' });
      set([id], `assigned_to_id = ${me}`);
      return id;
    },
    answer: (id, notes) => raw.change('carol', id, { notes }),
    meddle: (id) => raw.change('admin', id, { priority_id: Number(theirs?.id) }),
    release: (ids) => set(ids, 'assigned_to_id = NULL'),
    truth: (id) => truthOf(raw, me, Number(id)),
    count: (subject) =>
      raw.inDatabase(
        (database) => database.prepare('SELECT 1 FROM issues WHERE subject = ?').all(subject).length,
      ),
    alignTimes: (ids) => set(ids, "updated_on = '2026-01-01 12:00:00'"),
  };
}

function aimOf({ method, path }: Asked): Aim {
  const [name = ''] = path.split('?');
  if (method !== 'GET') return 'write';
  if (name === '/issues.json') return 'list';
  if (/^\/issues\/\d+\.json$/.test(name)) return 'ticket';
  return name === '/time_entries.json' ? 'history' : 'other';
}

function truthOf(raw: RawRedmine, me: number, issue: number): Truth {
  return raw.inDatabase((database) => {
    const truth: Truth = { said: [], files: [], minutes: 0, set: [] };
    const journals = database
      .prepare(
        `SELECT notes, private_notes FROM journals
         WHERE journalized_type = 'Issue' AND journalized_id = ? AND user_id = ? ORDER BY id`,
      )
      .all(issue, me);
    for (const { notes, private_notes: isPrivate } of journals) {
      if (typeof notes !== 'string' || notes.trim() === '') continue;
      const visibility = isPrivate === 1 || isPrivate === 't' ? 'internal' : 'public';
      truth.said.push({ text: notes.trim(), visibility });
    }
    const changes = database
      .prepare(
        `SELECT d.property, d.prop_key, d.value, s.name AS status, p.name AS priority
         FROM journal_details d JOIN journals j ON j.id = d.journal_id
         LEFT JOIN issue_statuses s ON d.prop_key = 'status_id' AND s.id = d.value
         LEFT JOIN enumerations p ON d.prop_key = 'priority_id' AND p.id = d.value
         WHERE j.journalized_type = 'Issue' AND j.journalized_id = ? AND j.user_id = ? ORDER BY d.id`,
      )
      .all(issue, me);
    for (const { property, value, status, priority } of changes) {
      if (property === 'attachment') truth.files.push(String(value));
      if (status !== null) truth.set.push({ field: 'status', to: String(status) });
      if (priority !== null) truth.set.push({ field: 'priority', to: String(priority) });
    }
    const times = database.prepare('SELECT hours FROM time_entries WHERE issue_id = ?').all(issue);
    for (const { hours } of times) truth.minutes += Math.round(Number(hours) * 60);
    return truth;
  });
}
