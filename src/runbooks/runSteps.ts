import type { MarkdownOutline } from './markdown.ts';
import { findSection, sectionsOf } from './sections.ts';
import { withoutSecrets } from './runOutput.ts';

/** What a block of a runbook is written for. */
export type Shell = 'posix' | 'bash' | 'zsh' | 'fish' | 'powershell';

/** One step of a runbook: a command, or what a person does. */
export interface DocumentStep {
  title: string;
  /** Where it begins in the text: its command's fence, or its first line. */
  start: number;
  command?: { text: string; shell: Shell };
}

const shells: Record<string, Shell> = {
  sh: 'posix',
  shell: 'posix',
  console: 'posix',
  shellsession: 'posix',
  'shell-session': 'posix',
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  powershell: 'powershell',
  pwsh: 'powershell',
  ps1: 'powershell',
};
/** The sections that are followed, in this order. */
const followed = ['Steps', 'Verify'];
const longestTitle = 120;

/** The steps of a runbook, from its sections *Steps* and *Verify*. */
export function runStepsOf(outline: MarkdownOutline): DocumentStep[] {
  const sections = sectionsOf(outline);
  return followed.flatMap((name) => {
    const section = findSection(sections, name);
    if (section === undefined) return [];
    const parts = partsOf(outline, section.body);
    return parts.flatMap((part) => stepsIn(part, outline.text));
  });
}

interface Line {
  text: string;
  start: number;
}

/** The lines of one step, whatever made it one. */
interface Part {
  title?: string;
  lines: Line[];
}

/** By headings where the section has some, else by its list, else the section is one part. */
function partsOf(outline: MarkdownOutline, body: { start: number; end: number }): Part[] {
  const lines = withoutComments(linesOf(outline.text, body.start, body.end));
  const headings = new Map(
    outline.blocks.headings
      .filter(({ range }) => range.start >= body.start && range.start < body.end)
      .map(({ range, text }) => [range.start, text]),
  );
  const isCode = codeLines(lines);
  const items = lines.map((line, at) => (isCode[at] === true ? undefined : itemIn(line.text)));
  const indent = Math.min(...items.flatMap((item) => (item === undefined ? [] : [item.indent])));
  const parts: Part[] = [{ lines: [] }];
  lines.forEach((line, at) => {
    const heading = headings.get(line.start);
    const item = items[at];
    if (heading !== undefined)
      parts.push({ title: heading.replace(/^(?:Step )?\d+[.:)]\s*/i, ''), lines: [] });
    else if (headings.size === 0 && item !== undefined && item.indent === indent)
      parts.push({ title: item.text, lines: [{ start: line.start, text: item.text }] });
    else parts.at(-1)?.lines.push(line);
  });
  return parts;
}

function linesOf(text: string, start: number, end: number): Line[] {
  const lines: Line[] = [];
  for (let at = start; at < end;) {
    const next = text.indexOf('\n', at);
    const stop = next === -1 ? end : Math.min(next, end);
    lines.push({ text: text.slice(at, stop).replace(/\r$/, ''), start: at });
    at = stop + 1;
  }
  return lines;
}

/** Backticks behind the mark make it code within a line. */
const opening = /^([ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(`{3,}(?!.*`)|~{3,})[ \t]*(\S*)/;

function isClosing(line: string, mark: string): boolean {
  const closing = line.trim();
  return closing.length >= mark.length && closing === mark.charAt(0).repeat(closing.length);
}

/** The same lines, empty where they are commented out: nobody is to follow those. In a fenced block it is code. */
function withoutComments(lines: readonly Line[]): Line[] {
  let mark: string | undefined;
  let isComment = false;
  return lines.map((line) => {
    if (mark !== undefined) {
      if (isClosing(line.text, mark)) mark = undefined;
      return line;
    }
    isComment ||= /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?<!--/.test(line.text);
    if (!isComment) {
      mark = opening.exec(line.text)?.[2];
      return line;
    }
    isComment = !line.text.includes('-->');
    return { ...line, text: '' };
  });
}

/** Which lines are in a fenced block, its fences included. */
function codeLines(lines: readonly Line[]): boolean[] {
  let mark: string | undefined;
  return lines.map(({ text }) => {
    if (mark !== undefined) {
      if (isClosing(text, mark)) mark = undefined;
      return true;
    }
    const [, lead = '', found] = opening.exec(text) ?? [];
    mark = found;
    // A fence behind the marker of a list: the line is the item, too.
    return found !== undefined && lead.trim() === '';
  });
}

function itemIn(line: string): { indent: number; text: string } | undefined {
  const [, lead = '', text] =
    /^([ \t]*)(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?(.*)$/.exec(line) ?? [];
  return text === undefined ? undefined : { indent: lead.replaceAll('\t', '    ').length, text };
}

interface Block {
  command: { text: string; shell: Shell };
  start: number;
  /** The text just above it. */
  lead: string;
}

function stepsIn({ title, lines }: Part, text: string): DocumentStep[] {
  const { blocks, prose } = blocksOf(lines);
  if (blocks.length === 0) {
    const first = lines.find((line) => line.text.trim() !== '') ?? lines[0];
    const named = plain(title ?? '') || plain(prose);
    return title === undefined || named === '' || first === undefined
      ? []
      : [{ title: named, start: first.start }];
  }
  return blocks.map(({ command, start, lead }, at) => {
    const named =
      plain(title?.replace(/(?:`{3,}|~{3,}).*$/, '') ?? '') ||
      plain(lead) ||
      firstLine(withoutSecrets(command.text).text);
    const count = title !== undefined && blocks.length > 1 ? ` (${at + 1} of ${blocks.length})` : '';
    return { title: named + count, start: lineStart(text, start), command };
  });
}

function lineStart(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** The shell blocks among these lines, and what else is said. */
function blocksOf(lines: readonly Line[]): { blocks: Block[]; prose: string } {
  const blocks: Block[] = [];
  const prose: string[] = [];
  let lead = '';
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined) break;
    const [, before = '', mark, language = ''] = opening.exec(line.text) ?? [];
    if (mark === undefined) {
      if (line.text.trim() !== '') lead = line.text;
      prose.push(line.text);
      continue;
    }
    const code: string[] = [];
    for (at++; at < lines.length && !isClosing(lines[at]?.text ?? '', mark); at++)
      code.push(lines[at]?.text ?? '');
    const shell = shells[language.toLowerCase().replace(/[{,:].*$/, '')];
    const command = shell && commandIn(unindented(code, before.replace(/\S/g, ' ').length), language);
    if (shell !== undefined && command !== undefined)
      blocks.push({ command: { text: command, shell }, start: line.start, lead });
    lead = '';
  }
  return { blocks, prose: prose.join(' ') };
}

function unindented(code: readonly string[], indent: number): string[] {
  const own = code.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const most = Math.min(...own, Math.max(indent, own.length === 0 ? 0 : Math.min(...own)));
  return code.map((line) => line.slice(Math.min(most, line.length - line.trimStart().length)));
}

function commandIn(code: readonly string[], language: string): string | undefined {
  const isSession = /^(?:console|shell-?session)$/i.test(language);
  const command = (isSession ? typedIn(code) : code)
    .join('\n')
    .replaceAll('\0', '\ufffd')
    .replace(/^(?:[ \t]*\n)+|\s+$/g, '');
  return command === '' ? undefined : command;
}

const hereDocument = /(?<![<(])<<-?[ \t]*["'\\]?([A-Za-z_][\w.-]*)/;

/** A recorded session shows its commands behind prompts, with the lines they go on in, and what they print without. */
function typedIn(session: readonly string[]): string[] {
  const typed: string[] = [];
  let end: string | undefined;
  let goesOn = false;
  for (const line of session) {
    const text: string | undefined =
      goesOn || end !== undefined
        ? line.replace(/^\s*>(?: |$)/, '')
        : /^\s*(?:[$#%>]|PS[^>]*>)\s(.*)$/.exec(line)?.[1];
    if (text === undefined) continue;
    typed.push(text);
    if (end === undefined) end = hereDocument.exec(text)?.[1];
    else if (text.trim() === end) end = undefined;
    goesOn = end === undefined && /(?<!\\)(?:\\\\)*\\$/.test(text);
  }
  return typed;
}

function plain(text: string): string {
  const read = text
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?/g, '$1')
    .replace(/[*`~]|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replace(/\s+/g, ' ')
    .replace(/^\s*(?:[-+>]|\d+[.)])\s+/, '')
    .trim();
  return shortened(read.replace(/:$/, ''));
}

function firstLine(command: string): string {
  return shortened(
    command
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? '',
  );
}

function shortened(text: string): string {
  return text.length <= longestTitle ? text : `${text.slice(0, longestTitle - 1).trimEnd()}…`;
}
