import { fail, ok, type Reason, type Result } from '../../desk/errors.ts';
import type { RedmineClient } from './client.ts';

const longest = 1_000_000;
/** A server in front may keep pages from those without a browser. */
const silent = new Set<Reason>(['not-found', 'forbidden', 'protocol', 'unauthorised', 'rejected']);

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

  /** Looks at the page of a ticket, once. A page that does not say is taken for plain text; an outage is one. */
  async isMarkdown(ticketId: string, signal: AbortSignal): Promise<Result<boolean>> {
    if (this.#markdown !== undefined) return ok(this.#markdown);
    const page = await this.#client.stream(`/issues/${ticketId}`, signal);
    if (!page.ok && !silent.has(page.error.reason)) return page;
    const toolbar = page.ok ? await toolbarOf(page.value) : ok(undefined);
    if (!toolbar.ok) return toolbar;
    this.#markdown = toolbar.value === 'common_mark' || toolbar.value === 'markdown';
    return ok(this.#markdown);
  }
}

async function toolbarOf(page: ReadableStream<Uint8Array>): Promise<Result<string | undefined>> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of page) {
      text += decoder.decode(chunk, { stream: true });
      const found = /jstoolbar\/(common_mark|markdown|textile)\b/.exec(text)?.[1];
      if (found !== undefined || text.length > longest) return ok(found);
    }
  } catch {
    return fail({ reason: 'offline', message: "Redmine broke off in the middle of a ticket's page." });
  }
  return ok(undefined);
}
