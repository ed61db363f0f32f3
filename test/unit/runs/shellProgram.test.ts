import assert from 'node:assert/strict';
import { shellProgram } from '../../../src/runbooks/shellProgram.ts';

describe('the program of a block', () => {
  it('is the same before VS Code knows the shell of the user and after', () => {
    for (const shell of ['posix', 'bash'] as const)
      assert.equal(shellProgram(shell, '', 'linux'), shellProgram(shell, 'bash', 'linux'), shell);
  });

  it("is the user's own where that can run it", () => {
    assert.equal(shellProgram('posix', 'zsh', 'darwin'), 'zsh');
    assert.equal(shellProgram('posix', 'fish', 'darwin'), 'bash');
    assert.equal(shellProgram('bash', 'zsh', 'darwin'), 'bash');
    assert.equal(shellProgram('powershell', 'pwsh', 'win32'), 'pwsh');
    assert.equal(shellProgram('powershell', 'cmd', 'win32'), 'powershell');
    assert.equal(shellProgram('powershell', 'bash', 'linux'), 'pwsh');
  });
});
