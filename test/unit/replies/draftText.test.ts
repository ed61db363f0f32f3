import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatDraft, parseDraft } from '../../../src/replies/draftText.ts';
import { comment, withoutComments, withoutEmptySections } from '../../../src/replies/passages.ts';

describe('The text of a draft', () => {
  it('gives back the fields and the body it was made of', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9 &:#'"{}[\]-]{0,30}$/).map((text) => text.trim());
    fc.assert(
      fc.property(word, word, fc.stringMatching(/^[a-z][a-z \n]{0,60}[a-z]$/), (team, priority, body) => {
        const parsed = parseDraft(formatDraft({ team, priority }, body));
        assert.ok(parsed.ok);
        assert.deepEqual(parsed.value.fields, { team, priority });
        assert.equal(parsed.value.body, withoutComments(body));
      }),
    );
  });

  it('takes dashes in a field for what they are', () => {
    const parsed = parseDraft(formatDraft({ team: 'Network', priority: '---' }, 'body'));
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value, { fields: { team: 'Network', priority: '---' }, body: 'body' });
  });

  it('keeps words that YAML would take for something else', () => {
    const parsed = parseDraft('---\nteam: yes\ntier: 2\nat: 2026-01-01\n---\nbody');
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value.fields, { team: 'yes', tier: '2', at: '2026-01-01' });
  });

  it('says where the front matter is broken', () => {
    const parsed = parseDraft('---\nteam: Network\npriority: "P1\n---\nbody');
    assert.ok(!parsed.ok && parsed.line >= 3);
    const nested = parseDraft('---\nteam:\n  name: x\n---\n');
    assert.ok(!nested.ok && nested.line === 2);
  });

  it('never sends what was quoted for the writer, whatever it contains', () => {
    fc.assert(
      fc.property(fc.string(), (quoted) => {
        assert.equal(
          withoutComments(`Hello\n\n${comment(`start --> ${quoted} <!-- ${quoted} end`)}`),
          'Hello',
        );
      }),
    );
  });

  it("sends the user's own HTML comments", () => {
    const text = '```html\n<!-- keep me -->\n```';
    assert.equal(withoutComments(text), text);
  });

  it('sends what stands behind a passage that is not sent, on its last line and below', () => {
    const text = `${comment('Carol will read this.')} Hello Carol,\n\nit works.\n\n${comment('choices')}\n`;
    assert.equal(withoutComments(text), 'Hello Carol,\n\nit works.');
  });

  it('keeps a heading that has others below it, and code that looks like headings', () => {
    for (const text of [
      '## Title\n\n### A\n\n#### Server\n\ntext\n\n### C\nmore',
      '## Title\n\n```sh\n### restart\n# now\nls\n```',
    ])
      assert.equal(withoutEmptySections(text), text);
    assert.equal(
      withoutEmptySections('## T\n\n### A\n\n### B\n\n#### C\n\n### D\n\nx'),
      '## T\n\n### B\n\n#### C\n\n### D\n\nx',
    );
  });

  it('drops the headings below which nothing was written', () => {
    assert.equal(
      withoutEmptySections('## Title\n\n### A\ntext\n\n### B\n\n### C\nmore'),
      '## Title\n\n### A\ntext\n\n### C\nmore',
    );
  });
});
