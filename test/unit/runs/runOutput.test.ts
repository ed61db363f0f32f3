import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Capture } from '../../../src/runbooks/capture.ts';
import { asShown, outputOf, withoutSecrets } from '../../../src/runbooks/runOutput.ts';

const key = [
  '-----BEGIN RSA PRIVATE KEY-----',
  ...Array.from({ length: 30 }, () => 'MIIEowIBAAKCAQEA'),
  '-----END RSA PRIVATE KEY-----',
];
const token = 'ghp_0123456789abcdefghijABCDEFGHIJ012345';

function record(chunks: readonly string[]) {
  const capture = new Capture();
  for (const chunk of chunks) capture.add(chunk);
  return outputOf(capture.captured);
}

describe('what a command printed', () => {
  it('is kept as the terminal showed it', () => {
    assert.equal(asShown('a\r\nb\r\n'), 'a\nb');
    assert.equal(
      asShown('\x1b[31mred\x1b[0m \x1b]8;;https://x\x07link\x1b]8;;\x07\x1b]633;D;0\x07'),
      'red link',
    );
    assert.equal(asShown('10%\r50%\r100%\r\ndone\x1b[K'), '100%\ndone');
    assert.equal(asShown('downloading\r\x1b[Kok\n'), 'ok');
    assert.equal(asShown('downloading\x1b[2K\rok'), 'ok');
    assert.equal(asShown('abc\b\bX'), 'aXc');
    assert.equal(asShown('safe\u202etxt.exe\u0007\u0085'), 'safetxt.exe');
    assert.equal(asShown('\x1bP1;2q~~\x1b\\x\x1b(B'), 'x');
  });

  it('loses its secrets, and keeps names and addresses', () => {
    const { text, redacted } = withoutSecrets(
      `user carol@example.org at 10.0.0.7\npassword=hunter2x\n${token}`,
    );
    assert.equal(text, 'user carol@example.org at 10.0.0.7\npassword=[password]\n[token]');
    assert.equal(redacted, 2);
  });

  it('loses the secrets that the command was given, whatever they look like', () => {
    const capture = new Capture();
    capture.add('user carol, correct horse battery\r\nagain: correct horse battery 12\r\n');
    assert.deepEqual(outputOf(capture.captured, ['correct horse battery', '12']), {
      text: 'user carol, [secret]\nagain: [secret] 12',
      leftOut: 0,
      redacted: 2,
    });
  });

  it('never keeps a secret, wherever it stands and however it arrives', () => {
    const line = fc.constantFrom('x', 'some output of a command', '\x1b[32mok\x1b[0m', '');
    const filler = fc.tuple(line, fc.nat(60_000)).map(([text, count]) => `${text}\n`.repeat(count));
    fc.assert(
      fc.property(filler, filler, fc.integer({ min: 1, max: 50_000 }), (before, after, size) => {
        const text = `${before}${key.join('\r\n')}\n${token}\n${after}`;
        const chunks: string[] = [];
        for (let at = 0; at < text.length; at += size) chunks.push(text.slice(at, at + size));
        const output = record(chunks);
        assert.ok(!output.text.includes('MIIE'), output.text.slice(0, 200));
        assert.ok(!output.text.includes('ghp_'));
        assert.ok(output.text.length < 17_000);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps no end of a private key whose beginning was let go', () => {
    const tail = `${key.slice(20).join('\n')}\nafter\n`;
    assert.deepEqual(outputOf({ head: 'before\n', tail, lostLines: 9 }).text.split('\n'), [
      'before',
      '… 9 lines left out …',
      '[private key]',
      'after',
    ]);
    const whole = `${key.join('\n')}\nafter\n`;
    assert.ok(
      outputOf({ head: '', tail: `first\n${whole}`, lostLines: 9 }).text.includes('first\n[private key]'),
    );
  });

  it('is whole while it is short, and keeps its beginning and end when it is not', () => {
    const lines = Array.from({ length: 2000 }, (_, at) => `line ${at}`);
    assert.deepEqual(record([lines.slice(0, 1000).join('\n')]), {
      text: lines.slice(0, 1000).join('\n'),
      leftOut: 0,
      redacted: 0,
    });
    const { text, leftOut } = record([`${lines.join('\n')}\n`.repeat(3)]);
    const kept = text.split('\n');
    assert.equal(kept[0], 'line 0');
    assert.equal(kept.at(-1), 'line 1999');
    assert.equal(kept.length - 1 + leftOut, 6000);
    assert.ok(text.includes(`… ${leftOut} lines left out …`));
  });

  it('counts what was let go while it ran, and drops what is one endless line', () => {
    const many = Array.from({ length: 400 }, (_, at) => `${at} ${'y'.repeat(5000)}\n`);
    const { text, leftOut } = record(many);
    assert.ok(text.startsWith('0 yyy') && text.includes('\n399 yyy'));
    assert.equal(leftOut + text.split('\n').length - 1, 400);
    const endless = record([...Array.from({ length: 30 }, () => 'z'.repeat(100_000)), 'zz\nend\n']);
    assert.ok(endless.text.endsWith('end') && !endless.text.includes('zz'), endless.text.slice(0, 100));
  });

  it('is nothing where nothing was printed', () => {
    assert.deepEqual(record([]), { text: '', leftOut: 0, redacted: 0 });
  });
});
