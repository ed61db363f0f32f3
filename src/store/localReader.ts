import type { Entry } from '../desk/entry.ts';
import type { Person, Ticket } from '../desk/ticket.ts';
import { data, integer, text, type Connection } from './connection.ts';
import type { LocalDeskReader, LocalTicket } from './localDesk.ts';
import type { ReadConnection } from './readConnection.ts';

/** Reads the local desk's tables. */
export function localReader(work: ReadConnection): LocalDeskReader {
  const names = (sql: string): string[] =>
    work.read<string[]>([], (db) => db.all(sql).map((row) => text(row, 'name')));
  return {
    localTicket: (id) =>
      work.read<LocalTicket | undefined>(undefined, (db) =>
        db.snapshot(() => {
          const row = db.get('SELECT json FROM local_tickets WHERE id = ?', id);
          return row && { ticket: data(row) as Ticket, entries: entriesOf(db, id) };
        }),
      ),
    localChanges: (sequence, limit) =>
      work.read({ tickets: [] as LocalTicket[], sequence }, (db) =>
        db.snapshot(() => {
          const rows = db.all(
            'SELECT id, sequence, json FROM local_tickets WHERE sequence > ? ORDER BY sequence LIMIT ?',
            sequence,
            limit,
          );
          const last = rows.at(-1);
          return {
            tickets: rows.map((row) => ({
              ticket: data(row) as Ticket,
              entries: entriesOf(db, text(row, 'id')),
            })),
            sequence: last === undefined ? sequence : integer(last, 'sequence'),
          };
        }),
      ),
    localApplied: (key) =>
      work.read<string | undefined>(undefined, (db) => {
        const row = db.get('SELECT ticket_id FROM local_steps WHERE key = ?', key);
        return row && text(row, 'ticket_id');
      }),
    localFile: (ticketId, fileId) =>
      work.read<Uint8Array | undefined>(undefined, (db) => {
        const bytes = db.get(
          'SELECT bytes FROM local_files WHERE ticket_id = ? AND id = ?',
          ticketId,
          fileId,
        )?.bytes;
        return bytes instanceof Uint8Array ? bytes : undefined;
      }),
    localPeople: () =>
      work.read<Person[]>([], (db) =>
        db
          .all('SELECT json FROM local_people ORDER BY name COLLATE NOCASE')
          .map((row) => data(row) as Person),
      ),
    localTeams: () =>
      names('SELECT DISTINCT team AS name FROM local_tickets WHERE team IS NOT NULL ORDER BY team'),
    localKeyPrefixes: () =>
      names('SELECT DISTINCT key_prefix AS name FROM local_tickets ORDER BY key_prefix'),
  };
}

function entriesOf(db: Connection, ticketId: string): Entry[] {
  return db
    .all('SELECT json FROM local_entries WHERE ticket_id = ? ORDER BY rowid', ticketId)
    .map((row) => data(row) as Entry);
}
