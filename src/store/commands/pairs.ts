import type { Operation } from '../../desk/operation.ts';
import { released, type TicketPair } from '../../desk/pair.ts';
import type { StoreCommands } from '../api.ts';
import { data, type Connection } from '../connection.ts';
import type { Database } from '../database.ts';
import { insertOperation } from './operations.ts';

/** Tickets of two accounts that belong together, and the operations that make them so. */
export function pairCommands(work: Database): Pick<StoreCommands, 'queuePair' | 'release' | 'passOn'> {
  return {
    queuePair: ({ pair, first, second }) =>
      work.write((db) => {
        insertOperation(db, first);
        insertOperation(db, second);
        db.run('INSERT INTO pairs (id, json) VALUES (?, ?)', pair.id, JSON.stringify(pair));
      }),

    release: ({ operationId, name, seen }) =>
      work.write((db) => {
        for (const waiting of waitingFor(db, operationId)) {
          const json = JSON.stringify(released(waiting, name));
          db.run('UPDATE operations SET json = ? WHERE id = ?', json, waiting.id);
        }
        if (!seen) db.run('DELETE FROM pairs WHERE id = ?', operationId);
        const row = db.get('SELECT json FROM pairs WHERE id = ?', operationId);
        if (row === undefined || !seen) return;
        const pair = data(row) as TicketPair;
        const made = { ...pair, to: seen.ticket, passed: { to: seen.passed, ...pair.passed } };
        db.run('UPDATE pairs SET json = ? WHERE id = ?', JSON.stringify(made), operationId);
      }),

    passOn: ({ was, pair, operations }) =>
      work.write((db) => {
        const changed =
          pair === undefined
            ? db.run('DELETE FROM pairs WHERE id = ? AND json = ?', was.id, JSON.stringify(was))
            : db.run(
                'UPDATE pairs SET json = ? WHERE id = ? AND json = ?',
                JSON.stringify(pair),
                was.id,
                JSON.stringify(was),
              );
        if (changed === 0) return false;
        for (const operation of operations) insertOperation(db, operation);
        return true;
      }),
  };
}

/** What can't go on without this operation goes with it. */
export function discardWaiting(db: Connection, operationId: string): void {
  for (const { id } of waitingFor(db, operationId)) db.run('DELETE FROM operations WHERE id = ?', id);
  db.run('DELETE FROM pairs WHERE id = ?', operationId);
}

function waitingFor(db: Connection, operationId: string): Operation[] {
  return db
    .all(`SELECT json FROM operations WHERE json_extract(json, '$.after') = ?`, operationId)
    .map((row) => data(row) as Operation);
}
