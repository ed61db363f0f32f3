import { githubKind } from '../../src/backends/github/kind.ts';
import { apiPath, FakeGitHub } from '../fakes/github/github.ts';
import type { FakeIssue } from '../fakes/github/state.ts';
import type { Asked } from '../shared/faultProxy.ts';
import type { Aim, FaultSubject, Truth } from '../shared/faults/subject.ts';
import { direct } from '../shared/faults/window.ts';

const mark = /\s*<!--[\s\S]*?-->\s*/g;
const prefixes = { status: 'status: ', priority: 'priority: ' } as const;

/** GitHub, imitated. The truth is in its memory. It has no notes, no time and no files. */
export async function githubSubject(): Promise<FaultSubject> {
  const github = new FakeGitHub();
  github.quota = Infinity;
  const { base } = await github.start();
  const account = {
    name: 'GitHub',
    kind: githubKind,
    base,
    path: '/acme/helpdesk',
    token: 'github_pat_alice',
  };
  const { desk, state } = github;
  const issueOf = (id: string): FakeIssue => {
    const issue = desk.issues.get(Number(id));
    if (issue === undefined) throw new Error(`There is no issue ${id}.`);
    return issue;
  };
  return {
    ...account,
    direct: await direct(account),
    aimOf,
    ticketOf: ({ path }) => /\/issues\/(\d+)/.exec(path)?.[1],
    priorities: ['priority: high', 'priority: low'],
    status: 'status: in progress',
    files: 'public',
    lacks: ['note', 'time', 'attach'],
    open(subject) {
      const issue = state.open(desk, 'carol', subject, 'It does not work.');
      state.setAssignees(issue, 'bob', ['alice']);
      return Promise.resolve(String(issue.number));
    },
    answer(id, text) {
      state.comment(issueOf(id), 'carol', text);
      return Promise.resolve();
    },
    meddle(id) {
      const issue = issueOf(id);
      const others = issue.labels.filter((label) => !label.startsWith(prefixes.priority));
      state.setLabels(desk, issue, 'bob', [...others, 'priority: low']);
      return Promise.resolve();
    },
    release(ids) {
      for (const id of ids) state.setAssignees(issueOf(id), 'bob', []);
    },
    truth: (id) => truthOf(issueOf(id)),
    count: (subject) => [...desk.issues.values()].filter(({ title }) => title === subject).length,
    alignTimes(ids) {
      for (const id of ids) issueOf(id).updatedAt = state.stamp();
    },
  };
}

function aimOf({ method, path }: Asked): Aim {
  const [name = ''] = path.split('?');
  if (method !== 'GET') return 'write';
  const repository = `${apiPath}/repos/acme/helpdesk`;
  if (name === `${repository}/issues`) return 'list';
  if (/\/issues\/\d+$/.test(name)) return 'ticket';
  return /\/(?:comments|events|timeline)$/.test(name) ? 'history' : 'other';
}

function truthOf({ comments, events }: FakeIssue): Truth {
  return {
    said: comments
      .filter(({ user }) => user === 'alice')
      .map(({ body }) => ({ text: body.replace(mark, ''), visibility: 'public' })),
    files: [],
    minutes: 0,
    set: events
      .filter(({ actor, event }) => actor === 'alice' && event === 'labeled')
      .flatMap(({ more }) => {
        const { label: name } = more as { label: string };
        const field = (['status', 'priority'] as const).find((one) => name.startsWith(prefixes[one]));
        return field === undefined ? [] : [{ field, to: name }];
      }),
  };
}
