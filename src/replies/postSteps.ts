import type { PostKind, SentFile, Step } from '../desk/operation.ts';

/** What posting a text with its files takes; files alone are sent one by one. */
export function postSteps(
  post: { kind: PostKind; visibility: 'public' | 'internal'; body: string },
  files: readonly SentFile[],
): Step[] {
  if (post.body === '')
    return files.map((file) => ({ type: 'attach', visibility: post.visibility, ...file }));
  return [{ type: 'post', ...post, ...(files.length > 0 && { files: [...files] }) }];
}
