import type { Operation } from '../../desk/operation.ts';
import type { Connection } from '../connection.ts';

/** Confirmed operations are kept so long, for whoever still waits for the outcome. */
const keepConfirmed = 24 * 60 * 60 * 1000;

/** Puts an operation into the outbox, once. */
export function insertOperation(db: Connection, operation: Operation): void {
  db.run(
    `DELETE FROM operations WHERE state = 'confirmed' AND created_at < ?`,
    operation.createdAt - keepConfirmed,
  );
  db.run(
    `INSERT INTO operations (id, account_id, state, done, created_at, json) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO NOTHING`,
    operation.id,
    operation.accountId,
    operation.state,
    operation.done,
    operation.createdAt,
    JSON.stringify(operation),
  );
}
