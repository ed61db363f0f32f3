import { createHash } from 'crypto';
import * as v from 'valibot';
import type { AdfNode } from './adf.ts';
import { adfOf } from './fromMarkdown.ts';
import { markSchema } from './schema.ts';
import { markdownOf } from './toMarkdown.ts';

const property = 'deskside';
/** Jira takes 32 kB for a property. */
const longestMarkdown = 16_000;

type Properties = readonly { key: string; value: unknown }[];

/** A text for Jira: the document, and beside it, unseen, the step it belongs to and the words as they were typed. */
export function document(
  markdown: string,
  key: string,
): { body: AdfNode; property: { key: string; value: unknown } } {
  const body = adfOf(markdown);
  const short = markdown.length <= longestMarkdown;
  const value = { key, ...(short && { markdown, body: digest(body) }) };
  return { body, property: { key: property, value } };
}

/** The text as it was typed, as long as nobody changed the document since. */
export function textOf(body: AdfNode | null | undefined, properties: Properties): string {
  if (!body) return '';
  const mark = markOf(properties);
  return mark?.markdown !== undefined && mark.body === digest(body) ? mark.markdown : markdownOf(body);
}

export function hasKey(properties: Properties, key: string): boolean {
  return markOf(properties)?.key === key;
}

function markOf(properties: Properties): v.InferOutput<typeof markSchema> | undefined {
  const read = v.safeParse(markSchema, properties.find(({ key }) => key === property)?.value);
  return read.success ? read.output : undefined;
}

function digest(body: AdfNode): string {
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
