import type { StoreCommands } from '../api.ts';
import type { Connection } from '../connection.ts';
import type { Database } from '../database.ts';
import { purgeLocal } from './local.ts';
import { insertOperation } from './operations.ts';
import { discardWaiting, pairCommands } from './pairs.ts';

type WorkCommands = Pick<
  StoreCommands,
  | 'markSeen'
  | 'queue'
  | 'advance'
  | 'discard'
  | 'tell'
  | 'mute'
  | 'choose'
  | 'saveDraft'
  | 'deleteDraft'
  | 'addFile'
  | 'removeFile'
  | 'moveFiles'
  | 'putLink'
  | 'deleteLink'
  | 'queuePair'
  | 'release'
  | 'passOn'
  | 'putRun'
>;

/** Files that nothing names any more are kept so long, for whoever takes that back. */
const keepLooseFiles = 24 * 60 * 60 * 1000;

/** What is told once is not told again for so long. */
const keepTold = 400 * 24 * 60 * 60 * 1000;

export function workCommands(work: Database): WorkCommands {
  return {
    ...pairCommands(work),

    markSeen: ({ ref, until }) =>
      work.write((db) => {
        db.run(
          `INSERT INTO seen (account_id, ticket_id, until) VALUES (?, ?, ?)
           ON CONFLICT (account_id, ticket_id) DO UPDATE SET until = excluded.until WHERE until < excluded.until`,
          ref.accountId,
          ref.id,
          until,
        );
      }),

    queue: (operation) =>
      work.write((db) => {
        insertOperation(db, operation);
        dropLooseFiles(db, operation.createdAt - keepLooseFiles);
      }),

    advance: ({ from, done, operation }) =>
      work.write(
        (db) =>
          db.run(
            'UPDATE operations SET state = ?, done = ?, json = ? WHERE id = ? AND state = ? AND done = ?',
            operation.state,
            operation.done,
            JSON.stringify(operation),
            operation.id,
            from,
            done,
          ) === 1,
      ),

    discard: (operationId) =>
      work.write((db) => {
        const gone = db.run(`DELETE FROM operations WHERE id = ? AND state <> 'sending'`, operationId) === 1;
        if (gone) discardWaiting(db, operationId);
        return gone;
      }),

    tell: ({ accountId, keys, at }) =>
      work.write((db) => {
        db.run('DELETE FROM told WHERE at < ?', at - keepTold);
        return keys.filter(
          (key) =>
            db.run(
              'INSERT INTO told (key, account_id, at) VALUES (?, ?, ?) ON CONFLICT (key) DO NOTHING',
              key,
              accountId,
              at,
            ) === 1,
        );
      }),

    mute: ({ ref, until, again }) =>
      work.write((db) => {
        db.run('DELETE FROM muted WHERE account_id = ? AND ticket_id = ?', ref.accountId, ref.id);
        if (until > 0) db.run('INSERT INTO muted VALUES (?, ?, ?)', ref.accountId, ref.id, until);
        db.run('DELETE FROM told WHERE key IN (SELECT value FROM json_each(?))', JSON.stringify(again));
      }),

    choose: ({ name, value }) =>
      work.write((db) => {
        db.run('DELETE FROM choices WHERE name = ?', name);
        if (value !== undefined) db.run('INSERT INTO choices VALUES (?, ?)', name, value);
      }),

    saveDraft: (draft) =>
      work.write((db) => {
        db.run(
          `INSERT INTO drafts (id, kind, account_id, ticket_id, saved_at, json) VALUES (?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, account_id = excluded.account_id,
             ticket_id = excluded.ticket_id, saved_at = excluded.saved_at, json = excluded.json`,
          draft.id,
          draft.kind,
          draft.accountId,
          draft.ticketId ?? null,
          draft.savedAt,
          JSON.stringify(draft),
        );
      }),

    deleteDraft: (id) =>
      work.write((db) => {
        db.run('DELETE FROM drafts WHERE id = ?', id);
      }),

    addFile: ({ draft, file, bytes, at }) =>
      work.write((db) => {
        db.run(
          'INSERT INTO files (id, account_id, draft_id, at, json, bytes) VALUES (?, ?, ?, ?, ?, ?)',
          file.id,
          draft.accountId,
          draft.id,
          at,
          JSON.stringify(file),
          bytes,
        );
      }),

    removeFile: (id) =>
      work.write((db) => {
        db.run('DELETE FROM files WHERE id = ?', id);
      }),

    moveFiles: ({ ids, draftId }) =>
      work.write((db) => {
        db.run(
          'UPDATE files SET draft_id = ? WHERE id IN (SELECT value FROM json_each(?))',
          draftId,
          JSON.stringify(ids),
        );
      }),

    putLink: (link) =>
      work.write((db) => {
        db.run(
          `INSERT INTO links (id, account_id, ticket_id, document_id, path, at, json) VALUES (?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET account_id = excluded.account_id, ticket_id = excluded.ticket_id,
             document_id = excluded.document_id, path = excluded.path, at = excluded.at, json = excluded.json`,
          link.id,
          link.ticket.accountId,
          link.ticket.id,
          link.document.id ?? null,
          link.document.path,
          link.at,
          JSON.stringify(link),
        );
      }),

    deleteLink: (id) =>
      work.write((db) => {
        db.run('DELETE FROM links WHERE id = ?', id);
      }),

    putRun: (run) =>
      work.write(
        (db) =>
          db.run(
            `INSERT INTO runs (id, account_id, ticket_id, state, version, started_at, json) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET state = excluded.state, version = excluded.version, json = excluded.json
               WHERE runs.version = excluded.version - 1`,
            run.id,
            run.ticket.accountId,
            run.ticket.id,
            run.state,
            run.version,
            run.startedAt,
            JSON.stringify(run),
          ) === 1,
      ),
  };
}

/** Takes away files of sent or discarded drafts, once the operations that sent them are confirmed or gone. */
function dropLooseFiles(db: Connection, before: number): void {
  db.run(
    `DELETE FROM files WHERE at < ? AND draft_id NOT IN (SELECT id FROM drafts) AND NOT EXISTS (
       SELECT 1 FROM operations, json_tree(operations.json, '$.steps') AS node
       WHERE state <> 'confirmed' AND node.key = 'stored' AND node.value = files.id
     )`,
    before,
  );
}

export function purgeWork(work: Database, accountId: string): void {
  work.write((db) => {
    for (const table of ['operations', 'drafts', 'files', 'links', 'runs', 'seen', 'told', 'muted']) {
      db.run(`DELETE FROM ${table} WHERE account_id = ?`, accountId);
    }
    db.run(
      `DELETE FROM pairs WHERE ? IN (json_extract(json, '$.from.accountId'), json_extract(json, '$.to.accountId'))`,
      accountId,
    );
    purgeLocal(db, accountId);
  });
}
