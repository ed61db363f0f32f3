import { ok, type Result } from '../../desk/errors.ts';
import type { RedmineClient } from './client.ts';

const longest = 1_000_000;

/** Is text here Markdown? Redmine's interface does not say whether that or Textile; its pages load the one's toolbar. */
export class Markup {
  readonly #client: RedmineClient;
  #markdown: boolean | undefined;

  constructor(client: RedmineClient) {
    this.#client = client;
  }

  forget(): void {
    this.#markdown = undefined;
  }

  /** Looks at the page of a ticket, once. What can't be found out is taken for plain text. */
  async isMarkdown(ticketId: string, signal: AbortSignal): Promise<Result<boolean>> {
    if (this.#markdown !== undefined) return ok(this.#markdown);
    const page = await this.#client.stream(`/issues/${ticketId}`, signal);
    if (!page.ok) return page.error.reason === 'cancelled' ? page : ok(false);
    const toolbar = await toolbarOf(page.value);
    this.#markdown = toolbar === 'common_mark' || toolbar === 'markdown';
    return ok(this.#markdown);
  }
}

async function toolbarOf(page: ReadableStream<Uint8Array>): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of page) {
      text += decoder.decode(chunk, { stream: true });
      const found = /jstoolbar\/(common_mark|markdown|textile)\b/.exec(text)?.[1];
      if (found !== undefined || text.length > longest) return found;
    }
  } catch {
    return undefined;
  }
  return undefined;
}
