import { parseDraft } from './draftText.ts';

/** A canned response, with placeholders like `{{requester.name}}`. */
export interface Macro {
  name: string;
  /** Markdown. */
  text: string;
  /** Where it is offered; everywhere without one. */
  for?: 'public' | 'internal';
}

/** A macro that is a Markdown file: `name` and `for` may stand in its front matter. Nothing for one without a text. */
export function macroOfFile(fileName: string, text: string): Macro | undefined {
  const parsed = parseDraft(text);
  if (!parsed.ok || parsed.value.body === '') return undefined;
  const { fields, body } = parsed.value;
  const name = fields.name || fileName.replace(/\.md$/i, '');
  return { name, text: body, ...audienceOf(fields.for) };
}

/** The macros of a setting; entries that are none are left out. */
export function macrosOfSetting(setting: unknown): Macro[] {
  if (!Array.isArray(setting)) return [];
  return setting.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('name' in one) || !('text' in one)) return [];
    const { name, text } = one;
    if (typeof name !== 'string' || name.trim() === '' || typeof text !== 'string' || text.trim() === '')
      return [];
    return [{ name: name.trim(), text, ...audienceOf('for' in one ? one.for : undefined) }];
  });
}

function audienceOf(value: unknown): Pick<Macro, 'for'> {
  return value === 'public' || value === 'internal' ? { for: value } : {};
}

/** Those that may be used where this is read, each name once: the user's own before those of a workspace. */
export function macrosFor(visibility: 'public' | 'internal' | undefined, macros: readonly Macro[]): Macro[] {
  const named = new Map<string, Macro>();
  for (const macro of macros) {
    const fits = visibility === undefined || macro.for === undefined || macro.for === visibility;
    if (fits && !named.has(macro.name)) named.set(macro.name, macro);
  }
  return [...named.values()];
}
