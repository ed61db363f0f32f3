import assert from 'node:assert/strict';
import fc from 'fast-check';
import { permalink } from '../../../src/runbooks/permalink.ts';
import { nameOf, numbered, slugOf } from '../../../src/runbooks/slug.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';

function link(remote: string, path = 'docs/a b/printer.md', heading?: string): string | undefined {
  return permalink({ remote, commit, path, heading });
}

describe('permalink', () => {
  it('knows the forges by their remotes', () => {
    const expected: [string, string][] = [
      ['https://github.com/acme/ops.git', `https://github.com/acme/ops/blob/${commit}/docs/a%20b/printer.md`],
      ['git@github.com:acme/ops.git', `https://github.com/acme/ops/blob/${commit}/docs/a%20b/printer.md`],
      [
        'ssh://git@github.acme.example:2222/acme/ops',
        `https://github.acme.example/acme/ops/blob/${commit}/docs/a%20b/printer.md`,
      ],
      [
        'https://gitlab.com/acme/it/desk/ops.git',
        `https://gitlab.com/acme/it/desk/ops/-/blob/${commit}/docs/a%20b/printer.md`,
      ],
      [
        'git@gitlab.acme.example:it/ops.git',
        `https://gitlab.acme.example/it/ops/-/blob/${commit}/docs/a%20b/printer.md`,
      ],
      [
        'git@bitbucket.org:acme/ops.git',
        `https://bitbucket.org/acme/ops/src/${commit}/docs/a%20b/printer.md`,
      ],
      [
        'https://bitbucket.acme.example/scm/it/ops.git',
        `https://bitbucket.acme.example/projects/it/repos/ops/browse/docs/a%20b/printer.md?at=${commit}`,
      ],
      [
        'ssh://git@git.acme.example:7999/scm/~bob/ops.git',
        `https://git.acme.example/users/bob/repos/ops/browse/docs/a%20b/printer.md?at=${commit}`,
      ],
      [
        'https://codeberg.org/acme/ops.git',
        `https://codeberg.org/acme/ops/src/commit/${commit}/docs/a%20b/printer.md`,
      ],
      [
        'http://gitea.acme.example:3000/acme/ops.git',
        `http://gitea.acme.example:3000/acme/ops/src/commit/${commit}/docs/a%20b/printer.md`,
      ],
      [
        'https://acme@dev.azure.com/acme/My%20Project/_git/ops',
        `https://dev.azure.com/acme/My%20Project/_git/ops?path=/docs/a%20b/printer.md&version=GC${commit}`,
      ],
      [
        'git@ssh.dev.azure.com:v3/acme/It/ops',
        `https://dev.azure.com/acme/It/_git/ops?path=/docs/a%20b/printer.md&version=GC${commit}`,
      ],
      [
        'https://acme.visualstudio.com/DefaultCollection/It/_git/ops',
        `https://dev.azure.com/acme/It/_git/ops?path=/docs/a%20b/printer.md&version=GC${commit}`,
      ],
      [
        'acme@vs-ssh.visualstudio.com:v3/acme/It/ops',
        `https://dev.azure.com/acme/It/_git/ops?path=/docs/a%20b/printer.md&version=GC${commit}`,
      ],
    ];
    for (const [remote, url] of expected) assert.equal(link(remote), url, remote);
  });

  it('points to the heading', () => {
    assert.equal(
      link('git@github.com:a/b.git', 'x.md', 'Clear the queue (Windows)'),
      `https://github.com/a/b/blob/${commit}/x.md#clear-the-queue-windows`,
    );
    assert.equal(
      link('git@bitbucket.org:a/b.git', 'x.md', 'Steps'),
      `https://bitbucket.org/a/b/src/${commit}/x.md#markdown-header-steps`,
    );
    assert.equal(
      link('https://dev.azure.com/o/p/_git/r', 'x.md', 'Steps'),
      `https://dev.azure.com/o/p/_git/r?path=/x.md&version=GC${commit}&_a=preview&anchor=steps`,
    );
  });

  it('takes the word of who knows the forge', () => {
    assert.equal(link('git@git.acme.example:it/ops.git'), undefined);
    assert.equal(
      permalink({ remote: 'git@git.acme.example:it/ops.git', commit, path: 'x.md', forge: 'gitea' }),
      `https://git.acme.example/it/ops/src/commit/${commit}/x.md`,
    );
  });

  it('gives none for what is on no forge, and for no commit', () => {
    for (const remote of [
      '/srv/git/ops.git',
      'file:///srv/git/ops.git',
      '../ops',
      'C:\\git\\ops',
      'https://github.com/',
      '',
    ]) {
      assert.equal(link(remote), undefined, remote);
    }
    assert.equal(permalink({ remote: 'git@github.com:a/b.git', commit: 'HEAD', path: 'x.md' }), undefined);
  });

  it('never gives a credential on', () => {
    const url = link('https://bob:ghp_secret@github.com/acme/ops.git', 'x.md');
    assert.equal(url, `https://github.com/acme/ops/blob/${commit}/x.md`);
  });

  it('is a web address whatever the path', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (path) => {
        const url = new URL(link('git@github.com:a/b.git', `docs/${path.replaceAll('.', '_')}`) ?? '');
        assert.equal(url.search + url.hash, '');
        assert.ok(url.pathname.startsWith(`/a/b/blob/${commit}/docs/`));
      }),
    );
  });
});

describe('slug', () => {
  it('is the fragment that GitHub and VS Code make', () => {
    assert.equal(slugOf('Clear the queue (Windows & macOS)'), 'clear-the-queue-windows--macos');
    assert.equal(slugOf('  Über `spooler` 2.0 '), 'über-spooler-20');
    const seen = new Map<string, number>();
    assert.deepEqual(
      ['Steps', 'Steps', 'steps!'].map((text) => numbered(slugOf(text), seen)),
      ['steps', 'steps-1', 'steps-2'],
    );
  });

  it('makes file names that every system takes', () => {
    assert.equal(
      nameOf('Printer queue is stuck: HP M404 / 3rd floor'),
      'printer-queue-is-stuck-hp-m404-3rd-floor',
    );
    assert.equal(nameOf('Größe überschritten'), 'grosse-uberschritten');
    assert.equal(nameOf('../../etc/passwd'), 'etc-passwd');
    assert.equal(nameOf('CON'), 'con-runbook');
    assert.equal(nameOf('¿?'), 'runbook');
    assert.equal(nameOf('打印机卡住'), '打印机卡住');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (title) => {
        const name = nameOf(title);
        assert.match(name, /^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u);
        assert.ok(name.length <= 68);
      }),
    );
  });
});
