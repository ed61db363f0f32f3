import { strict as assert } from 'node:assert';
import { column } from '../../src/backends/gitlab/abilities.ts';
import { gitlabKind } from '../../src/backends/gitlab/kind.ts';
import type { Account } from '../../src/desk/account.ts';
import { FakeGitLab } from '../fakes/gitlab/gitlab.ts';
import { connectorTo } from './fakeAccount.ts';
import type { Actor, ContractSubject } from './subject.ts';
import { contractSuite } from './suite.ts';

async function open(): Promise<ContractSubject> {
  const gitlab = new FakeGitLab();
  const server = await gitlab.start();
  const account: Account = {
    id: 'gitlab',
    backend: 'gitlab',
    label: 'GitLab',
    url: `${server.base}/acme/helpdesk`,
  };
  const issueOf = (id: string) => {
    const issue = gitlab.issues.get(Number(id));
    assert.ok(issue, `issue ${id}`);
    return issue;
  };

  return {
    accountId: account.id,
    alice: await connectorTo(gitlabKind, account, 'glpat-alice'),
    bob: await connectorTo(gitlabKind, account, 'glpat-bob'),
    stranger: await connectorTo(gitlabKind, account, 'glpat-nobody'),
    personId: (actor) => actor,
    abilities: column.abilities,
    capabilities: {
      createTicket: true,
      publicReply: true,
      internalNote: true,
      interactionLog: 'note',
      setSubject: true,
      setStatus: true,
      assign: true,
      setTeam: true,
      setPriority: true,
      setTier: 'team',
      setTags: true,
      logTime: true,
      attach: true,
      sla: false,
      optimisticConcurrency: false,
      serverSearch: false,
      scopes: ['mine', 'team'],
    },
    pageSize: 100,
    priorities: ['priority::high', 'none'],
    teams: ['helpdesk', 'team::network'],
    statuses: { open: 'open', pending: 'status::waiting', resolved: 'closed' },
    requesterName: 'carol',
    takesHtml: false,
    requesterCreates: (subject, description) =>
      Promise.resolve(String(gitlab.open('carol', subject, description).iid)),
    requesterReplies: (id, text) => {
      gitlab.note(issueOf(id), 'carol', text);
      return Promise.resolve();
    },
    trueEntries: (id) => {
      const issue = issueOf(id);
      const first = { author: issue.author, body: issue.description, internal: false };
      const said = [first, ...issue.notes.filter(({ system }) => !system)];
      return Promise.resolve(
        said.map(({ author, body, internal }) => ({
          author: author as Actor,
          visibility: internal ? ('internal' as const) : ('public' as const),
          text: body,
          attachments: [...body.matchAll(/\]\(\/uploads\/\d+\/([^)]+)\)/g)].map(([, name = '']) => name),
        })),
      );
    },
    trueTicket: (id) => {
      const issue = issueOf(id);
      const labelOf = (prefix: string) => issue.labels.find((label) => label.startsWith(prefix));
      const [assignee] = issue.assignees;
      return Promise.resolve({
        subject: issue.title,
        status: issue.state === 'closed' ? 'closed' : (labelOf('status::') ?? 'open'),
        ...(assignee !== undefined && { assignee: assignee as Actor }),
        team: labelOf('team::') ?? 'helpdesk',
        priority: labelOf('priority::') ?? 'none',
        minutes: issue.seconds / 60,
      });
    },
    loseNextAnswer: () => server.fault(({ method }) => method !== 'GET', { type: 'lost-after' }),
    unknownTicketId: '99999999',
    close: () => server.close(),
  };
}

contractSuite('GitLab', open);
