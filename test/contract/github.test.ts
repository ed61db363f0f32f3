import { strict as assert } from 'node:assert';
import { column } from '../../src/backends/github/abilities.ts';
import { githubKind } from '../../src/backends/github/kind.ts';
import type { Account } from '../../src/desk/account.ts';
import { apiPath, FakeGitHub } from '../fakes/github/github.ts';
import { connectorTo } from './fakeAccount.ts';
import { publishedContract, unexplained } from './published.ts';
import type { Actor, ContractSubject } from './subject.ts';
import { contractSuite } from './suite.ts';

const closed: Record<string, string> = { completed: 'closed', not_planned: 'not planned' };

async function open(): Promise<ContractSubject> {
  const github = new FakeGitHub();
  const server = await github.start();
  const account: Account = {
    id: 'github',
    backend: 'github',
    label: 'GitHub',
    url: `${server.base}/acme/helpdesk`,
  };
  const { desk, state } = github;
  const issueOf = (id: string) => {
    const issue = desk.issues.get(Number(id));
    assert.ok(issue, `issue ${id}`);
    return issue;
  };
  const labelOf = (id: string, prefix: string) =>
    issueOf(id).labels.find((label) => label.startsWith(prefix));

  return {
    accountId: account.id,
    alice: await connectorTo(githubKind, account, 'github_pat_alice'),
    bob: await connectorTo(githubKind, account, 'github_pat_bob'),
    stranger: await connectorTo(githubKind, account, 'github_pat_nobody'),
    personId: (actor) => actor,
    abilities: column.abilities,
    capabilities: {
      createTicket: true,
      publicReply: true,
      internalNote: false,
      interactionLog: false,
      setSubject: true,
      setStatus: true,
      assign: true,
      setTeam: true,
      setPriority: true,
      setTier: 'team',
      setTags: true,
      logTime: false,
      attach: false,
      sla: false,
      optimisticConcurrency: false,
      serverSearch: false,
      scopes: ['mine', 'team', 'query'],
    },
    pageSize: 100,
    priorities: ['priority: high', 'none'],
    teams: ['helpdesk', 'team: network'],
    statuses: {
      open: 'open',
      pending: 'status: waiting for customer',
      resolved: 'closed',
      closed: 'not planned',
    },
    requesterName: 'carol',
    takesHtml: false,
    requesterCreates: (subject, description) =>
      Promise.resolve(String(state.open(desk, 'carol', subject, description).number)),
    requesterReplies: (id, text) => {
      state.comment(issueOf(id), 'carol', text);
      return Promise.resolve();
    },
    trueEntries: (id) => {
      const issue = issueOf(id);
      return Promise.resolve(
        [issue, ...issue.comments].map(({ user, body }) => ({
          author: user as Actor,
          visibility: 'public' as const,
          text: body,
          attachments: [],
        })),
      );
    },
    trueTicket: (id) => {
      const issue = issueOf(id);
      const [assignee] = issue.assignees;
      return Promise.resolve({
        subject: issue.title,
        status:
          issue.state === 'closed' ? closed[issue.stateReason ?? '']! : (labelOf(id, 'status:') ?? 'open'),
        ...(assignee !== undefined && { assignee: assignee as Actor }),
        team: labelOf(id, 'team:') ?? 'helpdesk',
        priority: labelOf(id, 'priority:') ?? 'none',
        minutes: 0,
      });
    },
    queryFor: (word) => `${word} in:title`,
    loseNextAnswer: () => server.fault(({ method }) => method !== 'GET', { type: 'lost-after' }),
    unknownTicketId: '99999999',
    close: async () => {
      await server.close();
      const contract = publishedContract('github-issues.openapi.json');
      if (contract === undefined) return;
      const violations = server.exchanges.flatMap((exchange) => contract.violations(exchange, apiPath));
      assert.deepEqual(unexplained(violations), []);
      console.log(
        `      ${server.exchanges.length} exchanges are as GitHub's contract says; it does not cover ${[...contract.unknown].join(', ')}`,
      );
    },
  };
}

contractSuite('GitHub', open);
