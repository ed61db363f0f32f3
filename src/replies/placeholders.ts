/** What placeholders stand for; those without a value stay as they are. */
export type MacroValues = Readonly<Record<string, string | undefined>>;

/** A placeholder that nothing was filled in for. */
export interface OpenPlaceholder {
  /** As it stands there, braces and all. */
  text: string;
  start: number;
  end: number;
}

const placeholder = /\{\{[ \t]*([a-z][\w-]*(?:\.[\w-]+)*)[ \t]*\}\}/gi;
const code = /^(`{3,}|~{3,})[^\n]*\n[\s\S]*?(?:^\1[ \t]*$|(?![\s\S]))|`[^`\n]+`/gm;

export function fillMacro(text: string, values: MacroValues): string {
  return text.replace(placeholder, (whole, name: string) => values[name.toLowerCase()] ?? whole);
}

/** What is not filled in: never in code, where braces mean something else. */
export function openPlaceholders(text: string): OpenPlaceholder[] {
  const prose = text.replace(code, (block) => ' '.repeat(block.length));
  return [...prose.matchAll(placeholder)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
}
