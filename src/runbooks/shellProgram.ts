import type { Shell } from './runSteps.ts';

/**
 * The program that runs a block: the user's own where that can, by its name without path and extension. VS Code may
 * not know the user's own yet (''), and the answer is the same before and after wherever it can be.
 */
export function shellProgram(shell: Shell, own: string, platform: NodeJS.Platform): string {
  switch (shell) {
    case 'posix':
      return own === 'zsh' ? own : 'bash';
    case 'powershell':
      if (own === 'pwsh' || own === 'powershell') return own;
      return platform === 'win32' ? 'powershell' : 'pwsh';
    case 'bash':
    case 'zsh':
    case 'fish':
      return shell;
  }
}
