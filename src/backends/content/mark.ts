const pattern = /(?:\r?\n)*<!-- deskside:([\w.:-]{1,80}) -->\s*$/;

/**
 * A text with the step's key behind it, as an HTML comment that no Markdown renderer shows: by it a step whose answer was
 * lost is found again, and told from another with the same words.
 */
export function marked(text: string, key: string): string {
  return `${text}\n\n<!-- deskside:${key.replace(/[^\w.:-]/g, '')} -->`;
}

/** The text as it was written. */
export function unmarked(text: string): string {
  return text.replace(pattern, '');
}

export function hasMark(text: string, key: string): boolean {
  return pattern.exec(text)?.[1] === key.replace(/[^\w.:-]/g, '');
}
