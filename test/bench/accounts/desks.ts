import type { BackendKind } from '../../../src/backends/backend.ts';
import { githubKind } from '../../../src/backends/github/kind.ts';
import { gitlabKind } from '../../../src/backends/gitlab/kind.ts';
import { adfOf } from '../../../src/backends/jira/fromMarkdown.ts';
import { jiraKind } from '../../../src/backends/jira/kind.ts';
import { redmineKind } from '../../../src/backends/redmine/kind.ts';
import type { Account } from '../../../src/desk/account.ts';
import { FakeGitHub } from '../../fakes/github/github.ts';
import { FakeGitLab } from '../../fakes/gitlab/gitlab.ts';
import { FakeJira } from '../../fakes/jira/jira.ts';
import { FakeRedmine } from '../../fakes/redmine/redmine.ts';
import { FaultProxy } from '../../shared/faultProxy.ts';

/** An imitated ticketing system in which `tickets` are Alice's, behind a proxy that can let it hang. */
export interface Desk {
  kind: BackendKind;
  account: Account;
  token: string;
  proxy: FaultProxy;
  /** The requester writes this to each of the first so many tickets. */
  news(count: number, text: string): void;
  close(): Promise<void>;
}

interface Imitation {
  kind: BackendKind;
  token: string;
  user?: string;
  /** What comes behind the server in the account's address. */
  path?: string;
  start(): Promise<{ base: string; close(): Promise<void> }>;
  /** Opens a ticket that is Alice's, and gives what lets its requester write. */
  open(subject: string): (text: string) => void;
}

const problem = 'It does not work since this morning.';

/** One of each kind that is imitated here. */
export async function startDesks(tickets: number): Promise<Desk[]> {
  return Promise.all([jira(), github(), gitlab(), redmine()].map((one) => startDesk(one, tickets)));
}

async function startDesk(imitation: Imitation, tickets: number): Promise<Desk> {
  const { kind, token, user, path = '' } = imitation;
  const server = await imitation.start();
  const write = Array.from({ length: tickets }, (_, n) => imitation.open(`Printer ${n + 1} is slow`));
  const proxy = new FaultProxy(server.base);
  await proxy.open();
  const url = `http://127.0.0.1:${proxy.port}${path}`;
  return {
    kind,
    account: { id: kind.id, backend: kind.id, label: kind.label, url, ...(user !== undefined && { user }) },
    token,
    proxy,
    news: (count, text) => write.slice(0, count).forEach((answer) => answer(text)),
    close: async () => {
      await proxy.close();
      await server.close();
    },
  };
}

function jira(): Imitation {
  const fake = new FakeJira();
  const [alice, carol] = ['5b10:alice', '5b10:carol'];
  return {
    kind: jiraKind,
    token: 'token-alice',
    user: 'alice@example.test',
    start: () => fake.start(),
    open: (subject) => {
      const issue = fake.open(carol, subject, { ...adfOf(problem) });
      fake.set(issue, carol, 'assignee', alice);
      return (text) => void fake.comment(issue, carol, { ...adfOf(text) });
    },
  };
}

function github(): Imitation {
  const fake = new FakeGitHub();
  fake.quota = Infinity;
  const { desk, state } = fake;
  return {
    kind: githubKind,
    token: 'github_pat_alice',
    path: '/acme/helpdesk',
    start: () => fake.start(),
    open: (subject) => {
      const issue = state.open(desk, 'carol', subject, problem);
      state.setAssignees(issue, 'bob', ['alice']);
      return (text) => void state.comment(issue, 'carol', text);
    },
  };
}

function gitlab(): Imitation {
  const fake = new FakeGitLab();
  return {
    kind: gitlabKind,
    token: 'glpat-alice',
    path: '/acme/helpdesk',
    start: () => fake.start(),
    open: (subject) => {
      const issue = fake.open('carol', subject, problem);
      fake.setAssignees(issue, 'bob', ['alice']);
      return (text) => void fake.note(issue, 'carol', text);
    },
  };
}

function redmine(): Imitation {
  const fake = new FakeRedmine();
  const followClock = () => (fake.now = Math.floor(Date.now() / 1000));
  fake.before = followClock;
  return {
    kind: redmineKind,
    token: 'key-alice',
    start: () => fake.start(),
    open: (subject) => {
      const issue = fake.open(subject);
      return (text) => {
        followClock();
        fake.change(issue, { notes: text }, 7);
      };
    },
  };
}
