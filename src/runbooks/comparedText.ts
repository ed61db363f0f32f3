import type { Entry } from '../desk/entry.ts';
import { plainText } from '../desk/htmlText.ts';
import type { Ticket } from '../desk/ticket.ts';
import type { TextItem } from './textIndex.ts';
import { wordsOf } from './words.ts';

/** How much of what was said counts: beyond, it is logs and quoted mail. */
const longestConversation = 4000;
/** Where a document says what it is about, besides its title. */
const tellingFields = ['symptoms', 'services', 'environment', 'tags'];
/**
 * A document with less than such a part of the best score is not worth showing: one that says that it is about something
 * of the ticket, and one that shares other words with it only.
 */
const leastOfBest = { telling: 0.3, other: 0.75 };

/** The values of a field of a document's front matter. */
type Values = (field: string) => readonly string[];

/** What of a ticket documents are compared with: all that was said, as what helps may be known by the diagnosis only. */
export function conversationText(
  { subject, tags, assets }: Pick<Ticket, 'subject' | 'tags' | 'assets'>,
  entries: readonly Entry[],
): TextItem {
  const said = entries.flatMap(({ body }) => (body === undefined ? [] : [plainText(body)]));
  const text = said.join('\n').slice(0, longestConversation);
  return { title: subject, text: [...tags, ...assets, text].join(' ') };
}

/** What of a document is compared. */
export function documentText(title: string, values: Values, prose: string): TextItem {
  return { title: aboutOf(title, values), text: prose };
}

/** Which part of the best score a document needs to be shown for a ticket. */
export function neededFor({
  subject,
  tags,
  assets,
}: Pick<Ticket, 'subject' | 'tags' | 'assets'>): (title: string, values: Values) => number {
  const asked = new Set(wordsOf([subject, ...tags, ...assets].join(' ')));
  return (title, values) => {
    const isTelling = wordsOf(aboutOf(title, values)).some((word) => asked.has(word));
    return isTelling ? leastOfBest.telling : leastOfBest.other;
  };
}

function aboutOf(title: string, values: Values): string {
  return [title, ...tellingFields.flatMap(values)].join(' ');
}
