import type { Entry } from '../desk/entry.ts';
import { plainText } from '../desk/htmlText.ts';
import type { Ticket } from '../desk/ticket.ts';
import type { TextItem } from './textIndex.ts';

/** How much of what was said counts: beyond, it is logs and quoted mail. */
const longestConversation = 4000;
/** Where a document says what it is about, besides its title. */
const tellingFields = ['symptoms', 'services', 'environment', 'tags'];
/** A document with less than this part of the best score is not worth showing. */
export const worthShowing = 0.3;

/** What of a ticket documents are compared with: all that was said, as what helps may be known by the diagnosis only. */
export function conversationText(
  { subject, tags, assets }: Pick<Ticket, 'subject' | 'tags' | 'assets'>,
  entries: readonly Entry[],
): TextItem {
  const said = entries.flatMap(({ body }) => (body === undefined ? [] : [plainText(body)]));
  const text = said.join('\n').slice(0, longestConversation);
  return { title: subject, text: [...tags, ...assets, text].join(' ') };
}

/** What of a document is compared; `values` are those of a field of its front matter. */
export function documentText(
  title: string,
  values: (field: string) => readonly string[],
  prose: string,
): TextItem {
  return { title: [title, ...tellingFields.flatMap(values)].join(' '), text: prose };
}
