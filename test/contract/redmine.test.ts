import { strict as assert } from 'node:assert';
import { column } from '../../src/backends/redmine/abilities.ts';
import { RawRedmine, redmineAccount, redmineBackend, redmineServer } from '../live/redmineServer.ts';
import { publishedContract, unexplained, type Explained } from './published.ts';
import { recorded } from './recorded.ts';
import type { Actor, ContractSubject, TrueEntry } from './subject.ts';
import { contractSuite } from './suite.ts';

/** Where the description, which is not Redmine's own, is wrong about the live one. */
const explained: Explained[] = [
  {
    violation: /^GET \/users\/(N|current)\.json gives \/user that must have required property/,
    why: 'the state of an account, its rights and its key are shown to administrators only',
  },
  {
    violation: /^GET \/roles\/N\.json gives \/role that must have required property 'issue_visibility'$/,
    why: 'Redmine itself spells it issues_visibility',
  },
  {
    violation: /sends \/issue\/private_notes that must be string$/,
    why: "Redmine's own documentation has true and false there, and it takes them",
  },
  {
    violation: /sends \/issue\/assigned_to_id that must/,
    why: 'null, which the description asks for, is dropped without a word: an empty text takes the assignee away',
  },
  {
    violation: /: an answer 40[134] is not foreseen$/,
    why: 'the description has answers of successes alone: a wrong key is 401, a ticket that is gone is 404, definitions are 403 for agents',
  },
];

async function open(): Promise<ContractSubject> {
  const server = redmineServer();
  const way = await recorded(server.base);
  const account = redmineAccount(way);
  const raw = new RawRedmine(server);
  const actorOf = (id: number): Actor =>
    (['alice', 'bob', 'carol'] as const).find((actor) => server.people[actor] === String(id)) ?? 'carol';

  async function trueEntries(ticketId: string): Promise<TrueEntry[]> {
    const issue = await raw.issue(ticketId);
    const entries: TrueEntry[] = [
      { author: actorOf(issue.author.id), visibility: 'public', text: issue.description, attachments: [] },
    ];
    for (const { user, notes, private_notes: isPrivate, details } of issue.journals) {
      const attachments = details.flatMap((detail) =>
        detail.property === 'attachment' && detail.new_value !== null ? [detail.new_value] : [],
      );
      if (notes === '' && attachments.length === 0) continue;
      const visibility = isPrivate ? 'internal' : 'public';
      entries.push({ author: actorOf(user.id), visibility, text: notes, attachments });
    }
    return entries;
  }

  return {
    accountId: account.id,
    alice: await redmineBackend(account, server.keys.alice),
    bob: await redmineBackend(account, server.keys.bob),
    stranger: await redmineBackend(account, 'wrong'),
    personId: (actor) => server.people[actor],
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
      setTier: 'native',
      setTags: false,
      setCustomFields: true,
      watchers: ['watcher'],
      relate: ['parent', 'child', 'related'],
      merge: false,
      logTime: true,
      attach: 'public',
      sla: false,
      optimisticConcurrency: false,
      serverSearch: false,
      scopes: ['mine', 'team', 'query'],
    },
    priorities: ['High', 'Normal'],
    teams: ['Helpdesk', 'Network'],
    statuses: {
      new: 'New',
      open: 'In Progress',
      pending: 'Feedback',
      resolved: 'Resolved',
      closed: 'Closed',
    },
    customFields: [
      { name: 'Serial number', type: 'text', values: ['SN-4711'] },
      { name: 'Affected systems', type: 'choices', values: ['Mail', 'VPN'] },
      { name: 'Purchased on', type: 'text', values: ['2026-11-26'] },
    ],
    requesterName: 'carol@example.test',
    takesHtml: false,
    requesterCreates: (subject, description) => raw.create('carol', { subject, description }),
    requesterReplies: (ticketId, notes) => raw.change('carol', ticketId, { notes }),
    trueEntries,
    async trueTicket(ticketId) {
      const issue = await raw.issue(ticketId);
      return {
        subject: issue.subject,
        status: issue.status.name,
        ...(issue.assigned_to && { assignee: actorOf(issue.assigned_to.id) }),
        team: issue.project.name,
        priority: issue.priority.name,
        minutes: await raw.minutes(ticketId),
      };
    },
    requesterSees: async (ticketId) =>
      JSON.stringify(
        await raw.as('carol', 'GET', `/issues/${ticketId}.json?include=journals,attachments,watchers`),
      ),
    queryFor: (word) => `subject=~${word}`,
    unknownTicketId: '99999999',
    close: async () => {
      await way.close();
      const contract = publishedContract('redmine-5.openapi.yaml');
      if (contract === undefined) return;
      const violations = way.exchanges.flatMap((exchange) => contract.violations(exchange, ''));
      assert.deepEqual(unexplained(violations, explained), []);
      console.log(
        `      ${way.exchanges.length} exchanges are as Redmine's contract says; it does not cover ${[...contract.unknown].join(', ')}`,
      );
    },
  };
}

contractSuite('Redmine', open);
