import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { writeWhole } from '../../../src/editor/panel/wholeFile.ts';

const never = new AbortController().signal;

function folderWith(files: Record<string, string>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'whole-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
  return folder;
}

describe('a file that is saved', () => {
  it('is there whole, in place of the one that the user chose to replace', async () => {
    const folder = folderWith({ 'report.pdf': 'old' });
    const file = path.join(folder, 'report.pdf');
    await writeWhole(Readable.from([Buffer.from('one '), Buffer.from('two')]), file, never);
    assert.equal(readFileSync(file, 'utf8'), 'one two');
    assert.deepEqual(readdirSync(folder), ['report.pdf']);
  });

  it('touches no other file, whatever that is called', async () => {
    const folder = folderWith({ 'report.pdf.part': 'mine', profile: 'mine' });
    symlinkSync('profile', path.join(folder, 'run.sh.part'));
    await writeWhole(Readable.from(['x']), path.join(folder, 'report.pdf'), never);
    await writeWhole(Readable.from(['x']), path.join(folder, 'run.sh'), never);
    assert.equal(readFileSync(path.join(folder, 'report.pdf.part'), 'utf8'), 'mine');
    assert.equal(readFileSync(path.join(folder, 'profile'), 'utf8'), 'mine');
  });

  it('leaves nothing behind, and what was there, where it breaks off', async () => {
    const folder = folderWith({ 'report.pdf': 'old' });
    const broken = Readable.from(
      (function* () {
        yield Buffer.from('half');
        throw new Error('The connection is gone.');
      })(),
    );
    const file = path.join(folder, 'report.pdf');
    await assert.rejects(writeWhole(broken, file, never), /connection is gone/);
    await assert.rejects(writeWhole(Readable.from(['x']), file, AbortSignal.abort()));
    assert.deepEqual(readdirSync(folder), ['report.pdf']);
    assert.equal(readFileSync(file, 'utf8'), 'old');
  });
});
