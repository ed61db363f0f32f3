import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatLog, parseLog } from '../../../src/desk/interactionLog.ts';
import { channels } from '../../../src/desk/ticket.ts';

describe('interaction log', () => {
  it('reads like a note', () => {
    assert.equal(
      formatLog({ channel: 'phone', minutes: 12, body: 'Walked her through the VPN set-up.' }),
      'Interaction log: phone, 12 minutes\n\nWalked her through the VPN set-up.',
    );
    assert.equal(formatLog({ channel: 'chat', minutes: 1, body: ' ' }), 'Interaction log: chat, 1 minute');
    assert.equal(formatLog({ channel: 'walk-in', body: 'x' }), 'Interaction log: walk-in\n\nx');
  });

  it('comes back the same, with CRLF, quoted, and with trailing spaces', () => {
    const logs = fc.record(
      {
        channel: fc.constantFrom(...channels),
        minutes: fc.integer({ min: 1, max: 10_000 }),
        body: fc.array(fc.stringMatching(/^[\w ,.!?äß-]*$/)).map((lines) =>
          lines
            .map((line) => line.trimEnd())
            .join('\n')
            .trim(),
        ),
      },
      { requiredKeys: ['channel', 'body'], noNullPrototype: true },
    );
    fc.assert(
      fc.property(logs, (log) => {
        const text = formatLog(log);
        assert.deepEqual(parseLog(text), log);
        assert.deepEqual(parseLog(text.replaceAll('\n', '  \r\n')), log);
        assert.deepEqual(parseLog(text.replaceAll(/^/gm, '> ')), log);
        assert.deepEqual(parseLog(`\n**${text.replace('\n', '**\n')}`), log);
      }),
    );
  });

  it('takes no other text for a log', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(parseLog(text), undefined)));
    for (const text of [
      'Interaction log: telepathy, 3 minutes',
      'Interaction log: phone, soon',
      'I read the Interaction log: phone',
      'Bob wrote:\n> Interaction log: phone, 12 minutes',
      '',
    ]) {
      assert.equal(parseLog(text), undefined, text);
    }
  });
});
