import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { draft, storeTests, ticket, value } from '../store/fixtures.ts';
import { ServerProcess } from '../../shared/serverProcess.ts';

const keyPatterns = [
  { accountId: 'a', source: '(?<![\\w-])DESK-\\d+(?![\\w-])', complete: true },
  { accountId: 'rt', source: '(?<![\\w-])RT-\\d+(?![\\w-])' },
  { accountId: 'new', source: '(?<![\\w-])NEW-\\d+(?![\\w-])' },
];

describe('the language server: diagnostics', () => {
  const stores = storeTests();
  let folder: string;
  let server: ServerProcess;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'deskside-docs-'));
    await mkdir(path.join(folder, 'runbooks'));
    await mkdir(path.join(folder, 'img'));
    await writeFile(path.join(folder, 'other.md'), '# Other\n\n## Über uns\n');
    await writeFile(path.join(folder, 'img', 'a b.png'), '');
    const { writer, folder: storeFolder } = await stores.open();
    value(await writer.run('putTicket', ticket(12)));
    for (const kind of ['reply', 'note', 'resolution'] as const)
      value(await writer.run('saveDraft', draft(kind, '', { kind })));
    for (const accountId of ['a', 'rt']) {
      value(await writer.run('putAccountState', { accountId, lastSyncedAt: 1, problems: [] }));
    }
    const settings = { keyPatterns, runbooksFolder: 'runbooks', linksAreChecked: false };
    const handOffRequires = { Network: ['environment', 'tried'] };
    server = await ServerProcess.start({ ...settings, handOffRequires, storeFolder }, [folder]);
  });
  afterEach(async () => {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  const check = async (text: string, name?: string, until: (found: string[]) => boolean = () => true) => {
    const uri = await server.open(text, name && pathToFileURL(path.join(folder, name)).href);
    return server.diagnostics(uri, text, until);
  };

  it('finds keys of tickets that do not exist, and says less of those that may be of others', async () => {
    assert.deepEqual(await check('---\ntickets: [DESK-12, DESK-98]\n---\nSee DESK-99, RT-5 and DESK-12.\n'), [
      'dead-ticket: DESK-98',
      'dead-ticket: DESK-99',
      'unknown-ticket: RT-5',
    ]);
  });

  it('says nothing of keys in code, comments and addresses, nor before an account has synced', async () => {
    const text =
      'NEW-1 `DESK-99` https://x.example/DESK-99\n\n```\nDESK-99\n```\n<!-- DESK-99 -->\n[x](DESK-99.md)\n';
    assert.deepEqual(await check(text), []);
  });

  it('finds what a hand-off does not say, and what its team requires', async () => {
    const text =
      '---\nteam: Network\n---\n\n## Hand-off to Network\n\n### What is happening\n\nNo VPN.\n\n### Environment\n\n### What was tried and what came of it\n\n- \n\n### Hypothesis\n\nx\n\n<!-- Not sent: hint\n-->\n';
    const uri = await server.open(text, 'deskside-draft://1/Hand-off.md');
    const expected = [
      'hand-off-required: ### Environment',
      'hand-off-required: ### What was tried and what came of it',
      'hand-off-empty: ## Hand-off to Network',
      'hand-off-empty: ## Hand-off to Network',
      'hand-off-empty: ## Hand-off to Network',
    ];
    assert.deepEqual(await server.diagnostics(uri, text, (found) => found.length > 0), expected);
  });

  it('reads what requesters will read for plain language and tone, and nothing else', async () => {
    const text =
      'We are to utilize it, as you and I said. `utilize the form`\n<!-- Not sent: utilize it -->\n';
    const open = async (id: string, written: string, until: (found: string[]) => boolean) => {
      const uri = await server.open(written, `deskside-draft://${id}/Text.md`);
      return server.diagnostics(uri, written, until);
    };
    const once = (found: string[]) => found.length > 0;
    assert.deepEqual(await open('reply', text, once), ['plain-language: utilize']);
    assert.deepEqual(await open('note', text, () => true), []);
    const resolution = (visibility: string) => `---\nvisibility: ${visibility}\n---\n\n${text}`;
    assert.deepEqual(await open('resolution', resolution('public'), once), ['plain-language: utilize']);
    const uri = 'deskside-draft://resolution/Text.md';
    await server.change(uri, 2, resolution('internal'));
    assert.deepEqual(await server.diagnostics(uri, text, (found) => found.length === 0), []);
    const settings = { keyPatterns, runbooksFolder: 'runbooks', linksAreChecked: false };
    await server.connection.sendNotification('deskside/settings', { ...settings, repliesAreChecked: false });
    const reply = 'deskside-draft://reply/Text.md';
    assert.deepEqual(await server.diagnostics(reply, text, (found) => found.length === 0), []);
  });

  it('finds malformed front matter at its place', async () => {
    assert.deepEqual(
      await check('---\ntitle: x\ntags: [a, b\nowner: y\n---\n', 'a.md', (found) => found.length > 0),
      ['front-matter-malformed: owner'],
    );
    assert.deepEqual(await check('---\ntype: how-to\ntested_at: yesterday\n---\n', 'b.md'), [
      'front-matter-value: yesterday',
    ]);
    assert.deepEqual(await check('---\ntier: 9\n---\n', 'page.md'), []);
    assert.deepEqual(await check('---\ntier: 9\n---\n', 'runbooks/c.md'), ['front-matter-value: 9']);
  });

  it('reads the front matter of a template as if its placeholders were filled in', async () => {
    const ours = `---\nid: {{id}}\ntitle: {{title}}\ntype: how-to\ntier: {{tier}}\ntested_at: {{date}}
owner: {{owner}} # or {{title}}\ntags: [{{tags}}]\nsymptoms:\n  - {{symptoms}}\n---\n`;
    assert.deepEqual(await check(ours, 'runbooks/ours.md'), []);
    const archetype = '---\ntitle: "{{ replace .Name "-" " " | title }}"\ndate: {{ .Date }}\n---\n';
    assert.deepEqual(await check(archetype, 'archetype.md'), []);
    const program = '---\nid: {{id}}\n{{#if team}}\nowner: {{team}}\n{{else}}\nowner: Us\n{{/if}}\n---\n';
    assert.deepEqual(await check(program, 'program.md'), []);
    assert.deepEqual(await check('---\nid: {{id}}\ntags: [{{tags}}\nowner: y\n---\n', 'open.md'), [
      'front-matter-malformed: owner',
    ]);
    assert.deepEqual(await check('---\nid: {{id}}\ntitle: "{{title}}\nowner: y\n---\n', 'quotes.md'), [
      'front-matter-malformed: "{{title}}',
    ]);
    assert.deepEqual(await check('---\nid: {{id}}\ntype: how-to\ntier: 9\n---\n', 'tier.md'), [
      'front-matter-value: 9',
    ]);
  });

  const links = `# Title
[a](other.md) [b](../other.md) [c](../other.md#%C3%BCber-uns) [d](<../img/a b.png>) [e](../img/a%20b.png)
[f](/other.md) [g](/other) [h](#title) [i](https://x.example/y) [j](mailto:x@y.example) [k](../img) [l](../other.md#L3)
[m](../gone.md) [n](../other.md#gone) [o](#gone) ![p](../img/gone.png) \`[q](gone.md)\`

[ref]: ../gone2.md
`;

  it('finds links of a runbook to files and headings that are not there', async () => {
    assert.deepEqual(await check(links, 'runbooks/r.md'), [
      'dead-link: other.md',
      'dead-link: ../gone.md',
      'dead-heading: ../other.md#gone',
      'dead-heading: #gone',
      'dead-link: ../img/gone.png',
      'dead-link: ../gone2.md',
    ]);
  });

  it('leaves links to VS Code in other files, and wherever its own check is on', async () => {
    assert.deepEqual(await check(links, 'readme.md'), []);
    const settings = { keyPatterns, runbooksFolder: 'runbooks', linksAreChecked: true };
    await server.connection.sendNotification('deskside/settings', settings);
    assert.deepEqual(await check(links, 'runbooks/r.md'), []);
  });

  it('takes a complaint back when its reason is gone', async () => {
    const text = '[m](../gone.md)';
    const name = 'runbooks/r.md';
    assert.deepEqual(await check(text, name), ['dead-link: ../gone.md']);
    await writeFile(path.join(folder, 'gone.md'), '');
    const uri = pathToFileURL(path.join(folder, 'gone.md')).href;
    await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri, type: 1 }],
    });
    const document = pathToFileURL(path.join(folder, name)).href;
    assert.deepEqual(await server.diagnostics(document, text, (found) => found.length === 0), []);
    await server.change(document, 2, 'DESK-99');
    assert.deepEqual(await server.diagnostics(document, 'DESK-99', (found) => found.length > 0), [
      'dead-ticket: DESK-99',
    ]);
    await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri: document } });
    assert.deepEqual(await server.diagnostics(document, '', (found) => found.length === 0), []);
  });

  it('says that it leaves out a document that is too large', async () => {
    await server.open(`${'x'.repeat(2_000_001)} DESK-99`, 'untitled:large.md');
    await server.until(() => server.log.some((line) => line.includes('untitled:large.md is too large')));
  });
});
