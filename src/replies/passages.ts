/** Opens a passage that is for the writer only. The user's own HTML comments (in a code block, say) are sent. */
const notSent = '<!-- Not sent:';
const comments = /^<!-- Not sent:[\s\S]*?-->[ \t]*/gm;

/** The lines that say what is to happen with the text below them. */
export const frontMatter = /^---\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/;

/** The text that is sent: what {@link comment} made stays behind. */
export function withoutComments(text: string): string {
  return text
    .replace(comments, '')
    .replace(/\r\n/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** The line (from 1) of a passage that is not to be sent, and would be: what closes it is gone. */
export function unclosedPassage(text: string): number | undefined {
  const left = text.replace(comments, (all) => all.replace(/[^\n]/g, ''));
  const at = left.split('\n').findIndex((line) => line.startsWith(notSent));
  return at === -1 ? undefined : at + 1;
}

/** Guidance for the writer that {@link withoutComments} takes out again, whatever `text` contains. */
export function comment(text: string): string {
  return `${notSent} ${text.replace(/--+>?/g, (dashes) => dashes.replace(/./g, '$&\u200b'))}\n-->`;
}

/** An offset into a draft: after what is written, before the guidance at its end. */
export function endOfWriting(text: string): number {
  const start = frontMatter.exec(text)?.[0].length ?? 0;
  const written = text
    .slice(start)
    .replace(comments, (all) => ' '.repeat(all.length))
    .trimEnd();
  if (written !== '' || start === 0) return start + written.length;
  return Math.min(start + 1, text.length);
}

const fence = /^[ \t>]*(?:[-*+]|\d{1,9}[.)])?[ \t]*(`{3,}|~{3,})/;

/** A Markdown text without the `###` headings below which nobody wrote anything, not even a heading. */
export function withoutEmptySections(body: string): string {
  const parts = partsOf(body);
  return parts
    .filter((part, at) => !/^### .*\s*$/.test(part) || /^#{4,} /.test(parts[at + 1] ?? ''))
    .join('')
    .trim();
}

/** Each from its heading on. In code there is none. */
function partsOf(body: string): string[] {
  const parts: string[] = [];
  let part = '';
  let open: string | undefined;
  for (const line of body.split(/(?<=\n)/)) {
    const mark = fence.exec(line)?.[1];
    if (open === undefined && /^#{1,6} /.test(line)) {
      parts.push(part);
      part = '';
    }
    if (open === undefined) open = mark;
    else if (mark?.startsWith(open) === true) open = undefined;
    part += line;
  }
  return [...parts, part];
}
