import assert from 'node:assert/strict';
import { panelHtml } from '../../../src/editor/panel/panelHtml.ts';

const script = 'https://example.org/panel.js';

describe('the page of a panel', () => {
  it('allows its own script and nothing from elsewhere', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(panelHtml({ script, nonce: 'n1' }))?.[1];
    assert.deepEqual(policy?.split('; '), [
      "default-src 'none'",
      "script-src 'nonce-n1'",
      'img-src data: blob:',
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it('is not ended by what a ticket says', () => {
    const reason = '</script><script>alert(1)</script><!--';
    const html = panelHtml({ script, nonce: 'n1', begin: [{ type: 'gone', reason }] });
    const [, begin = ''] =
      /<script type="application\/json" id="begin">([\s\S]*?)<\/script>/.exec(html) ?? [];
    assert.deepEqual(JSON.parse(begin), [{ type: 'gone', reason }]);
    assert.equal(html.match(/<script/g)?.length, 2);
    assert.ok(!html.includes('<!--'));
  });
});
