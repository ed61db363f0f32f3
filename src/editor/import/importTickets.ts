import * as vscode from 'vscode';
import { localDeskAccountId } from '../../backends/local/kind.ts';
import { localPeople } from '../../backends/local/vocabulary.ts';
import type * as ImporterModule from '../../backends/local/import/importer.ts';
import type { Mapping, Me, ReadOptions, Scan, Table } from '../../backends/local/import/importer.ts';
import { fail, type Result } from '../../desk/errors.ts';
import type { Person } from '../../desk/ticket.ts';
import { tell } from '../errors.ts';
import { showProgress } from '../progress.ts';
import type { ImportDeps } from './deps.ts';
import { fileSource } from './fileSource.ts';
import { askMapping } from './mappingStep.ts';
import { askMe, askPreview } from './previewStep.ts';
import { importReport } from './report.ts';
import type { ReportDocuments } from '../reportDocuments.ts';
import { ticketCount } from '../ticketCount.ts';

type Importer = typeof ImporterModule;

/** What is remembered of an import, for the next file with the same columns. */
interface Memory {
  mapping?: unknown;
  me?: string;
}

/** From a file to tickets on the local desk: columns, who is who, preview, import, report. Escape ends it anywhere. */
export async function importTickets(
  deps: ImportDeps,
  reports: ReportDocuments,
  given: vscode.Uri | undefined,
): Promise<void> {
  const accountId = localDeskAccountId(deps.accounts.all());
  if (accountId === undefined) {
    sayNoDesk();
    return;
  }
  const uri = given ?? (await pickFile());
  if (uri === undefined) return;
  const importer = await import('../../backends/local/import/importer.ts');
  const table = await showProgress(vscode.l10n.t('Reading {0}', nameOf(uri)), (signal) =>
    openFile(importer, uri, signal),
  );
  if (!table.ok) return tell(table.error, vscode.l10n.t('Nothing was imported.'));
  const agreed = await agree(deps, importer, reports, table.value, accountId);
  if (agreed === undefined) return;
  await run(deps, importer, reports, agreed);
}

interface Agreed {
  table: Table;
  mapping: Mapping;
  me: Me | null;
  scan: Scan;
  known: readonly Person[];
  accountId: string;
}

/** The questions, over again while the user goes back to the columns. */
async function agree(
  deps: ImportDeps,
  importer: Importer,
  reports: ReportDocuments,
  table: Table,
  accountId: string,
): Promise<Agreed | undefined> {
  const known = [...localPeople(deps.localDesk(), deps.reader).values()];
  const memoryKey = `import.${importer.headerSignature(table)}`;
  const lastTime = deps.memory.get<Memory>(memoryKey);
  const remembered = importer.readMapping(lastTime?.mapping, table);
  let mapping = remembered ?? importer.guessMapping(table, Intl.DateTimeFormat().resolvedOptions().timeZone);
  for (;;) {
    const answered = await askMapping(importer, table, mapping, remembered !== undefined);
    if (answered === undefined) return undefined;
    mapping = answered;
    const scan = await showProgress(vscode.l10n.t('Reading {0}', table.source.name), (signal, report) => {
      const onProgress = (part: number) => report({ part });
      const reading = { table, mapping: answered, accountId, known, now: deps.now() };
      return importer.scan({ ...reading, signal, onProgress });
    });
    if (!scan.ok) {
      await tell(scan.error, vscode.l10n.t('Nothing was imported.'));
      return undefined;
    }
    const me = await askMe(scan.value, deps.localDesk().user, lastTime?.me);
    if (me === undefined) return undefined;
    await deps.memory.update(memoryKey, { mapping, me: me?.assignee } satisfies Memory);
    const go = await confirm(reports, table, mapping, scan.value);
    if (go === 'import') return { table, mapping, me, scan: scan.value, known, accountId };
    if (go === undefined) return undefined;
  }
}

async function confirm(reports: ReportDocuments, table: Table, mapping: Mapping, scan: Scan) {
  for (;;) {
    const answer = await askPreview(table, scan);
    if (answer !== 'report') return answer;
    await reports.show(
      vscode.l10n.t('Import of {0}', table.source.name),
      importReport({ table, mapping, report: scan.report }, vscode.l10n.t),
    );
  }
}

async function run(
  deps: ImportDeps,
  importer: Importer,
  reports: ReportDocuments,
  { table, mapping, me, scan, known, accountId }: Agreed,
): Promise<void> {
  const title = vscode.l10n.t('Importing {0}', ticketCount(scan.report.tickets, vscode.l10n.t));
  const done = await showProgress(title, (signal, report) => {
    const onProgress = (part: number) => report({ part });
    const options: ReadOptions = { table, mapping, accountId, known, now: deps.now(), signal, onProgress };
    return importer.importTickets({ ...options, ...(me && { me }) }, scan.report, (tickets) =>
      deps.writer.run('localImport', tickets),
    );
  });
  if (!done.ok) {
    if (done.error.reason === 'cancelled') {
      void vscode.window.showInformationMessage(vscode.l10n.t('Import cancelled. Nothing was imported.'));
      return;
    }
    return tell(done.error, vscode.l10n.t('Nothing was imported.'));
  }
  await showProgress(vscode.l10n.t('Syncing…'), (signal) => deps.sync.syncNow(accountId, signal));
  const { report, stopped } = done.value;
  const showReport = () =>
    reports.show(
      vscode.l10n.t('Import of {0}', table.source.name),
      importReport({ table, mapping, report, result: done.value }, vscode.l10n.t),
    );
  if (report.leftOutCount > 0 || stopped !== undefined) await showReport();
  if (stopped !== undefined && stopped.reason !== 'cancelled') await tell(stopped);
  void sayDone(done.value, scan.report.tickets, me, showReport);
}

async function sayDone(
  result: { added: number; replaced: number; kept: number; stopped?: unknown },
  planned: number,
  me: Me | null,
  showReport: () => Promise<void>,
): Promise<void> {
  const { added, replaced, kept } = result;
  const told = [
    result.stopped === undefined
      ? vscode.l10n.t(
          '{0} tickets imported: {1} new, {2} brought up to date.',
          added + replaced,
          added,
          replaced,
        )
      : vscode.l10n.t(
          'The import ended early: {0} of {1} tickets were imported and stay. Import the same file again for the rest; nothing is doubled.',
          added + replaced,
          planned,
        ),
    ...(kept > 0
      ? [vscode.l10n.t('{0} were left as they are, because somebody worked on them here.', kept)]
      : []),
  ].join(' ');
  const showTickets = vscode.l10n.t('Show Tickets');
  const report = vscode.l10n.t('Show Report');
  const chosen = await vscode.window.showInformationMessage(told, showTickets, report);
  if (chosen === report) await showReport();
  if (chosen !== showTickets) return;
  if (me === null) await vscode.commands.executeCommand('deskside.showAll');
  await vscode.commands.executeCommand('deskside.tickets.focus');
}

async function openFile(importer: Importer, uri: vscode.Uri, signal: AbortSignal): Promise<Result<Table>> {
  try {
    return await importer.openTable(await fileSource(uri), signal);
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError)) throw error;
    return fail({ reason: 'storage', message: vscode.l10n.t('{0} can’t be opened', nameOf(uri)) });
  }
}

async function pickFile(): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import tickets from a file'),
    openLabel: vscode.l10n.t('Import'),
    filters: {
      [vscode.l10n.t('Tickets (CSV, JSON)')]: ['csv', 'tsv', 'txt', 'json', 'jsonl', 'ndjson'],
      [vscode.l10n.t('All files')]: ['*'],
    },
  });
  return picked?.[0];
}

function sayNoDesk(): void {
  void vscode.window.showErrorMessage(
    vscode.l10n.t(
      'There is no local desk to import into. Add it with "Deskside: Add Account", then import again.',
    ),
  );
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
