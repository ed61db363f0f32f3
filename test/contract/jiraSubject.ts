import { strict as assert } from 'node:assert';
import { column } from '../../src/backends/jira/abilities.ts';
import type { AdfNode } from '../../src/backends/jira/adf.ts';
import { adfOf } from '../../src/backends/jira/fromMarkdown.ts';
import { documentOf } from '../../src/backends/jira/fromWiki.ts';
import { jiraDataCenterKind, jiraKind } from '../../src/backends/jira/kind.ts';
import type { Account } from '../../src/desk/account.ts';
import { FakeJira } from '../fakes/jira/jira.ts';
import { connectorTo } from './fakeAccount.ts';
import { publishedContract, unexplained } from './published.ts';
import type { Actor, ContractSubject } from './subject.ts';

/** What a reader sees of a document. */
function seen(node: AdfNode): string {
  if (node.text !== undefined) return node.text;
  if (node.type === 'hardBreak') return '\n';
  const parts = (node.content ?? []).map(seen);
  if (node.type === 'listItem') return `- ${parts.join('\n')}`;
  return parts.join(['paragraph', 'heading'].includes(node.type) ? '' : '\n');
}

/** An imitation of Jira with its three people. */
export async function openJira(edition: 'Cloud' | 'Data Center'): Promise<ContractSubject> {
  const isCloud = edition === 'Cloud';
  const kind = isCloud ? jiraKind : jiraDataCenterKind;
  const jira = new FakeJira(edition);
  const server = await jira.start();
  const account = (user: string): Account => ({
    id: 'jira',
    backend: kind.id,
    label: 'Jira',
    url: server.base,
    ...(isCloud && { user: `${user}@example.test` }),
  });
  const personId = (actor: Actor) => (isCloud ? `5b10:${actor}` : actor);
  const actorOf = (id: string) => id.replace('5b10:', '') as Actor;
  /** As carol types it in the browser. */
  const document = (text: string) => (isCloud ? { ...adfOf(text) } : text);
  const issueOf = (id: string) => {
    const issue = jira.issues.get(id);
    assert.ok(issue, `issue ${id}`);
    return issue;
  };

  return {
    accountId: 'jira',
    alice: await connectorTo(kind, account('alice'), 'token-alice'),
    bob: await connectorTo(kind, account('bob'), 'token-bob'),
    stranger: await connectorTo(kind, account('alice'), 'token-nobody'),
    personId,
    abilities: column.abilities,
    capabilities: {
      createTicket: true,
      publicReply: true,
      internalNote: true,
      interactionLog: 'note',
      setSubject: true,
      setStatus: true,
      statusFields: true,
      assign: true,
      setTeam: false,
      setPriority: true,
      setTier: false,
      setTags: true,
      setCustomFields: true,
      relate: ['related'],
      logTime: true,
      attach: true,
      sla: true,
      optimisticConcurrency: false,
      serverSearch: false,
      scopes: ['mine', 'team', 'query'],
    },
    pageSize: 100,
    priorities: ['High', 'Medium'],
    teams: ['Helpdesk', 'Operations'],
    statuses: { open: 'Waiting for support', pending: 'Waiting for customer', resolved: 'Resolved' },
    customFields: [
      { name: 'Serial number', type: 'text', values: ['SN-4711'] },
      { name: 'Affected systems', type: 'choices', values: ['Mail', 'VPN'] },
      { name: 'Cause', type: 'choice', values: ['Software'] },
      { name: 'Bought', type: 'date', values: ['2026-11-26'] },
      { name: 'Seats', type: 'number', values: ['12'] },
      { name: 'What was done', type: 'long-text', values: ['Moved **both** queues.'] },
    ],
    requesterName: 'carol@example.test',
    takesHtml: false,
    requesterCreates: (subject, description) =>
      Promise.resolve(jira.open(personId('carol'), subject, document(description)).id),
    requesterReplies: (id, text) => {
      jira.comment(issueOf(id), personId('carol'), document(text));
      return Promise.resolve();
    },
    trueEntries: (id) => {
      const issue = issueOf(id);
      const first = { author: issue.reporter, body: issue.description, internal: false, files: [] };
      return Promise.resolve(
        [first, ...issue.comments].map(({ author, body, internal, files }) => ({
          author: actorOf(author),
          visibility: internal ? ('internal' as const) : ('public' as const),
          text: seen(typeof body === 'string' ? documentOf(body) : (body as AdfNode)),
          attachments: files.map((file) => jira.files.get(file)!.name),
        })),
      );
    },
    trueTicket: (id) => {
      const issue = issueOf(id);
      return Promise.resolve({
        subject: issue.summary,
        status: issue.status,
        ...(issue.assignee !== undefined && { assignee: actorOf(issue.assignee) }),
        team: jira.projects.find(({ key }) => key === issue.project)!.name,
        priority: issue.priority,
        minutes: issue.worklogs.reduce((sum, { seconds }) => sum + seconds / 60, 0),
      });
    },
    queryFor: (word) => `summary ~ "${word}"`,
    loseNextAnswer: () => server.fault(({ method }) => method !== 'GET', { type: 'lost-after' }),
    unknownTicketId: '99999999',
    close: async () => {
      await server.close();
      const contract = isCloud ? publishedContract('jira-platform.openapi.json') : undefined;
      if (contract === undefined) return;
      const violations = server.exchanges.flatMap((exchange) => contract.violations(exchange, ''));
      assert.deepEqual(unexplained(violations), []);
    },
  };
}
