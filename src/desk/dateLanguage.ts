/** English without a country writes days before months and hours up to 24, as most of its readers do. */
export function dateLanguage(tag: string): string {
  return tag === 'en' ? 'en-GB' : tag;
}
