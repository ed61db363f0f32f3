import * as v from 'valibot';
import type { Words } from '../messages.ts';

/** What a reply will be to whoever reads it. */
const preview = v.object({
  type: v.literal('preview-of'),
  /** The language of the editor, and the words of the page in it. */
  language: v.string(),
  words: v.custom<Words>((words) => v.is(v.record(v.string(), v.string()), words)),
  to: v.string(),
  subject: v.string(),
  /** As the ticketing system shows it: Markdown is laid out there, or stays as it was typed. */
  body: v.object({ text: v.string(), format: v.picklist(['text', 'markdown']) }),
  files: v.array(v.object({ name: v.string(), size: v.number() })),
  /** Placeholders that nobody filled in. */
  open: v.array(v.string()),
});

export type PreviewOf = v.InferOutput<typeof preview>;

/** A message of the host as the preview accepts it. */
export function parsePreview(message: unknown): PreviewOf | undefined {
  const result = v.safeParse(preview, message);
  return result.success ? result.output : undefined;
}
