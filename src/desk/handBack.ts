import { normaliseLines, oneLine, unquote } from './plainText.ts';

/** A hand-off that comes back, because something is missing that whoever has it next must add. */
export interface HandBack {
  /** The team, or person, it goes back to. */
  to: string;
  /** What is missing, a line each. */
  missing: string[];
  /** What else there is to say. Markdown. */
  text: string;
}

const missingHeading = 'What is missing';

/** The note as it is written: a checklist, so that whoever completes it can tick things off. */
export function formatHandBack({ to, missing, text }: HandBack): string {
  const list = missing.map((line) => `- [ ] ${oneLine(line)}`).join('\n');
  const parts = [`## Returned to ${oneLine(to)}`, `### ${missingHeading}`, list, text.trim()];
  return parts.filter((part) => part !== '').join('\n\n') + '\n';
}

/** A note that returns a ticket, whoever wrote it: it begins with a line that says so. */
export function parseHandBack(text: string): HandBack | undefined {
  const lines = unquote(normaliseLines(text)).split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const to = /^[#*_\s]*Returned to ([^\n]{1,200}?)[*_:\s]*$/i.exec(lines[first] ?? '')?.[1];
  if (to === undefined) return undefined;
  const missing: string[] = [];
  const rest: string[] = [];
  for (const line of lines.slice(first + 1)) {
    const item = /^\s*[-*•]\s*(?:\[[ xX]?\]\s*)?(\S.*)$/.exec(line)?.[1];
    if (item !== undefined && rest.length === 0) missing.push(item.trim());
    else if (!isHeading(line) && (line.trim() !== '' || rest.length > 0)) rest.push(line);
  }
  return { to, missing, text: rest.join('\n').trim() };
}

function isHeading(line: string): boolean {
  return line.replace(/^[\s#*_]+|[\s#*_:]+$/g, '').toLowerCase() === missingHeading.toLowerCase();
}
