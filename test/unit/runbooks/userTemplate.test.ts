import assert from 'node:assert/strict';
import { parseFrontMatter, valueOf, valuesOf } from '../../../src/runbooks/frontMatter.ts';
import { checkTemplate, fillTemplate, placeholders } from '../../../src/runbooks/userTemplate.ts';

const content = {
  id: 'mail',
  title: 'Mail: "gone" #1',
  owner: 'Mail team',
  symptoms: ['Mail: "gone" #1'],
  tags: ['mail', 'yes'],
  tickets: ['#88'],
  sections: { steps: '1. Restart it.' },
};

describe('a template of the user', () => {
  it('is filled with what the ticket knows, safely for YAML and Markdown', () => {
    const template = `---
id: {{id}}
title: {{title}}
owner: {{ owner }}
tags: [{{tags}}]
tickets: [{{tickets}}]
tier: {{tier}}
---
# {{title}} ({{date}})

{{steps}}

{{verify}}
`;
    assert.deepEqual(checkTemplate(template), []);
    const text = fillTemplate(template, { ...content, title: 'Mail: `gone` #1' }, '2026-03-31');
    const read = parseFrontMatter(text);
    assert.deepEqual(read?.problems, []);
    assert.equal(valueOf(read, 'title'), 'Mail: `gone` #1');
    assert.deepEqual(valuesOf(read, 'tags'), ['mail', 'yes']);
    assert.deepEqual(valuesOf(read, 'tickets'), ['#88']);
    assert.match(text, /^# Mail: \\`gone\\` #1 \(2026-03-31\)$/m);
    assert.match(text, /1\. Restart it\.\n\n<!-- How to know/);
  });

  it('is checked before it is used', () => {
    assert.deepEqual(checkTemplate('---\nid: {{id}}\n---\n\n{{stepz}} {{ }}\n'), [
      { line: 5, message: '{{stepz}} is not known.' },
      { line: 5, message: '{{ }} is not known.' },
    ]);
    assert.match(checkTemplate('# {{title}}')[0]?.message ?? '', /no "id/);
  });

  it('may name everything that is offered', () => {
    const all = placeholders.map((name) => `{{${name}}}`).join('\n');
    assert.doesNotMatch(fillTemplate(all, content, '2026-03-31'), /\{\{/);
  });
});
