/** A Markdown text without what only lines its tables up. */
export function unaligned(text: string): string {
  return text.replaceAll(/ {2,}/g, ' ').replaceAll(/-{4,}(?=:? \|)/g, '---');
}
