import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import MarkdownIt from 'markdown-it';
import { readmeWithTable } from '../harness/abilities.ts';
import { outline } from '../../src/runbooks/markdown.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const pages = ['README.md', 'CHANGELOG.md', 'test/README.md', ...globSync('docs/**/*.md', { cwd: root })];

const nls = JSON.parse(read('package.nls.json')) as Record<string, string>;
const { contributes, scripts } = JSON.parse(read('package.json')) as {
  contributes: {
    commands: { command: string; title: string; category: string }[];
    configuration: { properties: Record<string, unknown> };
  };
  scripts: Record<string, string>;
};
const titles = contributes.commands.map(
  ({ category, title }) => `${category}: ${nls[title.replaceAll('%', '')] ?? title}`,
);
const ids = new Set([
  ...contributes.commands.map(({ command }) => command),
  ...Object.keys(contributes.configuration.properties),
]);

/** The README and the manual say what is there. */
describe('manual', () => {
  for (const page of pages) {
    it(`${page}: every relative link and picture leads somewhere`, () => {
      const dead = linksOf(read(page)).filter((link) => !leadsSomewhere(page, link));
      assert.deepEqual(dead, []);
    });

    it(`${page}: every command, setting and script it names is there`, () => {
      const text = read(page);
      const unknown = [
        ...[...text.matchAll(/\bdeskside\.[a-zA-Z]+(?:\.[a-zA-Z]+)*/g)]
          .map(([id]) => id)
          .filter((id) => !/\.(?:vsix|svg|deskside)$/.test(id) && !ids.has(id)),
        ...[...text.matchAll(/\*\*(Deskside: .+?)\*\*/g)]
          .map(([, title]) => title ?? '')
          .filter((title) => !titles.includes(title)),
        ...[...text.matchAll(/\bnpm run ([a-z:]+[a-z])/g)]
          .map(([, script]) => script ?? '')
          .filter((script) => scripts[script] === undefined),
      ];
      assert.deepEqual(unknown, []);
    });
  }

  it('has each page in its index and each picture on a page', () => {
    const linked = new Set(
      pages.flatMap((page) => linksOf(read(page)).map((link) => targetOf(page, link).file)),
    );
    const files = [...globSync('docs/**/*.{md,png}', { cwd: root })].map((file) => path.join(root, file));
    assert.deepEqual(
      files.filter((file) => !linked.has(file)),
      [],
    );
  });

  it('names every command', () => {
    const all = pages.map(read).join('\n');
    const shown = contributes.commands.filter(({ command }) => !/\.outbox\./.test(command));
    const silent = shown.filter(({ command }) => {
      const title = titles[contributes.commands.findIndex((one) => one.command === command)] ?? '';
      return !all.includes(`**${title}**`);
    });
    assert.deepEqual(silent, []);
  });

  it('has the table of capabilities that the code says', async () => {
    assert.equal(read('README.md'), await readmeWithTable(), 'npm run capabilities');
  });
});

function linksOf(text: string): string[] {
  const inline = new MarkdownIt().parse(text, {}).flatMap((token) => token.children ?? []);
  return inline
    .flatMap((token) => [token.attrGet('href'), token.attrGet('src')])
    .filter((link) => typeof link === 'string')
    .filter((link) => !/^[a-z]+:/.test(link));
}

function targetOf(page: string, link: string): { file: string; heading: string | undefined } {
  const [target = '', heading] = link.split('#', 2);
  const file = target === '' ? path.join(root, page) : path.resolve(root, path.dirname(page), target);
  return { file, heading };
}

function leadsSomewhere(page: string, link: string): boolean {
  const { file, heading } = targetOf(page, link);
  if (!existsSync(file)) return false;
  if (heading === undefined) return true;
  return outline(readFileSync(file, 'utf8')).headings.some(({ slug }) => slug === heading);
}
