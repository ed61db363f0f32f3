import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import iconv from 'iconv-lite';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { startWorkbench, type Workbench } from '../harness/workbench.ts';
import { until } from '../harness/workbenchWindow.ts';

const csv = [
  'Nummer;Titel;Bearbeiter;Status;Erstellt',
  'HELP-1;Drucker in Köln streikt;Jörg Müller;Offen;13.05.2024 09:00',
  'HELP-2;Maus fehlt;Anna Schmidt;Closed;14.05.2024 10:00',
  'HELP-3;Zu kurz',
  'HELP-4;Bildschirm flackert;Jörg Müller;In Progress;15.05.2024 11:00',
  'HELP-5;Unmöglich;Jörg Müller;New;31.02.2024 11:00',
].join('\r\n');

/** So many that importing them takes seconds, and making a third of them seen does too. */
const many = 100_000;

function large(): string {
  const text = 'It began this morning and happens in each application on both floors.';
  const rows = Array.from(
    { length: many },
    (_, n) => `BIG-${n + 1},Printer ${n + 1} prints each page twice,Open,2024-01-02 09:00,${text}`,
  );
  return ['number,subject,status,created,description', ...rows].join('\n');
}

/** Tickets from a file and the sample, as a user brings them in. */
describe('import', () => {
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    workspace = await temporaryFolder('workspace');
    await writeFile(path.join(workspace, 'tickets.csv'), iconv.encode(csv, 'windows-1252'));
    await writeFile(path.join(workspace, 'photo.csv'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
    await writeFile(path.join(workspace, 'large.csv'), large());
    workbench = await startWorkbench({ workspace, extensionsFrom: await ensurePackage() });
    await workbench.openView('Tickets');
  });

  after(async () => {
    await workbench.stop();
    await rm(workspace, { recursive: true });
  });

  async function choose(file: string): Promise<void> {
    await workbench.command('Deskside: Import Tickets (CSV/JSON)…');
    await until(
      'the file dialog',
      async () => (await workbench.quickInput()).rows.includes('..') || undefined,
    );
    await workbench.fill(path.join(workspace, file));
    await workbench.pick(file);
  }

  async function question(title: RegExp) {
    return until(`the question ${title.source}`, async () => {
      const asked = await workbench.quickInput();
      return title.test(asked.title) ? asked : undefined;
    });
  }

  async function told(pattern: RegExp): Promise<string> {
    return until(`a notification ${pattern.source}`, async () =>
      (await workbench.notifications()).find((text) => pattern.test(text)),
    );
  }

  async function mean(column: string, field: string): Promise<void> {
    await question(/what the columns mean/);
    await workbench.pick(column);
    await question(new RegExp(`What is "${column}"`));
    await workbench.fill(field);
    await workbench.pick(field);
  }

  it('asks what the columns mean, who the user is, and shows what will come of it', async () => {
    await choose('tickets.csv');
    const columns = await question(/what the columns mean/);
    assert.match(columns.placeholder, /subject|Guessed/);
    for (const column of ['Nummer', 'Titel', 'Bearbeiter', 'Status', 'Erstellt']) {
      assert.ok(
        columns.rows.some((row) => row.includes(column)),
        column,
      );
    }
    await mean('Nummer', 'Key (ticket number)');
    await mean('Titel', 'Subject');
    await mean('Bearbeiter', 'Assignee');
    await mean('Erstellt', 'Created at');
    await question(/How are the dates/);
    await workbench.pick(/^day-month-year/);
    await question(/what the columns mean/);
    await workbench.screenshot('import-columns');
    await workbench.pick(/Looks right/);
    const people = await question(/Which of these assignees are you/);
    assert.ok(people.rows.some((row) => row.includes('Anna Schmidt')));
    await workbench.pick('Jörg Müller');
    const preview = await question(/preview/);
    await workbench.screenshot('import-preview');
    assert.ok(preview.rows.some((row) => row.includes('Import 3 tickets')));
    assert.ok(preview.rows.some((row) => row.includes('2 rows will be left out')));
    assert.ok(preview.rows.some((row) => row.includes('Drucker in Köln streikt')));
  });

  it('imports, and reports each row that was left out', async () => {
    await workbench.pick(/Import 3 tickets/);
    assert.match(await told(/imported/), /3 tickets imported: 3 new, 0 brought up to date/);
    assert.equal(await workbench.activeTab(), 'Import of tickets.csv.md');
    const report = (await workbench.editorLines()).join('\n');
    assert.match(report, /\| +4 \| The row has 2 columns where the header has 5/);
    assert.match(report, /\| +6 \| "31\.02\.2024 11:00"/);
    assert.match(report, /Offen: 1/);
    await workbench.screenshot('import-report');
  });

  it('makes mine what was the chosen assignee’s', async () => {
    await workbench.press('Show Tickets');
    await workbench.row(/HELP-1/, 'Tickets').waitFor();
    await workbench.row(/HELP-4/, 'Tickets').waitFor();
    assert.equal(await workbench.row(/HELP-2/, 'Tickets').count(), 0);
  });

  it('remembers the columns, and doubles nothing the second time', async () => {
    await choose('tickets.csv');
    assert.match((await question(/what the columns mean/)).placeholder, /As you chose it/);
    await workbench.pick(/Looks right/);
    await question(/Which of these assignees are you/);
    await workbench.pick('Jörg Müller');
    await question(/preview/);
    await workbench.pick(/Import 3 tickets/);
    assert.match(await told(/0 new/), /3 tickets imported: 0 new, 3 brought up to date/);
  });

  it('says in one sentence that a file is no table of tickets', async () => {
    await choose('photo.csv');
    assert.match(await told(/binary/), /photo\.csv is a binary file.*Nothing was imported/);
  });

  it('loads the sample desk without a question, and takes it away again', async () => {
    await workbench.command('Deskside: Load Sample Desk');
    assert.match(await told(/sample desk is loaded/), /68 tickets/);
    await workbench.row(/HD-1003/, 'Tickets').waitFor();
    await workbench.screenshot('sample-desk');
    await workbench.command('Deskside: Remove Sample Desk');
    assert.match(await workbench.dialog(), /Remove the 68 sample tickets\?/);
    await workbench.press('Remove');
    await told(/68 sample tickets were removed/);
    await workbench.row(/HD-1003/, 'Tickets').waitFor({ state: 'detached' });
    await workbench.row(/HELP-1/, 'Tickets').waitFor();
  });

  it('shows how far it is with a large file, and keeps what was imported before Cancel', async () => {
    await choose('large.csv');
    await question(/what the columns mean/);
    await workbench.pick(/Looks right/);
    await question(/preview/);
    await workbench.pick(`Import ${many} tickets`);
    await told(/Importing \d+ tickets: [3-9]\d %/);
    await workbench.press('Cancel');
    await told(/Syncing/);
    const outcome = await told(/ended early/);
    const kept = Number(/: (\d+) of \d+ tickets were imported and stay/.exec(outcome)?.[1]);
    assert.ok(kept > 0 && kept < many, outcome);
    const report = (await workbench.editorLines()).join('\n');
    assert.ok(report.includes(`New on the desk: ${kept}`), report);
    await workbench.press('Show Tickets');
    await workbench.row(/BIG-1 /, 'Tickets').waitFor();
    await until(`${kept} tickets nobody has`, async () => {
      const queues = await workbench.treeRows('Queues');
      return queues.find(({ label }) => label === 'Unassigned')?.description === String(kept) || undefined;
    });
  });
});
