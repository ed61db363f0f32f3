import assert from 'node:assert/strict';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { outline } from '../../../src/runbooks/markdown.ts';
import { diagnostic } from '../../../src/server/checks/check.ts';
import { wrongTicket } from '../../../src/server/fixes/documentFixes.ts';
import type { Broken } from '../../../src/server/fixes/fix.ts';

/** The front matter after the fix that takes a ticket off its list. */
function without(key: string, frontMatter: string): string {
  const text = `---\n${frontMatter}---\n\n# A\n`;
  const document = TextDocument.create('file:///a.md', 'markdown', 1, text);
  const start = text.indexOf(key);
  const { Warning } = DiagnosticSeverity;
  const found = diagnostic(document, { start, end: start + key.length }, Warning, 'dead-ticket', '');
  const fixes = wrongTicket({
    document,
    path: '/a.md',
    outline: outline(text),
    diagnostic: found,
    tickets: { startingWith: () => [] },
  } as unknown as Broken);
  const [fix] = fixes;
  assert.equal(fix?.title, `Take ${key} off the list`);
  const changed = TextDocument.applyEdits(document, fix.edit?.changes?.[document.uri] ?? []);
  return changed.slice('---\n'.length, changed.indexOf('---\n', 4));
}

describe('a ticket that is taken off the list of a document', () => {
  it('leaves a list that can be read', () => {
    assert.equal(without('RT-7', 'tickets: [RT-7, RT-8, RT-9]\n'), 'tickets: [RT-8, RT-9]\n');
    assert.equal(without('RT-8', 'tickets: [RT-7, RT-8, RT-9]\n'), 'tickets: [RT-7, RT-9]\n');
    assert.equal(without('RT-9', 'tickets: [RT-7, RT-8, RT-9]\n'), 'tickets: [RT-7, RT-8]\n');
    assert.equal(without('RT-7', 'tickets: [RT-7]\n'), 'tickets: []\n');
    assert.equal(without('RT-7', 'tickets: RT-7\ntier: 2\n'), 'tickets: \ntier: 2\n');
  });

  it('takes its quotes along', () => {
    assert.equal(without('#7', 'tickets: ["#7", "#8"]\n'), 'tickets: ["#8"]\n');
    assert.equal(without('#8', 'tickets: ["#7", "#8"]\n'), 'tickets: ["#7"]\n');
    assert.equal(without('#8', "tickets: ['#8']\n"), 'tickets: []\n');
  });

  it('takes its line along', () => {
    assert.equal(without('RT-7', 'tickets:\n  - RT-7\n  - RT-8\ntier: 2\n'), 'tickets:\n  - RT-8\ntier: 2\n');
    assert.equal(without('#8', 'tickets:\n- "#7"\n- "#8"\n'), 'tickets:\n- "#7"\n');
  });
});
