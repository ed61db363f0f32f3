import type { Entry } from '../../desk/entry.ts';
import type { Person, Ticket } from '../../desk/ticket.ts';
import { integer, text, type Connection } from '../connection.ts';
import type { Database } from '../database.ts';
import type { LocalDeskCommands, LocalFile } from '../localDesk.ts';

const ownPrefix = 'DESK-';

export function localCommands(work: Database): LocalDeskCommands {
  return {
    localApply: ({ key, revision, ticket, entries, files, others = [], movesTo }) =>
      work.write((db) => {
        if (stepDone(db, key) !== undefined) return 'already';
        const all = [{ ticket, entries, revision }, ...others];
        if (all.some((one) => !isAt(db, one.ticket.id, one.revision))) return 'stale';
        if (movesTo !== undefined) moveEntries(db, ticket.id, movesTo);
        for (const one of all) {
          putTicket(db, one.ticket, { workedOn: true });
          addEntries(db, one.ticket.id, one.entries);
        }
        addFiles(db, ticket.id, files);
        db.run('INSERT INTO local_steps (key, ticket_id) VALUES (?, ?)', key, ticket.id);
        return 'done';
      }),

    localCreate: ({ key, ticket, entries }) =>
      work.write((db) => {
        const before = stepDone(db, key);
        if (before !== undefined) return before;
        const id = freeKey(db);
        putTicket(db, { ...ticket, id, key: id }, { workedOn: true });
        addEntries(db, id, entries);
        db.run('INSERT INTO local_steps (key, ticket_id) VALUES (?, ?)', key, id);
        return id;
      }),

    localImport: (tickets) =>
      work.write((db) => {
        const counts = { added: 0, replaced: 0, kept: 0 };
        for (const { ticket, entries, files = [] } of tickets) {
          const row = db.get('SELECT id, worked_on FROM local_tickets WHERE key = ?', ticket.key);
          if (row !== undefined && integer(row, 'worked_on') === 1) {
            counts.kept += 1;
            continue;
          }
          const id = row === undefined ? freeId(db, ticket.id) : text(row, 'id');
          counts[row === undefined ? 'added' : 'replaced'] += 1;
          db.run('DELETE FROM local_entries WHERE ticket_id = ?', id);
          db.run('DELETE FROM local_files WHERE ticket_id = ?', id);
          putTicket(db, { ...ticket, id }, { workedOn: false });
          addEntries(db, id, entries);
          addFiles(db, id, files);
        }
        return counts;
      }),

    localRemove: (ids) =>
      work.write((db) => {
        for (const id of ids) removeTicket(db, id);
        forgetUnnamedPeople(db);
      }),
  };
}

/** Removes the tickets of an account that is given up. */
export function purgeLocal(db: Connection, accountId: string): void {
  const rows = db.all('SELECT id FROM local_tickets WHERE account_id = ?', accountId);
  for (const row of rows) removeTicket(db, text(row, 'id'));
  if (rows.length > 0) forgetUnnamedPeople(db);
}

function removeTicket(db: Connection, id: string): void {
  for (const table of ['local_entries', 'local_steps', 'local_files']) {
    db.run(`DELETE FROM ${table} WHERE ticket_id = ?`, id);
  }
  db.run('DELETE FROM local_tickets WHERE id = ?', id);
}

function stepDone(db: Connection, key: string): string | undefined {
  const row = db.get('SELECT ticket_id FROM local_steps WHERE key = ?', key);
  return row && text(row, 'ticket_id');
}

function isAt(db: Connection, id: string, revision: string): boolean {
  const row = db.get('SELECT sequence FROM local_tickets WHERE id = ?', id);
  return row !== undefined && String(integer(row, 'sequence')) === revision;
}

function moveEntries(db: Connection, from: string, to: string): void {
  db.run(
    `UPDATE local_entries SET ticket_id = ? WHERE ticket_id = ? AND json_extract(json, '$.visibility') <> 'system'`,
    to,
    from,
  );
  db.run('UPDATE local_files SET ticket_id = ? WHERE ticket_id = ?', to, from);
}

/** Each change has a number of its own, which is the ticket's revision and where a pull goes on. */
function putTicket(db: Connection, ticket: Ticket, options: { workedOn: boolean }): void {
  const sequence = nextValue(db, 'sequence');
  db.run(
    `INSERT INTO local_tickets (id, key, key_prefix, account_id, team, sequence, worked_on, json)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET key = excluded.key, key_prefix = excluded.key_prefix,
       account_id = excluded.account_id, team = excluded.team, sequence = excluded.sequence,
       worked_on = excluded.worked_on, json = excluded.json`,
    ticket.id,
    ticket.key,
    ticket.key.replace(/\d+$/, ''),
    ticket.accountId,
    ticket.team ?? null,
    sequence,
    Number(options.workedOn),
    JSON.stringify({ ...ticket, revision: String(sequence) }),
  );
  for (const person of [ticket.requester, ticket.assignee]) if (person !== undefined) putPerson(db, person);
  for (const { id, name, email } of ticket.watchers ?? []) {
    putPerson(db, { id, name, ...(email !== undefined && { email }) });
  }
}

function addEntries(db: Connection, ticketId: string, entries: readonly Entry[]): void {
  for (const entry of entries) {
    db.run('INSERT INTO local_entries (ticket_id, json) VALUES (?, ?)', ticketId, JSON.stringify(entry));
    // What the desk did by itself has an author too, but nobody to give a ticket to.
    if (entry.visibility !== 'system') putPerson(db, entry.author);
  }
}

function addFiles(db: Connection, ticketId: string, files: readonly LocalFile[]): void {
  for (const { id, bytes } of files) {
    db.run('INSERT INTO local_files (ticket_id, id, bytes) VALUES (?, ?, ?)', ticketId, id, bytes);
  }
}

function putPerson(db: Connection, person: Person): void {
  db.run(
    `INSERT INTO local_people (id, name, json) VALUES (?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, json = excluded.json WHERE json <> excluded.json`,
    person.id,
    person.name,
    JSON.stringify(person),
  );
}

function forgetUnnamedPeople(db: Connection): void {
  db.run(`
    DELETE FROM local_people WHERE id NOT IN (
      SELECT json_extract(json, '$.requester.id') FROM local_tickets
        WHERE json_extract(json, '$.requester.id') IS NOT NULL
      UNION SELECT json_extract(json, '$.assignee.id') FROM local_tickets
        WHERE json_extract(json, '$.assignee.id') IS NOT NULL
      UNION SELECT json_extract(watcher.value, '$.id') FROM local_tickets, json_each(local_tickets.json, '$.watchers') AS watcher
      UNION SELECT json_extract(json, '$.author.id') FROM local_entries
    )`);
}

function nextValue(db: Connection, counter: 'number' | 'sequence'): number {
  const row = db.get(
    `INSERT INTO local_counters (name, value) VALUES (?, 1)
     ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
    counter,
  );
  return integer(row, 'value');
}

/** Imported tickets may have taken a number. */
function freeKey(db: Connection): string {
  for (;;) {
    const key = `${ownPrefix}${nextValue(db, 'number')}`;
    if (db.get('SELECT 1 FROM local_tickets WHERE id = ?1 OR key = ?1', key) === undefined) return key;
  }
}

/** An import may name a ticket as another one is named here. */
function freeId(db: Connection, wished: string): string {
  let id = wished;
  for (let n = 2; db.get('SELECT 1 FROM local_tickets WHERE id = ?', id) !== undefined; n++)
    id = `${wished}-${n}`;
  return id;
}
