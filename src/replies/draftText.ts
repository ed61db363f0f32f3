import { isMap, isScalar, LineCounter, parseDocument, stringify } from 'yaml';
import { frontMatter, withoutComments } from './passages.ts';

/** The text of a structured draft: YAML front matter that says what is to happen, and the body that is sent. */
export interface DraftText {
  fields: Record<string, string>;
  body: string;
}

export type ParsedDraft = { ok: true; value: DraftText } | { ok: false; line: number; message: string };

/** A draft as the user sees it; a field without a value stays visible, to be filled in. */
export function formatDraft(fields: Record<string, string | undefined>, body: string): string {
  const yaml = Object.entries(fields)
    .map(([name, value]) =>
      value === undefined || value === ''
        ? `${name}:\n`
        : stringify({ [name]: value }, { schema: 'failsafe', lineWidth: 0 }),
    )
    .join('');
  return `---\n${yaml}---\n\n${body}`;
}

/** Takes a structured draft apart; `line` (from 1) is where the front matter can't be understood. */
export function parseDraft(text: string): ParsedDraft {
  const match = frontMatter.exec(text);
  if (!match) return { ok: true, value: { fields: {}, body: withoutComments(text) } };
  const lines = new LineCounter();
  const document = parseDocument(match[1] ?? '', { lineCounter: lines, schema: 'failsafe' });
  const lineOf = (offset: number) => lines.linePos(offset).line + 1;
  const error = document.errors[0];
  if (error)
    return { ok: false, line: lineOf(error.pos[0]), message: error.message.split('\n')[0] ?? error.message };
  const fields: Record<string, string> = {};
  if (document.contents !== null && !isMap(document.contents)) {
    return { ok: false, line: 2, message: 'The lines between the two --- must read "name: value".' };
  }
  for (const { key, value } of document.contents?.items ?? []) {
    const name = isScalar(key) ? String(key.value) : '';
    if (value && !isScalar(value)) {
      const at = isScalar(key) ? lineOf(key.range[0]) : 2;
      return { ok: false, line: at, message: `"${name}" must be a single value.` };
    }
    fields[name] = isScalar(value) && typeof value.value === 'string' ? value.value.trim() : '';
  }
  return { ok: true, value: { fields, body: withoutComments(text.slice(match[0].length)) } };
}
