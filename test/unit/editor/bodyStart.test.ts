import assert from 'node:assert/strict';
import { bodyStart } from '../../../src/editor/tickets/bodyStart.ts';

describe('the beginning of a text', () => {
  it('are one line, and not too long', () => {
    assert.equal(bodyStart({ text: ' Hello\n\n  there ', format: 'text' }), 'Hello there');
    assert.equal(bodyStart({ text: 'x'.repeat(9_000), format: 'text' }).length, 300);
  });

  it('are without the markup of HTML, and with what only looks like it elsewhere', () => {
    const text = '<style>p { color: red }</style><p>Write to <b>me</b></p>';
    assert.equal(bodyStart({ text, format: 'html' }), 'Write to me');
    assert.equal(
      bodyStart({ text: 'Write to <carol@example.org>', format: 'text' }),
      'Write to <carol@example.org>',
    );
  });

  it('are there at once, also of hostile text', function () {
    this.timeout(20_000); // Takes some milliseconds; what is not linear would take hours.
    assert.equal(bodyStart({ text: '<'.repeat(1_000_000), format: 'html' }).length, 300);
  });
});
