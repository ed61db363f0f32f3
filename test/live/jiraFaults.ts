import { adfOf } from '../../src/backends/jira/fromMarkdown.ts';
import { jiraKind } from '../../src/backends/jira/kind.ts';
import { markdownOf } from '../../src/backends/jira/toMarkdown.ts';
import type { AdfNode } from '../../src/backends/jira/adf.ts';
import { FakeJira } from '../fakes/jira/jira.ts';
import type { Asked } from '../shared/faultProxy.ts';
import type { Aim, FaultSubject, Truth } from '../shared/faults/subject.ts';
import { direct } from '../shared/faults/window.ts';

const [alice, bob, carol] = ['5b10:alice', '5b10:bob', '5b10:carol'] as const;

/** Jira Cloud, imitated. The truth is in its memory. */
export async function jiraSubject(): Promise<FaultSubject> {
  const jira = new FakeJira();
  const { base } = await jira.start();
  const account = {
    name: 'Jira',
    kind: jiraKind,
    base,
    token: 'token-alice',
    user: 'alice@example.test',
  };
  return {
    ...account,
    direct: await direct(account),
    aimOf,
    ticketOf: ({ path }) => /\/(?:issue|request)\/(\d+)/.exec(path)?.[1],
    priorities: ['High', 'Low'],
    status: 'Waiting for customer',
    files: 'internal',
    lacks: [],
    open(subject) {
      const issue = jira.open(carol, subject, { ...adfOf('It does not work.') });
      jira.set(issue, bob, 'assignee', alice);
      return Promise.resolve(issue.id);
    },
    answer(id, text) {
      jira.comment(jira.issueOf(id), carol, { ...adfOf(text) });
      return Promise.resolve();
    },
    meddle(id) {
      jira.set(jira.issueOf(id), bob, 'priority', 'Low');
      return Promise.resolve();
    },
    release(ids) {
      for (const id of ids) jira.set(jira.issueOf(id), bob, 'assignee', '');
    },
    truth: (id) => truthOf(jira, id),
    count: (subject) => [...jira.issues.values()].filter(({ summary }) => summary === subject).length,
    alignTimes(ids) {
      const [first] = ids.map((id) => jira.issueOf(id).updated);
      for (const id of ids) jira.issueOf(id).updated = first ?? 0;
    },
  };
}

function aimOf({ method, path }: Asked): Aim {
  const [name = ''] = path.split('?');
  if (method !== 'GET') return 'write';
  if (name === '/rest/api/3/search/jql') return 'list';
  if (/^\/rest\/api\/3\/issue\/\d+$/.test(name)) return 'ticket';
  return /\/(?:comment|changelog|worklog)$/.test(name) ? 'history' : 'other';
}

function truthOf(jira: FakeJira, id: string): Truth {
  const issue = jira.issueOf(id);
  const ours = <T extends { author: string }>(list: readonly T[]) =>
    list.filter(({ author }) => author === alice);
  const said = ours(issue.comments).map(({ body, internal, at }) => ({ body, internal, at }));
  const worked = ours(issue.worklogs).map(({ comment, at }) => ({ body: comment, internal: true, at }));
  return {
    said: [...said, ...worked]
      .sort((a, b) => a.at - b.at)
      .map(({ body, internal }) => ({
        text: body === undefined ? '' : markdownOf(body as AdfNode),
        visibility: internal ? 'internal' : 'public',
      })),
    files: issue.files.map((file) => jira.files.get(file)?.name ?? ''),
    minutes: issue.worklogs.reduce((sum, { seconds }) => sum + seconds / 60, 0),
    set: ours(issue.histories).flatMap(({ items }) =>
      items.flatMap(({ field, toString }) =>
        field === 'status' || field === 'priority' ? [{ field, to: toString }] : [],
      ),
    ),
  };
}
