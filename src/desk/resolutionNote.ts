import type { DocumentRef, Outcome, ResolutionLink } from './links.ts';
import { escapeInline, normaliseLines, oneLine, unescapeInline, unquote } from './plainText.ts';

/**
 * How a resolution link is written into a ticket, for people and for a colleague's Deskside:
 *
 *     Cleared the queue and restarted the spooler.
 *
 *     Documentation used:
 *     - Document: Printer queue is stuck
 *     - Section: Steps
 *     - File: runbooks/printer-queue.md
 *     - Link: https://forge.example.com/ops/blob/0123abc/runbooks/printer-queue.md
 *     - Id: printer-queue
 *     - Outcome: solved
 */
const heading = 'Documentation used:';

const phrases: Record<Outcome, string> = {
  solved: 'solved',
  'solved-with-changes': 'solved with changes',
  'did-not-help': 'did not help',
  'written-from': 'written from this ticket',
};

/** The outcome as people say it. */
export function outcomePhrase(outcome: Outcome): string {
  return phrases[outcome];
}

/** The text of a resolution note with its link at the end. */
export function formatResolution(body: string, link: ResolutionLink): string {
  const lines = [heading, ...documentLines(link.document), `- Outcome: ${phrases[link.outcome]}`];
  const text = body.trimEnd();
  return (text === '' ? '' : `${text}\n\n`) + lines.join('\n');
}

/** The text of a note that merely links a document. */
export function formatDocumentLink(document: DocumentRef): string {
  return ['Documentation linked:', ...documentLines(document)].join('\n');
}

function documentLines(document: DocumentRef): string[] {
  const lines = [`- Document: ${escapeInline(document.title) || escapeInline(document.path)}`];
  if (document.heading !== undefined) lines.push(`- Section: ${escapeInline(document.heading)}`);
  lines.push(`- File: ${escapeInline(document.path)}`);
  const permalink = document.permalink === undefined ? undefined : safePermalink(document.permalink);
  if (permalink !== undefined) lines.push(`- Link: ${permalink}`);
  if (document.id !== undefined) lines.push(`- Id: ${escapeInline(document.id)}`);
  return lines;
}

/**
 * The link that a note ends with, whoever wrote it; `undefined` for any other text, and for a link that is merely
 * quoted from another note.
 */
export function parseResolution(text: string): ResolutionLink | undefined {
  const lines = unquote(normaliseLines(text)).split('\n');
  for (let at = lines.length - 1; at >= 0; at--) {
    if (isHeading(lines[at] ?? '')) {
      const link = readLink(lines.slice(at + 1));
      if (link !== undefined) return link;
    }
  }
  return undefined;
}

/** The text of a note without the link that {@link parseResolution} finds in it. */
export function withoutLink(text: string): string {
  const lines = normaliseLines(text).split('\n');
  const at = lines.findLastIndex((line) => isHeading(line));
  if (at === -1 || readLink(lines.slice(at + 1)) === undefined) return text;
  const rest = lines
    .slice(at + 1)
    .findIndex((line) => line.trim() !== '' && !field.test(line) && !/^\s/.test(line));
  const after = rest === -1 ? [] : lines.slice(at + 1 + rest);
  return [...lines.slice(0, at), ...after].join('\n').trim();
}

function isHeading(line: string): boolean {
  return /^[\s#*_]*Documentation used:?[\s*_:]*$/i.test(line);
}

const field = /^\s*(?:[-*+•·–]\s*)?(Document|Section|File|Link|Id|Outcome)\s*:\s*(.*)$/i;

function readLink(lines: readonly string[]): ResolutionLink | undefined {
  const values = readFields(lines);
  const path = values.get('file');
  const outcome = parseOutcome(values.get('outcome') ?? '');
  if (!path || outcome === undefined) return undefined;
  const optional = (name: string) => values.get(name) || undefined;
  const permalink = /^https?:\/\/\S+/i.exec(values.get('link') ?? '')?.[0];
  return {
    document: {
      title: values.get('document') || path,
      path,
      ...(optional('id') && { id: optional('id') }),
      ...(optional('section') && { heading: optional('section') }),
      ...(permalink !== undefined && { permalink }),
    },
    outcome,
  };
}

/** Up to the first line that is no field; a line that was wrapped belongs to the one before it. */
function readFields(lines: readonly string[]): Map<string, string> {
  const values = new Map<string, string>();
  let current: string | undefined;
  for (const line of lines) {
    const [, label, value] = field.exec(line) ?? [];
    if (label !== undefined && value !== undefined) {
      current = label.toLowerCase();
      if (values.has(current)) break;
      values.set(current, value);
    } else if (line.trim() === '') {
      current = undefined;
    } else if (current !== undefined && current !== 'outcome') {
      values.set(current, `${values.get(current) ?? ''} ${line.trim()}`);
    } else {
      break;
    }
  }
  for (const [name, value] of values) {
    values.set(name, name === 'link' ? unescapeEntities(value) : unescapeInline(oneLine(value)));
  }
  return values;
}

function unescapeEntities(url: string): string {
  return url.replaceAll('&amp;', '&');
}

function parseOutcome(text: string): Outcome | undefined {
  const said = text.toLowerCase().replace(/-/g, ' ');
  const matches = (Object.keys(phrases) as Outcome[]).filter((outcome) => said.startsWith(phrases[outcome]));
  return matches.sort((a, b) => phrases[b].length - phrases[a].length)[0];
}

/** A web address that no renderer takes apart, or none. */
function safePermalink(permalink: string): string | undefined {
  if (!URL.canParse(permalink)) return undefined;
  const url = new URL(permalink);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  url.username = '';
  url.password = '';
  return url.href.replace(
    /[*`~\\<>"'()[\]|]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
