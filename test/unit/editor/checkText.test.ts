import assert from 'node:assert/strict';
import { rtKind } from '../../../src/backends/rt/kind.ts';
import { checkText, type AccountCheck } from '../../../src/editor/commands/checkText.ts';
import type { Capabilities } from '../../../src/desk/capabilities.ts';
import { plain } from './plain.ts';
import { unaligned } from '../../shared/unaligned.ts';

const everything: Capabilities = {
  createTicket: true,
  publicReply: true,
  internalNote: true,
  interactionLog: 'native',
  setSubject: true,
  setStatus: true,
  assign: true,
  setTeam: true,
  setPriority: true,
  setTier: 'native',
  setTags: true,
  logTime: true,
  attach: true,
  sla: true,
  optimisticConcurrency: true,
  serverSearch: true,
  scopes: ['mine'],
};

function text(given: Partial<AccountCheck>): string {
  const check: AccountCheck = { label: 'RT', probes: [], rights: rtKind.rights ?? {}, ...given };
  return unaligned(checkText(check, ({ reason }) => `because ${reason}`, plain));
}

describe('the check of an account', () => {
  it('names the right that each missing feature needs, and what the system never offers', () => {
    const said = text({ capabilities: { ...everything, internalNote: false, setTags: false } });
    assert.match(said, /\| Write internal notes \| ✗ \| needs: CommentOnTicket \|/);
    assert.match(said, /\| Change tags \| ✗ \| not offered by this system \|/);
    assert.match(said, /\| Reply to the requester \| ✓ \| \|/);
    assert.match(said, /2 features are not available/);
    assert.match(said, /Ask whoever gives out rights/);
  });

  it('says so where all is well', () => {
    assert.match(text({ capabilities: everything }), /works, with everything/);
  });

  it('says what failed and why, without a table nobody can know', () => {
    const said = text({
      probes: [
        { name: 'Configured', result: { ok: true, found: 'https://rt.example' } },
        { name: 'Signed in', result: { ok: false, error: { reason: 'unauthorised', message: '' } } },
      ],
    });
    assert.match(said, /1 of 2 checks failed/);
    assert.match(said, /✗ Signed in: because unauthorised/);
    assert.doesNotMatch(said, /May do|\| Feature/);
  });

  it('takes nothing that a system says for Markdown', () => {
    const found = '<img src=x> [a](command:x)';
    assert.match(
      text({ probes: [{ name: 'x', result: { ok: true, found } }] }),
      /\\<img src=x> \\\[a\\\]\(command:x\)/,
    );
  });
});
