import { sameText } from '../content/written.ts';
import type { RedmineIssue, RedmineJournal } from './schema.ts';

/** What we said in just these words after the journal `after`. */
export function ourNotes(raw: RedmineIssue, me: string, after: number, text: string): RedmineJournal[] {
  return raw.journals.filter(
    (journal) => journal.id > after && journal.user.id === me && sameText(journal.notes, text),
  );
}
