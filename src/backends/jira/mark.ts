import { createHash } from 'crypto';
import * as v from 'valibot';
import type { AdfNode } from './adf.ts';
import { documentOf } from './fromWiki.ts';
import { markSchema } from './schema.ts';
import { markdownOf } from './toMarkdown.ts';

export const property = 'deskside';
/** Jira takes 32 kB for a property. */
const longestMarkdown = 16_000;

type Text = AdfNode | string;
type Properties = readonly { key: string; value: unknown }[];

/** A text for Jira: the document, and beside it, unseen, the step it belongs to and the words as they were typed. */
export function document(
  markdown: string,
  key: string,
  bodyOf: (markdown: string) => Text,
): { body: Text; property: { key: string; value: unknown } } {
  const body = bodyOf(markdown);
  return { body, property: { key: property, value: markFor(markdown, key, body) } };
}

/** What is put beside a text that Jira holds as `body`. */
export function markFor(markdown: string, key: string, body: Text): object {
  const short = markdown.length <= longestMarkdown;
  return { key, ...(short && { markdown, body: digest(body) }) };
}

/** The text as it was typed, as long as nobody changed the document since. */
export function textOf(body: Text | null | undefined, properties: Properties): string {
  if (!body) return '';
  const mark = markOf(properties);
  return mark?.markdown !== undefined && mark.body === digest(body) ? mark.markdown : readable(body);
}

/** A document, or wiki markup, as Markdown. */
export function readable(body: Text): string {
  return markdownOf(typeof body === 'string' ? documentOf(body) : body);
}

/** A text without the files below it, which are shown as such. */
export function withoutFiles(body: Text, names: readonly string[]): Text {
  if (typeof body === 'string') {
    const isFile = (line: string) =>
      names.some((name) => line.startsWith(`[^${name}]`) || line.startsWith(`!${name}`));
    const lines = body.split(/\r?\n/);
    while (lines.length > 0 && (lines.at(-1)?.trim() === '' || isFile(lines.at(-1) ?? ''))) lines.pop();
    return lines.join('\n');
  }
  const content = [...(body.content ?? [])];
  while (/^media(?:Group|Single)$/.test(content.at(-1)?.type ?? '')) content.pop();
  return { ...body, content };
}

export function hasKey(properties: Properties, key: string): boolean {
  return markOf(properties)?.key === key;
}

function markOf(properties: Properties): v.InferOutput<typeof markSchema> | undefined {
  const read = v.safeParse(markSchema, properties.find(({ key }) => key === property)?.value);
  return read.success ? read.output : undefined;
}

function digest(body: Text): string {
  return createHash('sha1')
    .update(JSON.stringify(sorted(body)))
    .digest('hex');
}

/** Whatever the order in which Jira gives the parts of a node. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, part]): [string, unknown] => [name, sorted(part)])
      .sort(([a], [b]) => a.localeCompare(b)),
  );
}
