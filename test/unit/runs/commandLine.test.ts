import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { commandLine } from '../../../src/runbooks/commandLine.ts';

describe('a command as one line', () => {
  it('is itself where it is one', () => {
    for (const shell of ['posix', 'bash', 'zsh', 'fish', 'powershell'] as const)
      assert.equal(commandLine('lpstat -o "$DESKSIDE_ASSET"', shell), 'lpstat -o "$DESKSIDE_ASSET"');
  });

  it('does in bash what the block does', () => {
    const blocks = [
      'echo one\nfalse\necho "two # three"\n(exit 3)',
      "cat <<'EOF'\nit's $HOME \\n !!\nEOF",
      'for i in 1 2; do\n\tprintf "%s\\n" "$i"\ndone # end',
      'echo "hi!"',
      'f() {\n  return 7\n}\nf',
    ];
    const all = (commands: readonly string[]) =>
      execFileSync('bash', ['--norc', '-c', commands.map((one) => `${one}\necho "=$?"`).join('\n')], {
        encoding: 'utf8',
      });
    const lines = blocks.map((block) => commandLine(block, 'bash'));
    assert.equal(all(lines), all(blocks));
    for (const line of lines) assert.ok(!line.includes('\n') && !line.includes('!'));
  });

  it('is one line whatever the block says', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.constantFrom('bash', 'fish', 'powershell'),
        (text, shell) => {
          assert.ok(!commandLine(text.replaceAll('\r', ''), shell).includes('\n'));
        },
      ),
    );
    assert.equal(commandLine("a 'b'\nc", 'fish'), "string join \\n 'a \\'b\\'' 'c' | source");
    assert.equal(commandLine('a\tb', 'fish'), "string join \\n 'a'\\t'b' | source");
    assert.equal(commandLine('a\tb', 'bash'), "eval $'a\\x09b'");
    assert.equal(commandLine('rm -rf build # keep src', 'zsh'), "eval $'rm -rf build # keep src'");
    assert.equal(commandLine('echo "a#b"', 'zsh'), 'echo "a#b"');
    // PowerShell takes curly quotes for quotes.
    assert.equal(commandLine('# “a”\nb', 'powershell'), '. ([scriptblock]::Create("# `“a`”`nb"))');
    assert.equal(commandLine('a "$b"\nc', 'powershell'), '. ([scriptblock]::Create("a `"`$b`"`nc"))');
  });
});
