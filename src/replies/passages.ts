/** Opens a passage that is for the writer only. The user's own HTML comments (in a code block, say) are sent. */
const notSent = '<!-- Not sent:';

/** The text that is sent: what {@link comment} made stays behind. */
export function withoutComments(text: string): string {
  return text
    .replace(/^<!-- Not sent:[\s\S]*?-->[ \t]*$/gm, '')
    .replace(/\r\n/g, '\n')
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Guidance for the writer that {@link withoutComments} takes out again, whatever `text` contains. */
export function comment(text: string): string {
  return `${notSent} ${text.replace(/--+>?/g, (dashes) => dashes.replace(/./g, '$&\u200b'))}\n-->`;
}

/** A Markdown text without the `###` headings below which nobody wrote anything. */
export function withoutEmptySections(body: string): string {
  return body
    .split(/^(?=#{1,6} )/m)
    .filter((part) => !/^### .*\s*$/.test(part))
    .join('')
    .trim();
}
