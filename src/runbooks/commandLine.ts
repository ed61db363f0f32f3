import type { Shell } from './runSteps.ts';

/**
 * A command as one line for an interactive shell, which would otherwise begin to run a block before it has read all of
 * it, complete a word at a tab, take `!` for its history, and (zsh) a comment for words. One that is such a line stays as
 * it is.
 */
export function commandLine(command: string, shell: Shell): string {
  const isOneLine = !/[\u0000-\u001f\u007f]/.test(command);
  switch (shell) {
    case 'posix':
    case 'bash':
    case 'zsh':
      return isOneLine && !/!|(?:^|[\s;&|()])#/.test(command) ? command : `eval $'${ansi(command)}'`;
    case 'fish':
      return isOneLine ? command : `string join \\n ${command.split('\n').map(inFish).join(' ')} | source`;
    case 'powershell':
      return isOneLine ? command : `. ([scriptblock]::Create("${inPowerShell(command)}"))`;
  }
}

const control = /[\u0000-\u001f'\\!\u007f]/g;

function ansi(text: string): string {
  return text.replace(control, (character) => {
    if (character === '\n') return '\\n';
    if (character === '\\') return '\\\\';
    return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
}

function inFish(line: string): string {
  return `'${line.replace(/[\\']/g, '\\$&').replaceAll('\t', "'\\t'")}'`;
}

/** Curly quotes are quotes there, too. */
function inPowerShell(text: string): string {
  return text
    .replace(/[`"$\u201c-\u201e]/g, '`$&')
    .replaceAll('\n', '`n')
    .replaceAll('\t', '`t');
}
