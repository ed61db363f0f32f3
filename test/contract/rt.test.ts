import { column } from '../../src/backends/rt/abilities.ts';
import { RawRt, rtAccount, rtBackend, rtServer } from '../live/rtServer.ts';
import type { Actor, ContractSubject, TrueEntry } from './subject.ts';
import { contractSuite } from './suite.ts';

interface RawTicket {
  Subject: string;
  Status: string;
  Owner: { id: string };
  Queue: { id: string };
  Priority: string;
  TimeWorked: string;
}

async function open(): Promise<ContractSubject> {
  const server = rtServer();
  const account = rtAccount(server);
  const raw = new RawRt(server);
  raw.customFields({
    Floor: { Type: 'Freeform', MaxValues: 1 },
    Systems: { Type: 'Freeform', MaxValues: 0 },
    Bought: { Type: 'Date', MaxValues: 1 },
  });
  const priorities = new Map([
    [0, 'Low'],
    [50, 'Medium'],
    [100, 'High'],
  ]);

  async function trueEntries(ticketId: string): Promise<TrueEntry[]> {
    const entries: TrueEntry[] = [];
    for (const { id, Type, Creator } of await raw.spoken(ticketId)) {
      const parts = await raw.parts(id);
      entries.push({
        author: Creator.id as Actor,
        visibility: Type === 'Comment' ? 'internal' : 'public',
        text: parts.find((part) => part.type.startsWith('text/') && part.name === '')?.text ?? '',
        attachments: parts.filter((part) => part.name !== '').map((part) => part.name),
      });
    }
    return entries;
  }

  return {
    accountId: account.id,
    alice: await rtBackend(account, server.tokens.alice),
    bob: await rtBackend(account, server.tokens.bob),
    stranger: await rtBackend(account, server.tokens.alice.replace(/[^-]*$/, 'wrong')),
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
      setTier: 'native',
      setTags: false,
      setCustomFields: true,
      watchers: ['watcher', 'copy'],
      relate: ['parent', 'child', 'related'],
      merge: true,
      logTime: true,
      attach: true,
      sla: true,
      optimisticConcurrency: true,
      serverSearch: false,
      scopes: ['mine', 'team'],
    },
    priorities: ['High', 'Medium'],
    teams: ['Helpdesk', 'Network'],
    statuses: { open: 'open', pending: 'stalled', resolved: 'resolved' },
    customFields: [
      { name: 'Floor', type: 'text', values: ['2'] },
      { name: 'Systems', type: 'choices', values: ['Mail', 'VPN'] },
      { name: 'Bought', type: 'date', values: ['2026-11-26'] },
    ],
    requesterName: 'carol@example.test',
    takesHtml: true,
    requesterCreates: (Subject, Content) => raw.create('carol', { Subject, Content }),
    async requesterReplies(ticketId, Content, format) {
      const ContentType = format === 'html' ? 'text/html' : 'text/plain';
      await raw.as('carol', 'POST', `/ticket/${ticketId}/correspond`, { Content, ContentType });
    },
    trueEntries,
    async trueTicket(ticketId) {
      const ticket = await raw.as<RawTicket>('bob', 'GET', `/ticket/${ticketId}`);
      const queue = await raw.as<{ Name: string }>('bob', 'GET', `/queue/${ticket.Queue.id}`);
      return {
        subject: ticket.Subject,
        status: ticket.Status,
        ...(ticket.Owner.id !== 'Nobody' && { assignee: ticket.Owner.id as Actor }),
        team: queue.Name,
        priority: priorities.get(Number(ticket.Priority)) ?? ticket.Priority,
        minutes: Number(ticket.TimeWorked),
      };
    },
    async requesterSees(ticketId) {
      const shown = [
        await raw.as('carol', 'GET', `/ticket/${ticketId}`),
        await raw.as<{ items: { id: string }[] }>('carol', 'GET', `/ticket/${ticketId}/history?per_page=100`),
      ] as const;
      const said = await Promise.all(shown[1].items.map(({ id }) => raw.shownTo('carol', id)));
      return JSON.stringify([shown, said]);
    },
    unknownTicketId: '99999999',
    close: () => Promise.resolve(),
  };
}

contractSuite('Request Tracker', open);
