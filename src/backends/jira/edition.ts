import * as v from 'valibot';
import { fail, ok, type Result } from '../../desk/errors.ts';
import type { AdfNode } from './adf.ts';
import { adfOf } from './fromMarkdown.ts';
import { wikiOf } from './toWiki.ts';
import { perPage, type JiraClient, type Query } from './client.ts';
import { hasKey } from './mark.ts';
import { historySchema, projectSchema, searchSchema, type History, type Project } from './schema.ts';

/** A page of what a search found. */
export interface Hits {
  issues: unknown[];
  names: Record<string, string>;
  isLast: boolean;
}
/** One search, whose pages are asked for one after the other, counted from 1. */
export type Search = (page: number, signal: AbortSignal) => Promise<Result<Hits>>;

/** Where Jira Cloud and Jira Data Center differ. */
export interface Edition {
  /** The platform's interface. */
  api: string;
  /** How a change names a person, and how people are looked for. */
  personId: 'accountId' | 'name';
  personQuery: 'query' | 'username';
  /** Where the kinds of tickets that can be made are listed. */
  typesIn: 'issueTypes' | 'values';
  /** Markdown in the form of a text here. */
  bodyOf: (markdown: string) => AdfNode | string;
  /** The text of a field, which Data Center shows as it is. */
  fieldText: (text: string) => AdfNode | string;
  /** `written`: what we changed lately, for a search that can be told to look at those again. */
  search: (client: JiraClient, jql: string, fields: Query, written: () => readonly number[]) => Search;
  projects: (client: JiraClient, signal: AbortSignal) => Promise<Result<Project[]>>;
  histories: (client: JiraClient, id: string, signal: AbortSignal) => Promise<Result<History[]>>;
  /** The ticket of ours that carries this key. */
  created: (client: JiraClient, key: string, signal: AbortSignal) => Promise<Result<string | undefined>>;
  /** Work logs can carry a key. */
  marksWork: boolean;
  /** Where a file's bytes are. */
  filePath: (file: { id: string; content?: string | undefined }) => string | undefined;
}

const ours = 'creator = currentUser() ORDER BY created DESC';
const newest = 50;
type Properties = Record<string, unknown>;

const carries = (properties: Properties, key: string) =>
  hasKey(
    Object.entries(properties).map(([name, value]) => ({ key: name, value })),
    key,
  );

const markedSchema = v.object({
  id: v.string(),
  properties: v.optional(v.record(v.string(), v.unknown()), {}),
});

export const cloud: Edition = {
  api: '/rest/api/3',
  personId: 'accountId',
  personQuery: 'query',
  typesIn: 'issueTypes',
  bodyOf: adfOf,
  fieldText: adfOf,
  marksWork: true,
  search: (client, jql, fields, written) => {
    const tokens = new Map<number, string>();
    return async (page, signal) => {
      const token = tokens.get(page);
      const reconcile = written();
      const answer = await client.get(searchSchema, '/search/jql', signal, {
        jql,
        ...fields,
        maxResults: perPage,
        ...(token !== undefined && { nextPageToken: token }),
        ...(reconcile.length > 0 && { reconcileIssues: reconcile }),
      });
      if (!answer.ok) return answer;
      const { issues, names = {}, nextPageToken } = answer.value;
      if (nextPageToken && nextPageToken === token) {
        return fail({ reason: 'protocol', message: 'Jira keeps sending the same page again.' });
      }
      if (nextPageToken) tokens.set(page + 1, nextPageToken);
      return ok({ issues, names, isLast: !nextPageToken });
    };
  },
  projects: (client, signal) => client.all(projectSchema, '/project/search', 'values', signal),
  histories: (client, id, signal) => client.all(historySchema, `/issue/${id}/changelog`, 'values', signal),
  async created(client, key, signal) {
    const query = { jql: ours, fields: 'summary', properties: 'deskside', maxResults: newest };
    const found = await client.get(v.object({ issues: v.array(markedSchema) }), '/search/jql', signal, query);
    return found.ok ? ok(found.value.issues.find(({ properties }) => carries(properties, key))?.id) : found;
  },
  filePath: ({ id }) => `/attachment/content/${id}`,
};

export const dataCenter: Edition = {
  api: '/rest/api/2',
  personId: 'name',
  personQuery: 'username',
  typesIn: 'values',
  bodyOf: (markdown) => wikiOf(adfOf(markdown)),
  fieldText: (text) => text,
  marksWork: false,
  /** Pages are counted from a start; the server may give fewer than it was asked for. */
  search: (client, jql, fields) => {
    const starts = new Map<number, number>([[1, 0]]);
    return async (page, signal) => {
      const startAt = starts.get(page) ?? 0;
      const answer = await client.get(countedSchema, '/search', signal, {
        jql,
        ...fields,
        startAt,
        maxResults: perPage,
      });
      if (!answer.ok) return answer;
      const { issues, names = {}, total } = answer.value;
      const next = startAt + issues.length;
      starts.set(page + 1, next);
      return ok({ issues, names, isLast: issues.length === 0 || next >= total });
    };
  },
  projects: (client, signal) => client.get(v.array(projectSchema), '/project', signal),
  async histories(client, id, signal) {
    const query = { fields: 'summary', expand: 'changelog' };
    const issue = await client.get(changelogSchema, `/issue/${id}`, signal, query);
    return issue.ok ? ok(issue.value.changelog.histories) : issue;
  },
  /** A search does not give properties, so each of the newest is asked. */
  async created(client, key, signal) {
    const listed = await client.get(
      v.object({ issues: v.array(v.looseObject({ id: v.string() })) }),
      '/search',
      signal,
      { jql: ours, fields: 'summary', startAt: 0, maxResults: newest },
    );
    if (!listed.ok) return listed;
    for (const { id } of listed.value.issues) {
      const query = { fields: 'summary', properties: 'deskside' };
      const issue = await client.get(markedSchema, `/issue/${id}`, signal, query);
      if (!issue.ok) return issue;
      if (carries(issue.value.properties, key)) return ok(id);
    }
    return ok(undefined);
  },
  /** Jira says where it is by its own name; what is below the address of the account is asked for there. */
  filePath: ({ content }) => /\/secure\/attachment\/[^?#]+$/.exec(content ?? '')?.[0],
};

const countedSchema = v.object({
  issues: v.array(v.unknown()),
  names: v.optional(v.record(v.string(), v.string())),
  total: v.number(),
});
const changelogSchema = v.object({ changelog: v.object({ histories: v.array(historySchema) }) });
