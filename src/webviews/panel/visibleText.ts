/**
 * Embeddings, overrides and isolates reorder the text around them: `invoice\u202Efdp.exe` reads as `invoiceexe.pdf`.
 * The marks of right-to-left scripts (U+200E, U+200F, U+061C) do not, and stay.
 */
const reordering = /[\u202A-\u202E\u2066-\u2069]/g;

/** The text with its reordering characters made visible. */
export function visibleText(text: string): string {
  return text.replace(
    reordering,
    (character) => `\u27E8U+${character.charCodeAt(0).toString(16).toUpperCase()}\u27E9`,
  );
}
