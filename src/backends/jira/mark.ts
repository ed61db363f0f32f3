import { createHash } from 'crypto';
import * as v from 'valibot';
import type { AdfNode } from './adf.ts';
import { documentOf } from './fromWiki.ts';
import { markSchema } from './schema.ts';
import { markdownOf } from './toMarkdown.ts';

const property = 'deskside';
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
  const short = markdown.length <= longestMarkdown;
  const value = { key, ...(short && { markdown, body: digest(body) }) };
  return { body, property: { key: property, value } };
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
