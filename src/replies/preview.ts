import type { Draft } from '../desk/draft.ts';
import type { Entry } from '../desk/entry.ts';
import { parseDraft } from './draftText.ts';
import { withoutComments } from './passages.ts';

/** What the requester will read of a draft: nothing of one that only colleagues read, or that can't be understood. */
export function publicText({ kind, text }: Pick<Draft, 'kind' | 'text'>): string | undefined {
  if (kind === 'reply') return withoutComments(text);
  const parsed = parseDraft(text);
  if (!parsed.ok) return undefined;
  const { fields, body } = parsed.value;
  if (kind === 'resolution') return fields.visibility === 'public' ? body : undefined;
  if (kind === 'hand-off') return fields.message || undefined;
  return kind === 'new-ticket' ? body : undefined;
}

/** Whether a ticketing system lays Markdown out is seen by what it says of what was written before. */
export function formatThere(entries: readonly Entry[]): 'text' | 'markdown' {
  const formats = new Set(entries.flatMap(({ body }) => body?.format ?? []));
  return formats.size > 0 && !formats.has('markdown') ? 'text' : 'markdown';
}
