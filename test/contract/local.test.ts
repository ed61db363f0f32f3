import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { column } from '../../src/backends/local/abilities.ts';
import type { Backend, BackendContext } from '../../src/backends/backend.ts';
import { localKind } from '../../src/backends/local/kind.ts';
import { readLocalDeskSettings } from '../../src/backends/local/settings.ts';
import type { Entry } from '../../src/desk/entry.ts';
import type { NewTicket } from '../../src/desk/operation.ts';
import { openStore } from '../../src/store/open.ts';
import { apply, calm, key, value } from './helpers.ts';
import type { Actor, ContractSubject } from './subject.ts';
import { contractSuite } from './suite.ts';

const accountId = 'local';
const persons: Record<Actor, string> = {
  alice: 'Alice Agent <alice@example.test>',
  bob: 'Bob Engineer <bob@example.test>',
  carol: 'Carol Customer <carol@example.test>',
};
const personId = (actor: Actor): string => `${actor}@example.test`;
const actorOf = (id: string): Actor =>
  (['alice', 'bob', 'carol'] as const).find((one) => personId(one) === id)!;

/** Three people at one desk, each with a connector of their own on the same store. */
async function open(): Promise<ContractSubject> {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskside-contract-'));
  const workerFile = new URL('../../src/store/worker.ts', import.meta.url);
  const { reader, writer } = value(await openStore({ folder, workerFile }));

  async function as(actor: Actor): Promise<Backend> {
    const fields = [
      { name: 'Floor' },
      { name: 'Site', type: 'choice', choices: ['North', 'South'] },
      { name: 'Systems', type: 'choices', choices: ['Mail', 'VPN', 'Printing'] },
      { name: 'Bought', type: 'date' },
    ];
    const setting = { user: persons[actor], people: Object.values(persons), fields };
    const { settings } = readLocalDeskSettings(setting, 'nobody');
    const kind = localKind({ reader, run: writer.run.bind(writer), settings: () => settings });
    const unused = () => Promise.reject(new Error('The local desk has no server.'));
    const context: BackendContext = {
      account: { id: accountId, backend: 'local', label: 'Local desk' },
      gateway: { request: unused, stream: unused, identity: unused },
      now: () => Date.now(),
      known: () => undefined,
    };
    return kind.create(context);
  }

  const [alice, bob, carol] = await Promise.all([as('alice'), as('bob'), as('carol')]);
  const local = (ticketId: string) => {
    const found = reader.localTicket(ticketId);
    if (found === undefined) throw new Error(`There is no ${ticketId}.`);
    return found;
  };
  const capabilities = value(await alice.signIn(calm)).capabilities;

  return {
    accountId,
    alice,
    bob,
    personId,
    abilities: column.abilities,
    capabilities,
    pageSize: 100,
    priorities: ['High', 'Low'],
    teams: ['Service Desk', 'Network & Infrastructure'],
    statuses: { open: 'Open', pending: 'Pending', resolved: 'Resolved', closed: 'Closed' },
    customFields: [
      { name: 'Floor', type: 'text', values: ['2'] },
      { name: 'Site', type: 'choice', values: ['South'] },
      { name: 'Systems', type: 'choices', values: ['Mail', 'Printing'] },
      { name: 'Bought', type: 'date', values: ['2026-11-26'] },
    ],
    requesterName: 'carol@example.test',
    takesHtml: true,
    requesterCreates: async (subject, description) => {
      const ticket: NewTicket = { subject, description, kind: 'incident', channel: 'portal', tags: [] };
      return apply(carol, undefined, { type: 'create', ticket });
    },
    requesterReplies: async (ticketId, text, format) => {
      const { ticket } = local(ticketId);
      const entry: Entry = {
        id: key(),
        at: Date.now(),
        author: ticket.requester!,
        kind: 'reply',
        visibility: 'public',
        body: { text, format },
        changes: [],
        attachments: [],
        fromRequester: true,
      };
      const change = { key: key(), revision: ticket.revision, ticket, entries: [entry], files: [] };
      value(await writer.run('localApply', change));
    },
    trueEntries: (ticketId) =>
      Promise.resolve(
        local(ticketId).entries.flatMap(({ author, visibility, body, attachments }) =>
          visibility === 'system' || (body === undefined && attachments.length === 0)
            ? []
            : [
                {
                  author: actorOf(author.id),
                  visibility,
                  text: body?.text ?? '',
                  attachments: attachments.map(({ name }) => name),
                },
              ],
        ),
      ),
    trueTicket: (ticketId) => {
      const { ticket, entries } = local(ticketId);
      return Promise.resolve({
        subject: ticket.subject,
        status: ticket.status.name,
        assignee: ticket.assignee && actorOf(ticket.assignee.id),
        team: ticket.team!,
        priority: ticket.priority.name,
        minutes: entries.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0),
      });
    },
    unknownTicketId: 'DESK-999999',
    close: async () => {
      await writer.close();
      reader.close();
      rmSync(folder, { recursive: true });
    },
  };
}

contractSuite('Local desk', open);
