import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { outline } from '../../../src/runbooks/markdown.ts';
import { targetOf } from '../../../src/server/fileMoves.ts';
import { linkedFile } from '../../../src/server/linkTarget.ts';
import { WorkspaceIndex } from '../../../src/server/workspaceIndex.ts';

describe('the index of Markdown files', () => {
  let folder: string;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  const write = async (name: string, text: string | Uint8Array) => {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'deskside-index-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('knows ids, titles, headings and tickets of every file', async () => {
    await write('a.md', '---\nid: a\ntickets: [RT-1]\n---\n# Alpha\n## Steps\n');
    await write('deep/er/b c.markdown', '---\ntickets: [RT-1, RT-2]\n---\n');
    await write('node_modules/x/readme.md', '---\ntickets: [RT-1]\n---\n');
    await write('.git/x.md', '---\ntickets: [RT-1]\n---\n');
    await write('no.txt', '---\ntickets: [RT-1]\n---\n');
    const index = new WorkspaceIndex();
    assert.deepEqual(await index.addFolder(folder), []);
    const { id, title, slugs } = index.get(uriOf('a.md'))!;
    assert.deepEqual([id, title, [...slugs]], ['a', 'Alpha', ['alpha', 'steps']]);
    assert.deepEqual(
      index
        .naming('RT-1')
        .map((one) => one.title)
        .sort(),
      ['Alpha', 'b c'],
    );
    assert.equal(index.naming('RT-2').length, 1);
  });

  it('goes on past loops, binary and huge files, and says what it left out', async () => {
    await write('good.md', '# Good');
    await write('binary.md', new Uint8Array([35, 0, 1, 2]));
    await write('huge.md', 'x'.repeat(2_000_001));
    await write('secret/x.md', '# Secret');
    await symlink(folder, path.join(folder, 'loop'));
    await symlink(path.join(folder, 'nowhere'), path.join(folder, 'broken.md'));
    await chmod(path.join(folder, 'secret'), 0o000);
    const index = new WorkspaceIndex();
    const leftOut = (await index.addFolder(folder)).map((one) => `${path.basename(one.path)} ${one.reason}`);
    await chmod(path.join(folder, 'secret'), 0o755);
    assert.equal(index.get(uriOf('good.md'))?.title, 'Good');
    const notFollowed = 'is a symbolic link, which is not followed';
    const expected = [
      'binary.md is not text',
      'huge.md is larger than 2 MB',
      `broken.md ${notFollowed}`,
      `loop ${notFollowed}`,
    ];
    // Whoever is root may read everything.
    if (process.getuid?.() !== 0) expected.push('secret can not be read with your rights');
    assert.deepEqual(leftOut.sort(), expected.sort());
  });

  it('takes a file for one of the inner folder, where one workspace folder lies in another', async () => {
    await write('a.md', '# A');
    await write('kb/b.md', '# B');
    await write('kb/c.md', '# C');
    await write('kb/.gitignore', 'c.md\n');
    const kb = path.join(folder, 'kb');
    const index = new WorkspaceIndex();
    await index.addFolder(folder);
    await index.addFolder(kb);
    assert.equal(index.folderOf(path.join(kb, 'b.md')), kb);
    assert.equal(index.folderOf(path.join(folder, 'a.md')), folder);
    index.removeFolder(kb);
    assert.equal(index.folderOf(path.join(kb, 'b.md')), folder);
    assert.deepEqual([...index.all()].map(({ title }) => title).sort(), ['A', 'B']);
    index.removeFolder(folder);
    assert.equal(index.size, 0);
  });

  it('stops at a depth that no person made', async () => {
    await mkdir(path.join(folder, ...Array.from({ length: 105 }, () => 'd')), { recursive: true });
    const leftOut = await new WorkspaceIndex().addFolder(folder);
    assert.match(leftOut[0]?.reason ?? '', /more than 100 folders deep/);
  });

  it('says what is wrong with a folder that is not there', async () => {
    const leftOut = await new WorkspaceIndex().addFolder(path.join(folder, 'nowhere'));
    assert.deepEqual(
      leftOut.map(({ reason }) => reason),
      ['is gone'],
    );
  });

  it('follows files and prefers what is typed', async () => {
    await write('a.md', '# One');
    const index = new WorkspaceIndex();
    await index.addFolder(folder);
    await write('a.md', '# Two');
    index.fileChanged(uriOf('a.md'));
    assert.equal(index.get(uriOf('a.md'))?.title, 'Two');
    index.documentChanged(uriOf('a.md'), outline('# Typed'));
    index.fileChanged(uriOf('a.md'));
    index.fileDeleted(uriOf('a.md'));
    assert.equal(index.get(uriOf('a.md'))?.title, 'Typed');
    index.documentClosed(uriOf('a.md'));
    assert.equal(index.get(uriOf('a.md'))?.title, 'Two');
    await unlink(path.join(folder, 'a.md'));
    index.fileDeleted(uriOf('a.md'));
    assert.equal(index.get(uriOf('a.md')), undefined);
  });

  it('forgets a folder that leaves the workspace', async () => {
    await write('a.md', '# One');
    const index = new WorkspaceIndex();
    await index.addFolder(folder);
    index.removeFolder(folder);
    assert.equal(index.get(uriOf('a.md')), undefined);
  });

  it('knows who links to a file, whatever the link looks like', async () => {
    await write('a/one.md', '[x](../b/two.md#h) [z](https://x.example/two.md)');
    await write('b/three.md', '[y](two) [v](/b/two.md)');
    await write('c/two.md', '[w](two.md)');
    await write('b/two.md', '# Two');
    const index = new WorkspaceIndex();
    await index.addFolder(folder);
    const linking = () =>
      index.linkingTo(path.join(folder, 'b/two.md')).map((one) => path.basename(one.path));
    assert.deepEqual(linking().sort(), ['one.md', 'three.md']);
    index.documentChanged(uriOf('a/one.md'), outline('nothing'));
    assert.deepEqual(linking(), ['three.md']);
  });

  it('leaves out what git is told to ignore', async () => {
    await write('.gitignore', 'build/\n*.tmp.md\n');
    await write('docs/.gitignore', '!kept.tmp.md\n');
    for (const name of ['a.md', 'b.tmp.md', 'build/c.md', 'docs/kept.tmp.md', 'docs/d.tmp.md'])
      await write(name, '# X');
    const index = new WorkspaceIndex();
    await index.addFolder(folder);
    const there = [...index.all()].map((one) => path.relative(folder, one.path)).sort();
    assert.deepEqual(there, ['a.md', 'docs/kept.tmp.md']);
    index.fileChanged(uriOf('build/c.md'));
    assert.equal(index.size, 2);
  });

  it('begins with what it knew, as far as that is still so', async () => {
    await write('a.md', '---\nid: a\n---\n# One');
    await write('b.md', '# Two');
    const cacheFolder = path.join(folder, '.cache');
    await new WorkspaceIndex({ cacheFolder }).addFolder(folder);
    await write('b.md', '# Two, changed');
    await unlink(path.join(folder, 'a.md'));
    await write('c.md', '# Three');
    const index = new WorkspaceIndex({ cacheFolder });
    await index.addFolder(folder);
    assert.deepEqual([...index.all()].map(({ title }) => title).sort(), ['Three', 'Two, changed']);
  });
});

describe('the target of a link to a file', () => {
  it('leads there whatever the file is called', () => {
    const from = path.resolve('/w/a.md');
    for (const name of ['b) old (1.md', 'HD-1: fix.md', 'a#b?c.md', '100%.md', 'sub/ü x.md']) {
      const file = path.resolve('/w', name);
      const target = targetOf(from, file, 'was.md', undefined);
      const [link] = outline(`See [it](${target}).`).links;
      assert.equal(link && linkedFile(from, link.target, undefined), file, target);
    }
  });
});
