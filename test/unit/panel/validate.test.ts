import assert from 'node:assert/strict';
import { largestFile } from '../../../src/webviews/files.ts';
import { parseFromPanel, parseMemory, parseToPanel } from '../../../src/webviews/validate.ts';
import { fixtureState, messagesOf } from '../../shared/panelFixture.ts';

const ref = { accountId: 'rt', id: '1' };
const pasted = { type: 'attach-bytes', ref, visibility: 'public', name: 'a.png' };

describe('messages of the ticket panel', () => {
  it('are accepted when they are exactly what the panel says', () => {
    for (const message of [
      { type: 'ready' },
      { type: 'draft', ref, visibility: 'internal', text: 'x', turn: 1 },
      { type: 'send', ref, visibility: 'public', text: 'Hello' },
      { type: 'action', action: 'escalate' },
      { type: 'open-link', url: 'https://example.org/a' },
      { type: 'open-link', url: 'mailto:carol@example.org' },
      { type: 'open-document', source: 'entry', id: 'e1' },
      { type: 'save-attachment', attachmentId: 'a1' },
      { type: 'show-all', entryId: 'e1' },
      { type: 'ask-choices', ref },
      { type: 'ask-people', ref, query: '' },
      { type: 'set', ref, fields: { assignee: null } },
      { type: 'set', ref, fields: { custom: { 7: ['a', 'b'] } } },
      { type: 'unwatch', ref, id: 'bob', role: 'watcher' },
      { type: 'unrelate', ref, kind: 'parent', ticketId: '2' },
      { ...pasted, bytes: new Uint8Array(3) },
    ]) {
      assert.deepEqual(parseFromPanel(message), message);
    }
  });

  it('are refused when they are anything else', () => {
    for (const message of [
      undefined,
      null,
      'ready',
      [],
      {},
      { type: 'unheard-of' },
      { type: 'set', ref, fields: { requester: 'x' } },
      { type: 'set', ref, fields: { tier: 4 } },
      { type: 'set', ref, fields: { custom: { 7: 'text' } } },
      { type: 'unrelate', ref, kind: 'enemy', ticketId: '2' },
      { type: 'send', ref, text: 'Hello' },
      { type: 'send', ref, visibility: 'system', text: 'Hello' },
      { type: 'send', visibility: 'public', text: 'Hello' },
      { type: 'send', ref: { accountId: 'rt' }, visibility: 'public', text: 'Hello' },
      { type: 'send', ref, visibility: 'public', text: 'Hello', ticket: 'another' },
      { type: 'send', ref, visibility: 'public', text: 'x'.repeat(1_000_001) },
      { type: 'action', action: 'workbench.action.terminal.new' },
      { type: 'open-link', url: 'javascript:alert(1)' },
      { type: 'open-link', url: 'command:workbench.action.quit' },
      { type: 'open-link', url: 'vscode://deskside.deskside' },
      { type: 'open-link', url: 'file:///etc/passwd' },
      { type: 'open-link', url: '/relative' },
      { type: 'open-document', source: 'path', id: '../../x' },
      { type: 'save-attachment', attachmentId: '' },
      { ...pasted, bytes: new Uint8Array(largestFile + 1) },
      { ...pasted, bytes: 'text' },
    ]) {
      assert.equal(parseFromPanel(message), undefined, JSON.stringify(message));
    }
  });

  it('of the host are checked for what every render relies on', () => {
    assert.ok(parseToPanel({ type: 'state', state: fixtureState }));
    assert.ok(parseToPanel({ type: 'state', state: { ...fixtureState, entryCount: undefined } }));
    for (const message of messagesOf(fixtureState)) assert.ok(parseToPanel(message));
    assert.equal(parseToPanel({ type: 'entries', ref, at: 0, total: 1, entries: [{ id: 'e1' }] }), undefined);
    assert.equal(parseToPanel({ type: 'state', state: { ...fixtureState, pending: undefined } }), undefined);
    assert.equal(parseToPanel({ type: 'sent', ref, visibility: 'both' }), undefined);
  });

  it('restore a panel only from a memory that names a ticket', () => {
    const memory = { ref: { accountId: 'rt', id: '1' }, anchor: { entryId: 'e3', offset: -4 } };
    assert.deepEqual(parseMemory(memory), memory);
    for (const other of [undefined, {}, { ref: { id: '1' } }, { ref: { accountId: 'rt', id: 1 } }]) {
      assert.equal(parseMemory(other), undefined);
    }
  });
});
