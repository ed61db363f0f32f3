const greeting =
  /^(?:hello|hi|hey|dear|good (?:morning|afternoon|evening)|hallo|guten (?:morgen|tag|abend)|liebe[rs]?|sehr geehrte[rs]?|bonjour|hola)\b[^.?!\n]{0,40}[,!]?$/i;
const closing =
  /^(?:(?:(?:kind|best|warm|many) )?(?:regards|wishes)|cheers|sincerely|yours|(?:many )?thanks|thank you|mit freundlichen grüßen|viele grüße|cordialement|saludos)[ ,.!]*$/i;
/** A closing formula ends the text if no more than a signature follows; a name alone if it is a short one. */
const longestSignature = 12;
const longestNames = 4;

/** What a message says: without quoted mail, the greeting that it begins with, and the signature. */
export function messageText(text: string, author: string): string {
  const lines = text
    .split('\n')
    .filter((line) => !/^\s*>/.test(line) && !/^(?:On|Am) .{5,120}(?:wrote|schrieb.*):$/.test(line));
  const names = new Set([author, ...author.split(/\s+/, 1)].map((name) => name.toLowerCase()));
  const signature = lines.findIndex((line, at) => {
    const left = lines.length - at;
    const said = line.trim();
    return (
      line.trimEnd() === '--' ||
      (closing.test(said) && left <= longestSignature) ||
      (at > 0 && names.has(said.toLowerCase()) && left <= longestNames)
    );
  });
  const kept = signature > 0 ? lines.slice(0, signature) : lines;
  const first = kept.findIndex((line) => line.trim() !== '');
  if (greeting.test(kept[first]?.trim() ?? '') && kept.slice(first + 1).some((line) => line.trim() !== '')) {
    kept.splice(0, first + 1);
  }
  return kept
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
