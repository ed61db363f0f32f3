import { globSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { abilityTable, type Column } from '../../src/backends/abilities.ts';
import { main } from './main.ts';
import { root } from './paths.ts';

const readme = path.join(root, 'README.md');
const place = /(<!-- capabilities[^>]*-->\n)[\s\S]*?(\n<!-- \/capabilities -->)/;

/** What each kind says of itself, the local desk first, then by name. */
export async function columns(): Promise<Column[]> {
  const files = globSync('src/backends/*/abilities.ts', { cwd: root });
  const found = await Promise.all(files.map(columnIn));
  const first = (title: string) => (title === 'Local desk' ? 0 : 1);
  return found.sort((a, b) => first(a.title) - first(b.title) || a.title.localeCompare(b.title));
}

async function columnIn(file: string): Promise<Column> {
  const { column } = (await import(path.join(root, file))) as { column?: Column };
  if (column === undefined) throw new Error(`${file} exports no \`column\`.`);
  return column;
}

/** The README with the table of capabilities as the code has it now. */
export async function readmeWithTable(): Promise<string> {
  const table = abilityTable(await columns());
  const text = readFileSync(readme, 'utf8').replace(place, `$1\n${table}\n$2`);
  return await format(text, { ...(await resolveConfig(readme)), filepath: readme });
}

await main(import.meta, async () => {
  writeFileSync(readme, await readmeWithTable());
  return true;
});
