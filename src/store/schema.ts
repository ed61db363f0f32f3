/** One of the two databases. Each migration takes the version before it to the next; the first makes an empty one whole. */
export interface Schema {
  name: 'cache' | 'work';
  /** Holds what exists nowhere else: synced to disk at every commit, backed up before a migration, salvaged when damaged. */
  precious: boolean;
  migrations: readonly string[];
}

/**
 * What the backends said. `recency` orders tickets by their last change, is unique, and is the row id of their full
 * text, so that the newest hits are found without sorting all of them. `unindexed` are tickets whose full text is not
 * there yet.
 */
export const cacheSchema: Schema = {
  name: 'cache',
  precious: false,
  migrations: [
    `
    CREATE TABLE changes (count INTEGER NOT NULL);
    INSERT INTO changes VALUES (1);

    CREATE TABLE tickets (
      number INTEGER PRIMARY KEY,
      account_id TEXT NOT NULL,
      id TEXT NOT NULL,
      key TEXT NOT NULL COLLATE NOCASE,
      active INTEGER NOT NULL,
      mine INTEGER NOT NULL,
      due_at REAL NOT NULL,
      rank INTEGER NOT NULL,
      created_at REAL NOT NULL,
      updated_at REAL NOT NULL,
      recency INTEGER NOT NULL UNIQUE,
      json TEXT NOT NULL,
      UNIQUE (account_id, id)
    );
    CREATE INDEX tickets_by_key ON tickets (key);
    CREATE INDEX tickets_by_urgency ON tickets (due_at, rank, created_at, account_id, mine) WHERE active = 1;
    CREATE INDEX tickets_done ON tickets (account_id, mine) WHERE active = 0;

    CREATE TABLE timelines (
      number INTEGER PRIMARY KEY REFERENCES tickets (number) ON DELETE CASCADE,
      requester_at REAL NOT NULL,
      json TEXT NOT NULL
    );
    CREATE VIRTUAL TABLE search USING fts5 (
      key, subject, people, text, tokenize = 'unicode61 remove_diacritics 2'
    );

    CREATE TABLE accounts (account_id TEXT NOT NULL UNIQUE, json TEXT NOT NULL);
    CREATE TABLE cursors (account_id TEXT NOT NULL UNIQUE, cursor TEXT NOT NULL);
    CREATE TABLE leases (name TEXT NOT NULL UNIQUE, holder TEXT NOT NULL, until REAL NOT NULL);
    `,
    // Scopes: what else than mine is kept here. A cursor belongs to a scope (`scopeKey`).
    `
    ALTER TABLE tickets ADD COLUMN team TEXT;
    ALTER TABLE tickets ADD COLUMN assigned INTEGER NOT NULL DEFAULT 0;
    UPDATE tickets SET team = json_extract(json, '$.team'), assigned = json_extract(json, '$.assignee') IS NOT NULL;
    CREATE INDEX tickets_by_team ON tickets (team, account_id) WHERE active = 1;

    ALTER TABLE cursors RENAME TO cursors_of_mine;
    CREATE TABLE cursors (
      account_id TEXT NOT NULL,
      scope TEXT NOT NULL,
      cursor TEXT NOT NULL,
      UNIQUE (account_id, scope)
    );
    INSERT INTO cursors SELECT account_id, 'mine', cursor FROM cursors_of_mine;
    DROP TABLE cursors_of_mine;
    CREATE TABLE query_members (
      account_id TEXT NOT NULL,
      query TEXT NOT NULL,
      ticket_id TEXT NOT NULL,
      UNIQUE (account_id, query, ticket_id)
    );
    UPDATE accounts SET json = json_remove(json, '$.capabilities');
    `,
    // The index has a column each for whom it is from and with, and one for what operators look for. It keeps no text.
    `
    DROP TABLE search;
    CREATE VIRTUAL TABLE search USING fts5 (
      key, subject, requester, assignee, text, facets,
      tokenize = 'unicode61 remove_diacritics 2', content = '', contentless_delete = 1
    );
    INSERT INTO search (search, rank) VALUES ('hashsize', 8000000);
    CREATE TABLE unindexed (number INTEGER PRIMARY KEY REFERENCES tickets (number) ON DELETE CASCADE);
    INSERT INTO unindexed SELECT number FROM tickets;

    DROP INDEX tickets_by_urgency;
    CREATE INDEX tickets_by_urgency ON tickets (due_at, rank, created_at, account_id, mine, recency) WHERE active = 1;
    `,
    // Parts of the index are merged when there is time, not while tickets come in (see `mergeSome`).
    `
    INSERT INTO search (search, rank) VALUES ('automerge', 0);
    INSERT INTO search (search, rank) VALUES ('crisismerge', 100);
    `,
    // Operators look for more: `is:handed-on`, `is:unaccepted`.
    `
    INSERT OR IGNORE INTO unindexed SELECT number FROM tickets;
    `,
  ],
};

/** What the user did and nobody else has yet. Tables have row ids, so that what is readable of a damaged one can be saved. */
export const workSchema: Schema = {
  name: 'work',
  precious: true,
  migrations: [
    `
    CREATE TABLE changes (count INTEGER NOT NULL);
    INSERT INTO changes VALUES (1);

    CREATE TABLE operations (
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL,
      state TEXT NOT NULL,
      done INTEGER NOT NULL,
      created_at REAL NOT NULL,
      json TEXT NOT NULL
    );
    CREATE TABLE drafts (
      id TEXT NOT NULL UNIQUE,
      kind TEXT NOT NULL,
      account_id TEXT NOT NULL,
      ticket_id TEXT,
      saved_at REAL NOT NULL,
      json TEXT NOT NULL
    );
    CREATE INDEX drafts_by_ticket ON drafts (account_id, ticket_id, kind);
    CREATE TABLE links (
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL,
      ticket_id TEXT NOT NULL,
      document_id TEXT,
      path TEXT NOT NULL,
      at REAL NOT NULL,
      json TEXT NOT NULL
    );
    CREATE INDEX links_by_ticket ON links (account_id, ticket_id);
    CREATE INDEX links_by_document ON links (document_id);
    CREATE INDEX links_by_path ON links (path);
    CREATE TABLE seen (
      account_id TEXT NOT NULL,
      ticket_id TEXT NOT NULL,
      until REAL NOT NULL,
      UNIQUE (account_id, ticket_id)
    );

    CREATE TABLE local_counters (name TEXT NOT NULL UNIQUE, value INTEGER NOT NULL);
    CREATE TABLE local_tickets (
      id TEXT NOT NULL UNIQUE,
      key TEXT NOT NULL UNIQUE COLLATE NOCASE,
      key_prefix TEXT NOT NULL,
      account_id TEXT NOT NULL,
      team TEXT,
      sequence INTEGER NOT NULL UNIQUE,
      worked_on INTEGER NOT NULL,
      json TEXT NOT NULL
    );
    CREATE INDEX local_tickets_by_prefix ON local_tickets (key_prefix);
    CREATE INDEX local_tickets_by_team ON local_tickets (team);
    CREATE TABLE local_entries (ticket_id TEXT NOT NULL, json TEXT NOT NULL);
    CREATE INDEX local_entries_by_ticket ON local_entries (ticket_id);
    CREATE TABLE local_steps (key TEXT NOT NULL UNIQUE, ticket_id TEXT NOT NULL);
    CREATE INDEX local_steps_by_ticket ON local_steps (ticket_id);
    CREATE TABLE local_files (ticket_id TEXT NOT NULL, id TEXT NOT NULL, bytes BLOB NOT NULL, UNIQUE (ticket_id, id));
    CREATE TABLE local_people (id TEXT NOT NULL UNIQUE, name TEXT NOT NULL, json TEXT NOT NULL);
    `,
    // What the user was told of, does not want to be told of, and chose for all windows.
    `
    CREATE TABLE told (key TEXT NOT NULL UNIQUE, account_id TEXT NOT NULL, at REAL NOT NULL);
    CREATE TABLE muted (
      account_id TEXT NOT NULL,
      ticket_id TEXT NOT NULL,
      until REAL NOT NULL,
      UNIQUE (account_id, ticket_id)
    );
    CREATE TABLE choices (name TEXT NOT NULL UNIQUE, value TEXT NOT NULL);
    `,
    // Files that go with a draft, and then with an operation that names them.
    `
    CREATE TABLE files (
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL,
      draft_id TEXT NOT NULL,
      at REAL NOT NULL,
      json TEXT NOT NULL,
      bytes BLOB NOT NULL
    );
    CREATE INDEX files_by_draft ON files (draft_id);
    `,
    // Tickets that were escalated to another account, with the ones that were made there.
    `
    CREATE TABLE pairs (id TEXT NOT NULL UNIQUE, json TEXT NOT NULL);
    `,
    // Runbooks as they are followed for tickets: what is known of each step.
    `
    CREATE TABLE runs (
      id TEXT NOT NULL UNIQUE,
      account_id TEXT NOT NULL,
      ticket_id TEXT NOT NULL,
      state TEXT NOT NULL,
      version INTEGER NOT NULL,
      started_at REAL NOT NULL,
      json TEXT NOT NULL
    );
    CREATE INDEX runs_by_ticket ON runs (account_id, ticket_id);
    `,
  ],
};
