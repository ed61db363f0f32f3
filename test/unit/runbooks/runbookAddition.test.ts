import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addToRunbook } from '../../../src/runbooks/runbookAddition.ts';
import { applyChange, changeBetween } from '../../../src/runbooks/textChange.ts';

const runbook = `---
id: mail
tickets: [HD-1]
---

# Mail

## Steps

1. Restart it.

   \`\`\`sh
   restart
   \`\`\`

2. Wait.

## Verify

<!-- How to know that it works again. -->

## History

- 2026-01-01: written from HD-1.
`;

describe('what a ticket adds to a runbook', () => {
  it('goes to the end of its section, steps numbered on, and the ticket is named', () => {
    const text = addToRunbook(
      runbook,
      [
        { section: 'steps', text: '1. Clear the queue.\n2. Tell Carol.' },
        { section: 'verify', text: '- A test mail arrives.' },
        { section: 'history', text: '- 2026-03-01: written from HD-2.' },
      ],
      'HD-2',
    );
    assert.match(text, /^tickets: \[HD-1, HD-2\]$/m);
    assert.match(text, /2\. Wait\.\n3\. Clear the queue\.\n4\. Tell Carol\.\n\n## Verify\n/);
    assert.match(text, /## Verify\n\n- A test mail arrives\.\n\n## History\n/);
    assert.match(text, /written from HD-1\.\n- 2026-03-01: written from HD-2\.\n$/);
    assert.match(text, /restart\n {3}```\n/);
  });

  it('begins a list of its own below a paragraph, of which it would be a part otherwise', () => {
    const told = runbook.replace('2. Wait.', '2. Wait.\n\nAll of it takes an hour.');
    const text = addToRunbook(told, [{ section: 'steps', text: '1. Tell Carol.' }], 'HD-2');
    assert.match(text, /takes an hour\.\n\n3\. Tell Carol\./);
  });

  it('makes a section that is missing, in its place among the others', () => {
    const text = addToRunbook(runbook, [{ section: 'cause', text: '- A full disk.' }], 'HD-1');
    assert.match(text, /## Cause\n\n- A full disk\.\n\n## History/);
    assert.ok(text.indexOf('## Verify') < text.indexOf('## Cause'));
    const last = addToRunbook('# Only a title', [{ section: 'steps', text: '1. One.' }], 'HD-1');
    assert.match(last, /# Only a title\n\n## Steps\n\n1\. One\.\n$/);
  });

  it('may be a section of its own, before what is said of all', () => {
    const own = { section: 'own' as const, heading: 'Mail on <phones>', text: 'Update the app.' };
    const text = addToRunbook(runbook, [own], 'HD-1');
    assert.match(text, /2\. Wait\.\n\n## Mail on \\<phones>\n\nUpdate the app\.\n\n## Verify/);
  });

  it('changes nothing else', () => {
    assert.equal(addToRunbook(runbook, [{ section: 'steps', text: ' ' }], 'HD-1'), runbook);
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        assert.equal(applyChange(before, changeBetween(before, after)), after);
      }),
    );
  });
});
