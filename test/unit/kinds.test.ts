import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { BackendKind } from '../../src/backends/backend.ts';
import type { LocalDeskPort } from '../../src/backends/local/kind.ts';
import { backendKinds } from '../../src/backends/registry.ts';

const root = path.resolve(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

const noDesk = {} as LocalDeskPort;
const registered = backendKinds(noDesk).map(({ id }) => id);
const { contributes } = JSON.parse(read('package.json')) as {
  contributes: {
    configuration: {
      properties: { 'deskside.accounts': { items: { properties: { backend: { enum: string[] } } } } };
    };
  };
};
const choices = contributes.configuration.properties['deskside.accounts'].items.properties.backend.enum;

async function kindsIn(file: string): Promise<BackendKind[]> {
  type Exported = BackendKind | ((desk: LocalDeskPort) => BackendKind);
  const exported = (await import(path.join(root, file))) as Record<string, Exported>;
  return Object.entries(exported)
    .filter(([name]) => name.endsWith('Kind'))
    .map(([, kind]) => (typeof kind === 'function' ? kind(noDesk) : kind));
}

/** What a kind takes besides its folder, and nothing else would miss. */
function forgotten(folder: string, { id, label }: BackendKind): string[] {
  const name = path.basename(folder);
  const demands: [string, boolean][] = [
    ['src/backends/registry.ts', registered.includes(id)],
    ['package.json: deskside.accounts, backend', choices.includes(id)],
    ['esbuild.config.mjs', read('esbuild.config.mjs').includes(`'${folder}/connector.ts'`)],
    [`${folder}/abilities.ts`, existsSync(path.join(root, folder, 'abilities.ts'))],
    [`test/contract/${name}.test.ts`, existsSync(path.join(root, `test/contract/${name}.test.ts`))],
    ['docs/README.md: its page', read('docs/README.md').includes(`[${label}`)],
    [
      'docs/accounts.md: backend',
      /^\| `backend` .*$/m.exec(read('docs/accounts.md'))![0].includes(`\`${id}\``),
    ],
  ];
  return demands.flatMap(([where, met]) => (met ? [] : [where]));
}

describe('the kinds of backends', () => {
  for (const file of globSync('src/backends/*/kind.ts', { cwd: root })) {
    it(`${file}: is entered wherever it has to be`, async () => {
      const kinds = await kindsIn(file);
      assert.ok(kinds.length > 0, `${file} exports something that ends in Kind`);
      for (const kind of kinds) assert.deepEqual(forgotten(path.dirname(file), kind), [], kind.id);
    });
  }
});
