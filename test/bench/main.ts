import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { main } from '../harness/main.ts';
import { fiveAccounts } from './accounts/fiveAccounts.ts';
import { activation } from './activation.ts';
import { eventLoop } from './eventLoop.ts';
import { figureOf, type Bench } from './figure.ts';
import { firstSync } from './firstSync/firstSync.ts';
import { firstRows } from './firstRows.ts';
import { stopHosts } from './hostRuns.ts';
import { indexing } from './knowledge/indexing.ts';
import { language } from './knowledge/language.ts';
import { similar } from './knowledge/similar.ts';
import { importing } from './importing.ts';
import { search } from './search/search.ts';
import { pushing } from './push/push.ts';
import { syncIdle } from './syncIdle.ts';
import { treeModel } from './treeModel.ts';
import { panel } from './window/panel.ts';
import { treeRefresh } from './window/treeRefresh.ts';

const benches: readonly Bench[] = [
  importing,
  syncIdle,
  fiveAccounts,
  treeModel,
  firstSync,
  search,
  indexing,
  similar,
  language,
  activation,
  firstRows,
  eventLoop,
  panel,
  treeRefresh,
  pushing,
];

/** `npm run bench -- [--json FILE] [--only NAME…]` */
await main(import.meta, async () => {
  const { values, positionals } = parseArgs({
    options: { json: { type: 'string' }, only: { type: 'string', multiple: true } },
    allowPositionals: true,
  });
  const wanted = [...(values.only ?? []), ...positionals];
  const unknown = wanted.filter((name) => !benches.some((bench) => bench.name === name));
  if (unknown.length > 0) {
    console.error(`No bench is called ${unknown.join(', ')}: ${benches.map(({ name }) => name).join(', ')}.`);
    return false;
  }
  const measured = [];
  try {
    for (const bench of benches) {
      if (wanted.length > 0 && !wanted.includes(bench.name)) continue;
      console.log(`${bench.name} …`);
      measured.push(...(await bench.run()).map(figureOf));
    }
  } finally {
    await stopHosts();
  }
  print(measured);
  if (values.json !== undefined) {
    const figures = measured.map(({ figure }) => figure);
    await writeFile(path.resolve(values.json), `${JSON.stringify(figures, undefined, 2)}\n`);
  }
  return true;
});

function print(measured: readonly ReturnType<typeof figureOf>[]): void {
  const rows = measured.map(({ figure, target, met }) => [
    figure.name,
    String(figure.size),
    said(figure.value, figure.unit),
    said(figure.peerValue, figure.unit),
    figure.ratio.toFixed(2),
    target && `${target}${met ? '' : '  MISSED'}`,
    figure.peer,
  ]);
  const table = [['bench', 'size', 'value', 'peer', 'ratio', 'at most', 'peer is'], ...rows];
  const isNumber = (column: number) => column > 0 && column < 5;
  for (const row of table) {
    const cells = row.map((cell, column) => {
      const width = Math.max(...table.map((other) => other[column]?.length ?? 0));
      return isNumber(column) ? cell.padStart(width) : cell.padEnd(width);
    });
    console.log(cells.join('  ').trimEnd());
  }
}

/** Parts of one have no unit. */
function said(value: number, unit: string): string {
  return unit === '' ? value.toFixed(3) : `${value.toFixed(1)} ${unit}`;
}
