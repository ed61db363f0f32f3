import assert from 'node:assert/strict';
import { chmod, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Location } from 'vscode-languageserver/node';
import { knowledgeGapsRequest } from '../../../src/runbooks/knowledgeMessages.ts';
import { corpusPath, corpusText } from '../../bench/knowledge/corpus.ts';
import { temporaryFolder } from '../../harness/paths.ts';
import { storeTests } from '../store/fixtures.ts';
import { ServerProcess } from '../../shared/serverProcess.ts';

const keyPatterns = [{ accountId: 'a', source: '(?<![\\w-])HD-\\d+(?![\\w-])' }];
const fiftyMegabytes = 'See HD-1, which says more.\n'.repeat(1_950_000);

describe('a workspace that makes it hard', () => {
  const stores = storeTests();
  let folder: string;
  let cacheFolder: string;

  beforeEach(async () => {
    folder = await temporaryFolder('hard');
    cacheFolder = await temporaryFolder('hard-cache');
  });
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
    await rm(cacheFolder, { recursive: true, force: true });
  });

  async function write(name: string, text: string | Uint8Array): Promise<void> {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }

  function start(): Promise<ServerProcess> {
    const storeFolder = stores.folder();
    const settings = { keyPatterns, runbooksFolder: '', linksAreChecked: false, storeFolder, cacheFolder };
    return ServerProcess.start(settings, [folder]);
  }

  /** Where the workspace names HD-1, once the server has read it. */
  async function namesOf(server: ServerProcess): Promise<string[]> {
    await server.connection.sendRequest(knowledgeGapsRequest, {});
    const found = await server.ask<Location[]>('textDocument/references', 'HD-1|');
    return found
      .filter(({ uri }) => uri.startsWith('file:'))
      .map(({ uri, range }) => `${uri.replace(pathToFileURL(folder).href, '')}:${range.start.line}`)
      .sort();
  }

  it('is read past all that stands in the way, and what was left out is said', async () => {
    const deep = Array.from({ length: 100 }, () => 'd').join('/');
    await write('good.md', '# Good\n\nSee HD-1.\n');
    await write(`${deep}/deep.md`, 'HD-1\n');
    await write(`${deep}/d/deeper.md`, 'HD-1\n');
    await write('huge.md', fiftyMegabytes);
    await write('binary.md', new Uint8Array([35, 0, 1, 2]));
    await write('malformed.md', '---\nid: [malformed\ntickets: HD-1\n---\n# Malformed\n');
    await write('closed.md', 'HD-1\n');
    await write('closed/x.md', 'HD-1\n');
    await symlink(folder, path.join(folder, 'loop'));
    await symlink('round.md', path.join(folder, 'round.md'));
    for (const one of ['closed.md', 'closed']) await chmod(path.join(folder, one), 0o000);
    const server = await start();
    try {
      const names = await namesOf(server);
      const leftOut = server.log
        .filter((line) => line.endsWith(': left out.'))
        .map((line) => line.replace(`${folder}/`, ''));
      const notFollowed = 'is a symbolic link, which is not followed';
      // Whoever is root may read everything.
      const mayReadAll = process.getuid?.() === 0;
      assert.deepEqual(names, [
        ...(mayReadAll ? ['/closed.md:0', '/closed/x.md:0'] : []),
        `/${deep}/deep.md:0`,
        '/good.md:2',
        '/malformed.md:2',
      ]);
      const closed = ['closed', 'closed.md'].map((one) => `${one} can not be read with your rights`);
      const expected = [
        'binary.md is not text',
        `${deep}/d lies more than 100 folders deep`,
        'huge.md is larger than 2 MB',
        `loop ${notFollowed}`,
        `round.md ${notFollowed}`,
        ...(mayReadAll ? [] : closed),
      ];
      assert.deepEqual(leftOut.sort(), expected.map((one) => `${one}: left out.`).sort());

      await server.open(fiftyMegabytes, pathToFileURL(path.join(folder, 'huge.md')).href);
      await server.until(() => server.log.some((line) => line.includes('huge.md is too large')));
      assert.deepEqual(await namesOf(server), names);
    } finally {
      await server.kill();
      for (const one of ['closed.md', 'closed']) await chmod(path.join(folder, one), 0o700);
    }
  }).timeout(60_000);

  it('is known in full by the next server, at whatever moment of reading it the last was killed', async () => {
    const files = 600;
    for (let number = 0; number < files; number++) await write(corpusPath(number), corpusText(number, files));
    const began = performance.now();
    const first = await start();
    const names = await namesOf(first);
    const whole = performance.now() - began;
    await first.kill();
    assert.ok(names.length > 1);
    for (const part of [0.4, 0.8]) {
      await rm(cacheFolder, { recursive: true, force: true });
      const killed = await start();
      await new Promise((resolve) => setTimeout(resolve, part * whole));
      await killed.kill();
      const next = await start();
      assert.deepEqual(await namesOf(next), names, `after ${part} of the time that reading takes`);
      await next.kill();
    }
  }).timeout(120_000);
});
