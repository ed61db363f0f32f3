import assert from 'node:assert/strict';
import { customerManual } from '../../../src/runbooks/customerManual.ts';
import { parseFrontMatter, valueOf } from '../../../src/runbooks/frontMatter.ts';

const runbook = `---
id: mail
title: Mail does not arrive
type: runbook
audience: internal
tickets: [HD-1]
---
# Mail does not arrive

## Issue

> No mail since noon.

## Steps

1. Close Outlook (see HD-1).
2. Restart the service:

   \`\`\`sh
   ssh mail01.corp.local restart
   \`\`\`

3. Open it again, or write to bob@example.org.

## Roll back

Nothing.

## Cause

A full disk on mail01.corp.local.

## History

- 2026-01-01: written from HD-1.
`;

describe('a manual for customers', () => {
  const withoutKeys = (text: string) => text.replace(/ ?\(see HD-\d+\)/g, '');
  const made = customerManual(runbook, '/w/mail.md', { withoutKeys, takenIds: new Set() });

  it('says what they see, need and do, and keeps the rest inside', () => {
    const frontMatter = parseFrontMatter(made.text);
    assert.equal(valueOf(frontMatter, 'audience'), 'customer');
    assert.equal(valueOf(frontMatter, 'type'), 'manual');
    assert.equal(valueOf(frontMatter, 'id'), 'mail-does-not-arrive-manual');
    assert.match(made.text, /## When this helps\n\nNo mail since noon\./);
    assert.match(made.text, /1\. Close Outlook\./);
    for (const inside of ['HD-1', 'ssh ', 'full disk', 'written from', 'Roll back'])
      assert.ok(!made.text.includes(inside), inside);
    assert.match(made.text, /## What you need\n\n<!-- /);
    assert.match(made.text, /## If it does not help\n\n<!-- /);
  });

  it('has no block of commands, however it is fenced', () => {
    const blocks = [
      '1. Close it.\n2. ```sh\n   ssh mail01\n   ```\n3. Open it.\n',
      '1. Close it.\n\n   ```sh\n   ssh mail01\n   `````\n2. Open it.\n',
      '1. Close it.\n\n> ~~~sh\n> ssh mail01\n> ~~~\n\nOpen it.\n',
      'Close it. Open it.\r\n\r\n```sh\r\nssh mail01\r\n',
      'Close it with ```exit```.\n\nOpen it.\n\n~~~\nssh mail01\n',
    ];
    for (const steps of blocks) {
      const { text } = customerManual(`# Mail\n\n## Steps\n\n${steps}`, '/w/mail.md', {
        withoutKeys: (written) => written,
        takenIds: new Set(),
      });
      assert.ok(!text.includes('ssh'), text);
      assert.match(text, /Close it/, steps);
      assert.match(text, /Open it/, steps);
    }
  });

  it('has no block of commands that is indented, and no ticket key in its title', () => {
    const { text, fileName } = customerManual(
      '---\ntitle: Mail stops (see HD-7)\n---\n## Steps\n\n1. Close it.\n\n   Wait.\n\nThen:\n\n    ssh mail01\n\n- a\n\n    b of a\n\nOpen it.\n',
      '/w/mail.md',
      { withoutKeys, takenIds: new Set() },
    );
    assert.ok(!text.includes('ssh') && !text.includes('HD-7'), text);
    assert.equal(fileName, 'mail-stops-manual.md');
    for (const kept of ['# Mail stops\n', 'Close it', 'Wait.', 'Then:', 'b of a', 'Open it'])
      assert.ok(text.includes(kept), kept);
  });

  it('leaves names and addresses to the writer', () => {
    assert.deepEqual(
      made.redactions.map(({ text }) => text),
      ['bob@example.org'],
    );
  });
});
