import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { corpusPath, corpusText } from '../../bench/knowledge/corpus.ts';
import { temporaryFolder } from '../../harness/paths.ts';
import { seedFaults } from '../../knowledge/seedFaults.ts';

const files = 60;
const faults = 54;

describe('faults put into a folder of runbooks', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await temporaryFolder('seeded');
    for (let number = 0; number < files; number++) {
      const file = path.join(folder, 'docs', corpusPath(number));
      await mkdir(path.dirname(file), { recursive: true });
      const text = corpusText(number, files)
        .replace(/HD-\d+/g, 'HD-1')
        .replace(/!\[.*?\)/, '');
      await writeFile(file, text);
    }
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('are found, each at its place, and nothing is said of the folder as it was', async () => {
    const scratch = path.join(folder, 'scratch');
    const run = await seedFaults(path.join(folder, 'docs'), { scratch, runbooks: '.', faults, seed: 7 });
    assert.deepEqual(run.untouched.found, []);
    assert.equal(run.faults.length, faults);
    const rest = run.faults.filter(({ verdict }) => verdict !== 'found');
    assert.deepEqual(
      rest.map(({ kind, what, verdict }) => `${verdict}: ${kind}: ${what}`),
      [],
    );
  }).timeout(120_000);
});
