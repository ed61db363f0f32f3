/** Percent signs taken back, as far as strangers put them where they belong. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
