import * as v from 'valibot';
import type { Body } from '../../../desk/entry.ts';
import type { Instant, Person } from '../../../desk/ticket.ts';
import type { Cells } from './cells.ts';
import { dateOrders, parseDate } from './dates.ts';

/** A comment found in a cell. */
export interface ImportedComment {
  at?: Instant;
  author?: Person;
  public: boolean;
  body: Body;
}

const words = v.nullish(v.string());
const person = v.union([
  v.string(),
  v.object({
    name: words,
    displayName: words,
    email: words,
    emailAddress: words,
  }),
]);
const moment = v.union([v.string(), v.number()]);
/** As Zendesk, Jira, Redmine and plain exports write one comment in JSON; what is not there they leave out, or say so. */
const comment = v.object({
  body: words,
  text: words,
  notes: words,
  html_body: words,
  author: v.nullish(person),
  user: v.nullish(person),
  created_at: v.nullish(moment),
  created_on: v.nullish(moment),
  created: v.nullish(moment),
  at: v.nullish(moment),
  public: v.nullish(v.boolean()),
  jsdPublic: v.nullish(v.boolean()),
});

/**
 * The comments in a cell: a JSON list, Jira's `date;author;text`, ServiceNow's journal of several, or just a text.
 * One that does not say it was public is taken as internal.
 */
export function commentsIn(text: string, isPublic: boolean, cells: Cells): ImportedComment[] {
  if (text.startsWith('[')) {
    const listed = jsonComments(text, isPublic, cells);
    if (listed !== undefined) return listed;
  }
  const [, date, author, body] = /^([^;\n]{8,30});([^;\n]{1,100});([\s\S]+)$/.exec(text) ?? [];
  const at = date === undefined ? undefined : anyDate(date, cells.zone);
  if (at !== undefined && body !== undefined) {
    return [{ at, author: cells.named(author), public: isPublic, body: bodyOf(body) }];
  }
  const journal = journalEntries(text, isPublic, cells);
  return journal.length > 0 ? journal : [{ public: isPublic, body: bodyOf(text) }];
}

/** Text, or HTML where it is. */
export function bodyOf(text: string): Body {
  const html = /<(p|br|div|span|table|ul|ol|li|a|b|strong|html|body|font)\b[^<>]*>/i.test(text);
  return { text, format: html ? 'html' : 'text' };
}

function jsonComments(text: string, isPublic: boolean, cells: Cells): ImportedComment[] | undefined {
  const list = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(comment)), text);
  if (!list.success) return undefined;
  return list.output.flatMap((one): ImportedComment[] => {
    const body = one.html_body ?? one.body ?? one.text ?? one.notes ?? '';
    if (body.trim() === '') return [];
    const author = one.author ?? one.user ?? undefined;
    const at = one.created_at ?? one.created_on ?? one.created ?? one.at ?? undefined;
    return [
      {
        body: bodyOf(body),
        public: one.public ?? one.jsdPublic ?? isPublic,
        ...(author !== undefined && { author: authorOf(author, cells) }),
        ...(at !== undefined && { at: anyDate(String(at), cells.zone) }),
      },
    ];
  });
}

function authorOf(author: v.InferOutput<typeof person>, cells: Cells): Person {
  return typeof author === 'string'
    ? cells.named(author)
    : cells.named(
        author.displayName ?? author.name ?? undefined,
        author.email ?? author.emailAddress ?? undefined,
      );
}

/** `2024-01-05 10:22:11 - Bob Smith (Work notes)`, then the text, newest first. */
function journalEntries(text: string, isPublic: boolean, cells: Cells): ImportedComment[] {
  const heads = [
    ...text.matchAll(/^(\d[\d./: -]{8,18}[\d] ?(?:[AP]M)?) - (.{1,80}?) \(([^()\n]{3,40})\)[ \t]*$/gim),
  ];
  return heads
    .map((head, index): ImportedComment => {
      const [whole, date = '', author, kind = ''] = head;
      const body = text.slice(head.index + whole.length, heads[index + 1]?.index).trim();
      return {
        at: anyDate(date, cells.zone),
        author: cells.named(author),
        public: isPublic || /additional comments|public|reply/i.test(kind),
        body: bodyOf(body),
      };
    })
    .reverse();
}

function anyDate(text: string, zone: string): Instant | undefined {
  for (const order of dateOrders) {
    const at = parseDate(text, order, zone);
    if (at !== undefined) return at;
  }
  return undefined;
}
