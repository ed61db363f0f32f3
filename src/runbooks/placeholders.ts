import type { Shell } from './runSteps.ts';
import { namedVariables, variableName } from './runVariables.ts';
import { placeOf, ShellText, type Place } from './shellText.ts';

/** `{{requester.email}}` in a command, but not `{{json .State}}`, which a template of Go has. */
const placeholder = /\{\{[ \t]*(?![^{}]*[ \t]\.)([\p{L}_][\p{L}\p{N}_. -]{0,60}?)[ \t]*\}\}/gu;

const goTemplate = /\{\{-?(?:[^{}]*[ \t(])?[.$]/;
/** What its blocks have besides. */
const goWord = /^(?:else|end)$/;

/** A command as the shell gets it: values are in its environment, and read from there where a placeholder stood. */
export interface FilledCommand {
  text: string;
  /** The environment variables it reads of ours. */
  variables: string[];
  /** Placeholders that stand where no value can be safe: the command may not run. */
  unsafe: string[];
  /** Variables that the command itself names where a shell may work out what is in them: in arithmetic, say. */
  exposed: string[];
}

/** Puts a reading of an environment variable in the place of each placeholder, quoted for where it stands. */
export function fillPlaceholders(command: string, shell: Shell): FilledCommand {
  const text = new ShellText(command, shell);
  const unsafe: string[] = [];
  const hasGo = goTemplate.test(command);
  const filled = command.replace(placeholder, (whole, name: string, at: number) => {
    const place = placeOf(text, at);
    if (place === 'comment' || (hasGo && goWord.test(name))) return whole;
    const reading = readingAt(place, variableName(name), shell);
    if (reading === undefined) unsafe.push(whole);
    return reading ?? whole;
  });
  return { text: filled, variables: namedVariables(filled), unsafe, exposed: exposedIn(command, text) };
}

/** `${DESKSIDE_SUBJECT}`, also with what is said where there is none, or what is cut off */
const expansion = /\$\{DESKSIDE_[A-Z0-9_]+(?:(?::?[-=?+]|%%?|##?)[^${}`]*)?\}/g;

function exposedIn(command: string, text: ShellText): string[] {
  const isSafe = (at: number) => placeOf(text, at) !== 'unsafe';
  const sound = command.replace(expansion, (whole, at: number) =>
    isSafe(at) ? ' '.repeat(whole.length) : whole,
  );
  const named = [...sound.matchAll(/\bDESKSIDE_[A-Z0-9_]+/g)].filter(({ index }) => !isSafe(index));
  return [...new Set(named.map(([name]) => name))];
}

function readingAt(place: Exclude<Place, 'comment'>, name: string, shell: Shell): string | undefined {
  const windows = shell === 'powershell';
  switch (place) {
    case 'plain':
      return windows ? `"\${env:${name}}"` : shell === 'fish' ? `"$${name}"` : `"\${${name}}"`;
    case 'double':
      return windows ? `\${env:${name}}` : shell === 'fish' ? `""$${name}""` : `\${${name}}`;
    case 'single':
      return windows ? undefined : shell === 'fish' ? `'"$${name}"'` : `'"\${${name}}"'`;
    case 'document':
      return `\${${name}}`;
    case 'unsafe':
      return undefined;
  }
}

const passesOn =
  /(?:^|[\s;&|(`/\\])(?:eval|trap|watch|parallel|ssh|su|runuser|xargs|let|source|\.|iex|Invoke-Expression|(?:a|ba|da|z|k|mk|c|tc|fi|r)?sh|pwsh|(?:powershell|cmd)(?:\.exe)?|python[\d.]*|perl|ruby|node|php|osascript|[gm]?awk|sed|mysql|mariadb|psql|sqlite3|sqlcmd|sqlplus|mongo(?:sh)?)(?=[\s;&|<>)`]|$)|\[\[[^\]]*\s-(?:eq|ne|lt|le|gt|ge)\s/i;

/**
 * Does a command that has values hand them to something that reads them as commands again? Quoting does not help there,
 * and who runs it should know.
 */
export function passesValuesOn(filled: FilledCommand): boolean {
  return filled.exposed.length > 0 || (filled.variables.length > 0 && passesOn.test(filled.text));
}

/** Our variables that stand where the shell splits their values into words: `$DESKSIDE_SUBJECT` without quotes. */
export function unquotedVariables(command: string, shell: Shell): string[] {
  if (shell === 'powershell' || shell === 'fish' || shell === 'zsh') return [];
  const text = new ShellText(command, shell);
  const found = [...command.matchAll(/\$\{?(DESKSIDE_[A-Z0-9_]+)/g)].filter(
    ({ index }) => placeOf(text, index) === 'plain',
  );
  return [...new Set(found.map(([, name = '']) => name))];
}
