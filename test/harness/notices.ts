import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Metafile } from 'esbuild';

const rule = '='.repeat(80);
const head = `Deskside has these packages in its bundles, minified, and of the icon font only the glyphs it shows. Each is under the
licence that stands below its name; its source is where the address leads, or in its registry under this name.`;

interface Manifest {
  name: string;
  version: string;
  license: string;
  homepage?: string;
  repository?: string | { url: string };
}

/** The folders of the packages of which something is in a bundle. */
export function bundledPackages(metafiles: readonly Metafile[]): string[] {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs).flatMap((output) => Object.entries(output.inputs)))
    .flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : []));
  return [...new Set(inputs.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []))];
}

/** What the licences of these packages want to be told to whoever gets a bundle. */
export function noticesOf(folders: readonly string[]): string {
  const notices = folders.map(noticeOf).sort((a, b) => a.localeCompare(b, 'en'));
  return `${[head, ...notices].join(`\n\n${rule}\n`)}\n`;
}

function noticeOf(folder: string): string {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license } = manifest;
  const texts = licencesIn(folder);
  if (texts.length === 0) throw new Error(`${folder} does not say what its licence is.`);
  const source = sourceOf(manifest);
  const heading = `${name} ${version} (${license})${source === undefined ? '' : `\n${source}`}`;
  return `${heading}\n\n${texts.join('\n\n')}`;
}

/** Of some packages only the readme has it. */
function licencesIn(folder: string): string[] {
  const files = readdirSync(folder);
  const own = files.filter((file) => /^(?:licen[cs]e|copying|notice|third-?party-?notices)/i.test(file));
  const read = (file: string) =>
    readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim();
  if (own.length > 0) return own.sort().map(read);
  const readme = files.find((file) => /^readme/i.test(file));
  const section = readme && /^(?:#+ *Licen[cs]e|Licen[cs]e\n-+)\n([\s\S]+)/im.exec(read(readme))?.[1];
  return section ? [section.replace(/^\[[^\]]+\]: .*$/gm, '').trim()] : [];
}

function sourceOf({ repository, homepage }: Manifest): string | undefined {
  const given = typeof repository === 'string' ? repository : (repository?.url ?? homepage);
  if (given === undefined) return undefined;
  const address = given
    .replace(/^git\+/, '')
    .replace(/^git:/, 'https:')
    .replace(/\.git$/, '');
  return address.includes(':') ? address : `https://github.com/${address}`;
}
