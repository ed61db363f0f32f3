import * as vscode from 'vscode';
import type * as ImporterModule from '../../backends/local/import/importer.ts';
import type { Field, Mapping, Table } from '../../backends/local/import/importer.ts';
import { choose, separator, type Choice } from './choose.ts';
import { dateOrderLabels, fieldLabels } from './fieldLabels.ts';

type Importer = typeof ImporterModule;
type Action = 'go-on' | 'log' | 'zone' | number;

/** Shows what each column was taken for, until the user agrees. */
export async function askMapping(
  importer: Importer,
  table: Table,
  guessed: Mapping,
  remembered: boolean,
): Promise<Mapping | undefined> {
  let mapping = guessed;
  let last: Action = 'go-on';
  for (;;) {
    const problem = importer.mappingProblem(mapping);
    const action: Action | undefined = await choose<Action>({
      title: vscode.l10n.t('Import {0}: what the columns mean', table.source.name),
      placeholder:
        problem ??
        (remembered
          ? vscode.l10n.t('As you chose it for such a file before. Choose a column to change it.')
          : vscode.l10n.t('Guessed from the names of the columns. Choose a column to change it.')),
      step: 1,
      steps: 3,
      choices: choices(importer, table, mapping, problem),
      active: (value) => value === last,
    });
    if (action === undefined) return undefined;
    last = action;
    if (action === 'go-on') {
      if (problem === undefined) return mapping;
    } else if (action === 'log') {
      mapping = { ...mapping, log: !mapping.log };
    } else if (action === 'zone') {
      mapping = { ...mapping, zone: (await askZone(mapping.zone)) ?? mapping.zone };
    } else {
      mapping = await askColumn(importer, table, mapping, action);
    }
  }
}

function choices(
  importer: Importer,
  table: Table,
  mapping: Mapping,
  problem: string | undefined,
): Choice<Action>[] {
  const labels = fieldLabels(vscode.l10n.t);
  const orders = dateOrderLabels(vscode.l10n.t);
  return [
    problem === undefined
      ? { label: `$(check) ${vscode.l10n.t('Looks right, go on')}`, value: 'go-on', alwaysShow: true }
      : { label: `$(warning) ${problem}`, value: 'go-on', alwaysShow: true },
    {
      label: `$(list-tree) ${mapping.log ? vscode.l10n.t('A log: many rows are one ticket') : vscode.l10n.t('One row is one ticket')}`,
      description: vscode.l10n.t('choose to change'),
      value: 'log',
    },
    {
      label: `$(globe) ${vscode.l10n.t('Times are in {0}', mapping.zone)}`,
      description: vscode.l10n.t('choose to change'),
      value: 'zone',
    },
    separator(vscode.l10n.t('Columns')),
    ...table.columns.map((column, index): Choice<Action> => {
      const order = mapping.orders[index];
      const field = labels[mapping.fields[index] ?? 'ignore'];
      return {
        label: column,
        description: `$(arrow-right) ${field}${order ? ` (${orders[order]})` : ''}`,
        detail: importer.examples(table, index).join('  ·  ') || vscode.l10n.t('empty in the first rows'),
        value: index,
      };
    }),
  ];
}

async function askColumn(
  importer: Importer,
  table: Table,
  mapping: Mapping,
  column: number,
): Promise<Mapping> {
  const name = table.columns[column] ?? '';
  const labels = fieldLabels(vscode.l10n.t);
  const old = mapping.fields[column];
  const field = await choose<Field>({
    title: vscode.l10n.t('What is "{0}"?', name),
    placeholder: importer.examples(table, column).join('  ·  '),
    step: 1,
    steps: 3,
    choices: importer.fields.map((value) => {
      const elsewhere = mapping.fields.indexOf(value);
      const taken = elsewhere >= 0 && elsewhere !== column && value !== 'custom' && value !== 'ignore';
      return {
        label: labels[value],
        value,
        ...(taken && { description: vscode.l10n.t('now "{0}"', table.columns[elsewhere] ?? '') }),
      };
    }),
    active: (value) => value === old,
  });
  if (field === undefined) return mapping;
  const changed = importer.withField(table, mapping, column, field);
  if (!importer.dateFields.has(field)) return changed;
  const orders = dateOrderLabels(vscode.l10n.t);
  const order = await choose({
    title: vscode.l10n.t('How are the dates in "{0}" written?', name),
    placeholder: importer.examples(table, column).join('  ·  '),
    step: 1,
    steps: 3,
    choices: importer.dateOrders.map((value) => ({ label: orders[value], value })),
    active: (value) => value === changed.orders[column],
  });
  return {
    ...changed,
    orders: changed.orders.map((old, index) => (index === column ? (order ?? old) : old)),
  };
}

async function askZone(current: string): Promise<string | undefined> {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = [...new Set([current, own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];
  return choose({
    title: vscode.l10n.t('In which time zone are the times of the file?'),
    placeholder: vscode.l10n.t('Times that name their zone themselves are not affected.'),
    step: 1,
    steps: 3,
    choices: zones.map((zone) => ({ label: zone, value: zone })),
  });
}
