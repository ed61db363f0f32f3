import { formatLog } from '../../desk/interactionLog.ts';
import type { Step } from '../../desk/operation.ts';
import { normaliseLines } from '../../desk/plainText.ts';
import { formatResolution } from '../../desk/resolutionNote.ts';

type Post = Extract<Step, { type: 'post' }>;

/**
 * A post as one text, for systems that take text exactly as it was typed. Markdown reads well as it is, goes out by
 * mail unchanged, and comes back the same.
 */
export function written(post: Post): string {
  if (post.kind === 'log') {
    return formatLog({
      channel: post.channel ?? 'other',
      ...(post.minutes !== undefined && { minutes: post.minutes }),
      body: post.body,
    });
  }
  return post.link === undefined ? post.body : formatResolution(post.body, post.link);
}

/** The same text, whatever a ticketing system or a mail program did to its line ends and margins. */
export function sameText(a: string, b: string): boolean {
  return normaliseLines(a).trim() === normaliseLines(b).trim();
}
