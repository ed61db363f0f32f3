import { normaliseLines, oneLine, unquote } from './plainText.ts';

/** A hand-off that comes back. */
export interface HandBack {
  /** The team, or person, it goes back to. */
  to: string;
  /** What was asked for is done; otherwise something is missing that whoever has it next must add. */
  done: boolean;
  /** What is missing, a line each. */
  missing: string[];
  /** What else there is to say. Markdown. */
  text: string;
}

const missingHeading = 'What is missing';
const titles = { done: 'Handed back to', missing: 'Returned to' };

/** The note as it is written: what is missing is a checklist, so that whoever completes it can tick things off. */
export function formatHandBack({ to, done, missing, text }: HandBack): string {
  const list = missing.map((line) => `- [ ] ${oneLine(line)}`).join('\n');
  const title = `## ${done ? titles.done : titles.missing} ${oneLine(to)}`;
  const parts = [title, ...(done ? [] : [`### ${missingHeading}`, list]), text.trim()];
  return parts.filter((part) => part !== '').join('\n\n') + '\n';
}

/** A note that gives a ticket back, whoever wrote it: it begins with a line that says so. */
export function parseHandBack(text: string): HandBack | undefined {
  const lines = unquote(normaliseLines(text)).split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const [, title, to] =
    /^[#*_\s]*(Returned|Handed back) to ([^\n]{1,200}?)[*_:\s]*$/i.exec(lines[first] ?? '') ?? [];
  if (title === undefined || to === undefined) return undefined;
  const after = lines.slice(first + 1);
  if (/^handed/i.test(title)) return { to, done: true, missing: [], text: after.join('\n').trim() };
  const missing: string[] = [];
  const rest: string[] = [];
  for (const line of after) {
    const item = /^\s*[-*•]\s*(?:\[[ xX]?\]\s*)?(\S.*)$/.exec(line)?.[1];
    if (item !== undefined && rest.length === 0) missing.push(item.trim());
    else if (!isHeading(line) && (line.trim() !== '' || rest.length > 0)) rest.push(line);
  }
  return { to, done: false, missing, text: rest.join('\n').trim() };
}

function isHeading(line: string): boolean {
  return line.replace(/^[\s#*_]+|[\s#*_:]+$/g, '').toLowerCase() === missingHeading.toLowerCase();
}
