import * as v from 'valibot';

/** A node of Atlassian's document format. */
export interface AdfNode {
  type: string;
  attrs?: Record<string, unknown>;
  marks?: { type: string; attrs?: Record<string, unknown> }[];
  content?: AdfNode[];
  text?: string;
  version?: number;
}

export const adfSchema: v.GenericSchema<AdfNode> = v.object({
  type: v.string(),
  attrs: v.optional(v.record(v.string(), v.unknown())),
  marks: v.optional(
    v.array(v.object({ type: v.string(), attrs: v.optional(v.record(v.string(), v.unknown())) })),
  ),
  content: v.optional(v.array(v.lazy(() => adfSchema))),
  text: v.optional(v.string()),
  version: v.optional(v.number()),
});

/** Markdown's names for what Jira calls panels. */
export const panels: Record<string, string> = {
  info: 'INFO',
  note: 'NOTE',
  success: 'TIP',
  warning: 'WARNING',
  error: 'CAUTION',
};

/** A node that Markdown has no word for, as text that can be told from any other and made into the node again. */
export function packed(node: AdfNode): string {
  return Buffer.from(JSON.stringify(node)).toString('base64url');
}

export function unpacked(text: string): AdfNode | undefined {
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), adfSchema),
    Buffer.from(text, 'base64url').toString('utf8'),
  );
  return parsed.success ? parsed.output : undefined;
}
