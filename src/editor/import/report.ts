import type { ImportResult, Mapping, ReadReport, Table } from '../../backends/local/import/importer.ts';
import type { Translate } from '../translate.ts';
import { dateOrderLabels, fieldLabels } from './fieldLabels.ts';
import { tableOf } from '../markdownTable.ts';

export interface ReportInput {
  table: Pick<Table, 'source' | 'format' | 'encoding' | 'delimiter' | 'columns'>;
  mapping: Mapping;
  report: ReadReport;
  /** Absent while nothing has been imported yet. */
  result?: Pick<ImportResult, 'added' | 'replaced' | 'kept' | 'stopped'>;
}

/** What came of an import, as a Markdown document: numbers, rows left out and why, and how the columns were read. */
export function importReport({ table, mapping, report, result }: ReportInput, t: Translate): string {
  return [
    `# ${t('Import of {0}', escape(table.source.name))}`,
    ...counts(report, result, t),
    ...leftOut(report, t),
    ...unknownStatuses(report, t),
    ...columns(table, mapping, t),
    '',
  ].join('\n');
}

function counts(report: ReadReport, result: ReportInput['result'], t: Translate): string[] {
  const lines = [
    '',
    `- ${t('Rows read: {0}', report.rows)}`,
    `- ${t('Tickets made of them: {0}', report.tickets)}`,
    `- ${t('Rows left out: {0}', report.leftOutCount)}`,
  ];
  if (result === undefined) return lines;
  if (result.stopped !== undefined)
    lines.push(`- ${t('The import ended early; what is counted below was kept.')}`);
  return [
    ...lines,
    `- ${t('New on the desk: {0}', result.added)}`,
    `- ${t('Brought up to date: {0}', result.replaced)}`,
    `- ${t('Left as they are, because somebody worked on them here: {0}', result.kept)}`,
  ];
}

function leftOut(report: ReadReport, t: Translate): string[] {
  if (report.leftOutCount === 0) return [];
  const more = report.leftOutCount - report.leftOut.length;
  return [
    '',
    `## ${t('Rows left out')}`,
    '',
    tableOf(
      [0],
      [t('Line'), t('Reason')],
      report.leftOut.map(({ line, reason }) => [String(line), escape(reason)]),
    ),
    ...(more > 0 ? ['', t('… and {0} more.', more)] : []),
  ];
}

function unknownStatuses(report: ReadReport, t: Translate): string[] {
  if (report.unknownStatuses.size === 0) return [];
  return [
    '',
    `## ${t('Statuses not recognised')}`,
    '',
    t('They keep their name and count as open.'),
    '',
    ...[...report.unknownStatuses].map(([name, count]) => `- ${escape(name)}: ${count}`),
  ];
}

function columns(table: ReportInput['table'], mapping: Mapping, t: Translate): string[] {
  const labels = fieldLabels(t);
  const orders = dateOrderLabels(t);
  const kind =
    table.format === 'json'
      ? t('JSON, encoding {0}', table.encoding)
      : t('CSV, encoding {0}, delimiter {1}', table.encoding, delimiterName(table.delimiter, t));
  return [
    '',
    `## ${t('How the file was read')}`,
    '',
    `- ${kind}`,
    `- ${mapping.log ? t('As a log: rows with the same key are one ticket and its history.') : t('One row is one ticket.')}`,
    `- ${t('Times without a zone are in {0}.', mapping.zone)}`,
    '',
    tableOf(
      [],
      [t('Column'), t('Read as'), t('Dates')],
      table.columns.map((column, index) => {
        const order = mapping.orders[index];
        return [escape(column), labels[mapping.fields[index] ?? 'ignore'], order ? orders[order] : ''];
      }),
    ),
  ];
}

function delimiterName(delimiter: string | undefined, t: Translate): string {
  return delimiter === '\t' ? t('tab') : `"${delimiter ?? ''}"`;
}

/** Text of the file in a line of Markdown: it can't make a table cell, a link or HTML. */
function escape(text: string): string {
  return text.replace(/\s+/g, ' ').replace(/[\\`*_{}[\]<>|#!]/g, '\\$&');
}
