/** The kinds of pictures that are shown: drawings that may hold a script (SVG) are not among them. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type ImageType = (typeof imageTypes)[number];

/** Pictures larger than this are saved rather than shown, in bytes. */
export const largestPreview = 15_000_000;

/** What a file is by its first bytes, whatever it is called; nothing unless it is a picture that may be shown. */
export function imageTypeOf(bytes: Uint8Array): ImageType | undefined {
  const starts = (signature: string, at = 0): boolean =>
    Array.from(signature, (character) => character.charCodeAt(0)).every(
      (code, index) => bytes[at + index] === code,
    );
  if (starts('\u0089PNG\r\n\u001a\n')) return 'image/png';
  if (starts('\u00ff\u00d8\u00ff')) return 'image/jpeg';
  if (starts('GIF87a') || starts('GIF89a')) return 'image/gif';
  if (starts('RIFF') && starts('WEBP', 8)) return 'image/webp';
  return undefined;
}
