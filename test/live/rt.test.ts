import { strict as assert } from 'node:assert';
import type { Backend } from '../../src/backends/backend.ts';
import type { StepOf } from '../../src/backends/parts/steps.ts';
import {
  apply,
  calm,
  catchUp,
  entriesOf,
  error,
  post,
  pullAll,
  ticketOf,
  unique,
  update,
  value,
  sending,
} from '../contract/helpers.ts';
import { interfering } from './interfering.ts';
import { RawRt, rtAccount, rtBackend, rtServer } from './rtServer.ts';

/** What only a real Request Tracker can prove. */
describe('Request Tracker, live', function () {
  this.timeout(180_000);
  const server = rtServer();
  const account = rtAccount(server);
  const raw = new RawRt(server);
  const lines: string[] = [];
  let lead: Backend;

  before(async () => {
    lead = await rtBackend(account, server.tokens.lead, (line) => lines.push(line));
  });

  async function ticketOfLeads(what: string): Promise<string> {
    const id = await raw.create('carol', { Subject: unique(what), Content: 'Please help.' });
    await raw.as('lead', 'PUT', `/ticket/${id}`, { Owner: 'lead' });
    return id;
  }

  it('shows what we did as what it is: correspond or comment', async () => {
    const id = await ticketOfLeads('kinds');
    await apply(lead, id, post('reply', 'public', 'To the customer'));
    await apply(lead, id, post('note', 'internal', 'Among us'));
    await apply(lead, id, post('resolution', 'public', 'Solved, for all to read'));
    await apply(lead, id, post('hand-off', 'internal', '## Hand-off\n\nFor tier 2'));
    const said = (await raw.spoken(id)).slice(1);
    assert.deepEqual(
      said.map(({ Type, Creator }) => [Type, Creator.id]),
      [
        ['Correspond', 'lead'],
        ['Comment', 'lead'],
        ['Correspond', 'lead'],
        ['Comment', 'lead'],
      ],
    );
    const visibleToCarol = await raw.as<{ items: { Type: string }[] }>(
      'carol',
      'GET',
      `/ticket/${id}/history?per_page=100&fields=Type`,
    );
    assert.ok(!visibleToCarol.items.some(({ Type }) => Type === 'Comment'), 'carol reads no note');
  });

  it('shows what others do after an incremental pull', async () => {
    const id = await ticketOfLeads('others');
    let { cursor } = await catchUp(lead);
    const acts: [string, () => Promise<unknown>][] = [
      [
        'carol replies',
        () =>
          raw.as('carol', 'POST', `/ticket/${id}/correspond`, { Content: 'And?', ContentType: 'text/plain' }),
      ],
      [
        'bob comments',
        () => raw.as('bob', 'POST', `/ticket/${id}/comment`, { Content: 'Hm.', ContentType: 'text/plain' }),
      ],
      ['bob raises it', () => raw.as('bob', 'PUT', `/ticket/${id}`, { Priority: 'High' })],
      ['bob moves it', () => raw.as('bob', 'PUT', `/ticket/${id}`, { Queue: 'Network' })],
    ];
    for (const [what, act] of acts) {
      await act();
      const pulled = await pullAll(lead, cursor);
      assert.deepEqual([...pulled.tickets.keys()], [id], what);
      cursor = pulled.cursor;
    }
    const ticket = await ticketOf(lead, id);
    assert.deepEqual([ticket.team, ticket.priority.name], ['Network', 'High']);
    const replies = (await entriesOf(lead, id)).filter((entry) => entry.kind === 'reply');
    assert.deepEqual(
      replies.map((entry) => [entry.body?.text.trim(), entry.fromRequester]),
      [
        ['Please help.', true],
        ['And?', true],
      ],
    );
  });

  it('loses nothing of many changes at the same moment, however the pulls fall between them', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, (_, index) => ticketOfLeads(`burst ${index}`)));
    let { cursor } = await catchUp(lead);
    const seen = new Map<string, string>();
    const writing = Promise.all(
      ids.map(async (id) => {
        for (const text of ['one', 'two', 'three']) {
          await raw.as('bob', 'POST', `/ticket/${id}/comment`, { Content: text, ContentType: 'text/plain' });
        }
      }),
    );
    const progress = { finished: false };
    void writing.then(() => (progress.finished = true));
    for (let last = false; !last;) {
      last = progress.finished;
      const pulled = await pullAll(lead, cursor);
      for (const [id, ticket] of pulled.tickets) seen.set(id, ticket.revision);
      cursor = pulled.cursor;
    }
    await writing;
    for (const id of ids) assert.equal(seen.get(id), (await ticketOf(lead, id)).revision);
  });

  it('follows a merged ticket to the one it went into', async () => {
    const [from, into] = [await ticketOfLeads('merged'), await ticketOfLeads('target')];
    const { cursor } = await catchUp(lead);
    await raw.as('bob', 'PUT', `/ticket/${from}`, { MergeInto: into });
    const { tickets } = await pullAll(lead, cursor);
    assert.equal(tickets.get(from)?.mine, false);
    assert.equal(tickets.get(from)?.status.category, 'closed');
    assert.match(tickets.get(from)?.status.name ?? '', new RegExp(`RT-${into}$`));
    assert.equal(tickets.get(into)?.mine, true);
    const old = await ticketOf(lead, from);
    assert.equal(old.id, from);
    await apply(lead, from, post('note', 'internal', 'Written to the old number'));
    const entries = await entriesOf(lead, into);
    assert.ok(entries.some((entry) => entry.body?.text.includes('Written to the old number')));
    assert.ok(entries.some((entry) => entry.changes.some((change) => change.field === 'MergedInto')));
  });

  it('notices a deleted ticket, which no search of RT finds', async () => {
    const id = await ticketOfLeads('deleted');
    const { cursor } = await catchUp(lead);
    await raw.as('bob', 'PUT', `/ticket/${id}`, { Status: 'rejected' });
    await raw.as('root', 'PUT', `/ticket/${id}`, { Status: 'deleted' });
    const { tickets } = await pullAll(lead, cursor);
    assert.deepEqual(tickets.get(id)?.status, { name: 'deleted', category: 'closed' });
  });

  it('notices what RT refuses with a friendly 200', async () => {
    const id = await ticketOfLeads('friendly');
    const step = { type: 'update', fields: { assignee: 'carol' }, before: {} } as const;
    const refusal = error(await lead.apply(sending(id, step), calm));
    assert.equal(refusal.reason, 'rejected');
    assert.equal(refusal.field, 'assignee');
    assert.equal((await ticketOf(lead, id)).assignee?.id, 'lead');
  });

  it('makes no ticket without the requester it was asked to make it for', async () => {
    const { cursor } = await pullAll(lead);
    const ticketFor = (requester: string): StepOf<'create'> => ({
      type: 'create',
      ticket: {
        subject: `For ${requester}`,
        description: 'Text',
        kind: 'request',
        channel: 'phone',
        tags: [],
        requester,
      },
    });
    const refusal = error(await lead.apply(sending(undefined, ticketFor('No Such Person')), calm));
    assert.deepEqual(
      [refusal.reason, refusal.reason === 'rejected' && refusal.field],
      ['rejected', 'requester'],
    );
    const { tickets } = await pullAll(lead, cursor);
    assert.deepEqual(
      [...tickets.values()].filter(({ subject }) => subject.startsWith('For No Such')),
      [],
    );
    const made = value(await lead.apply(sending(undefined, ticketFor('new.here@example.org')), calm));
    assert.equal((await ticketOf(lead, made.ticketId)).requester?.email, 'new.here@example.org');
  });

  it('puts back what RT took of a change that it did not take whole', async () => {
    const id = await ticketOfLeads('partial');
    const before = await ticketOf(lead, id);
    const fields = { subject: 'Half a change', priority: 'High', tier: 2, assignee: 'carol' } as const;
    const refusal = error(await lead.apply(sending(id, { type: 'update', fields, before: {} }), calm));
    assert.deepEqual(
      [refusal.reason, refusal.reason === 'rejected' && refusal.field],
      ['rejected', 'assignee'],
    );
    assert.doesNotMatch(refusal.message, /was taken/);
    const after = await ticketOf(lead, id);
    for (const field of ['subject', 'priority', 'tier', 'assignee'] as const) {
      assert.deepEqual(after[field], before[field], field);
    }
  });

  it('knows a change as taken that somebody else changed again at once', async () => {
    const id = await ticketOfLeads('at once');
    const other = () => raw.as('root', 'PUT', `/ticket/${id}`, { Priority: 'Medium' });
    await interfering(server.base, id, other, async (port) => {
      const backend = await rtBackend({ ...account, url: `http://127.0.0.1:${port}` }, server.tokens.lead);
      await update(backend, id, { priority: 'High' });
    });
    assert.equal((await ticketOf(lead, id)).priority.name, 'Medium');
  });

  it('can set every status that it offers, from wherever the ticket is', async () => {
    const id = await ticketOfLeads('transitions');
    const put = (Status: string) => raw.as('bob', 'PUT', `/ticket/${id}`, { Status });
    for (const from of ['open', 'resolved']) {
      await put(from);
      const { statuses } = value(await lead.vocabulary(id, calm));
      assert.equal(statuses[0]?.name, from, 'where it is');
      assert.ok(statuses.length > 3);
      for (const { name } of statuses.slice(1)) {
        await update(lead, id, { status: name });
        assert.equal((await raw.as<{ Status: string }>('bob', 'GET', `/ticket/${id}`)).Status, name);
        await put(from);
      }
    }
  });

  it('shows custom fields of every type, and leaves them as they are', async () => {
    raw.customFields({
      'Serial number': { Type: 'Freeform', MaxValues: 1 },
      'Affected systems': { Type: 'Freeform', MaxValues: 0 },
      'Purchased on': { Type: 'Date', MaxValues: 1 },
      'Called at': { Type: 'DateTime', MaxValues: 1 },
      'Whole story': { Type: 'Text', MaxValues: 1 },
      Address: { Type: 'IPAddress', MaxValues: 1 },
      Channel: { Type: 'Freeform', MaxValues: 1 },
      Kind: { Type: 'Freeform', MaxValues: 1 },
    });
    const id = await ticketOfLeads('custom fields');
    const given = {
      'Serial number': 'SN <0> & "1"',
      'Affected systems': ['Mail', 'Printing'],
      'Purchased on': '2026-02-28',
      'Called at': '2026-02-28 09:30:00',
      'Whole story': 'It began\n\non a Monday.',
      Address: '192.168.0.17',
      Channel: 'Walk-in',
      Kind: 'Incident',
    };
    await raw.as('bob', 'PUT', `/ticket/${id}`, { CustomFields: given });
    const shown = await ticketOf(lead, id);
    const values = (name: string) => shown.customFields.find((field) => field.name === name)?.values;
    assert.deepEqual(values('Serial number'), [given['Serial number']]);
    assert.deepEqual(values('Affected systems')?.toSorted(), given['Affected systems']);
    assert.deepEqual(values('Purchased on'), ['2026-02-28']);
    assert.match(values('Called at')?.[0] ?? '', /^2026-02-28.09:30:00/);
    assert.deepEqual(values('Whole story'), [given['Whole story']]);
    assert.deepEqual(values('Address'), ['192.168.0.17']);
    assert.deepEqual([shown.channel, shown.kind], ['walk-in', 'incident']);
    await update(lead, id, { status: 'stalled', tier: 3, priority: 'High' });
    assert.deepEqual((await ticketOf(lead, id)).customFields, shown.customFields);
  });

  it('says why a note to a ticket that is gone does not work', async () => {
    const answer = await lead.apply(sending('99999999', post('note', 'internal', 'x')), calm);
    assert.equal(error(answer).reason, 'not-found');
  });

  it('sends even a reply of "0", and none without text', async () => {
    const id = await ticketOfLeads('zero');
    await apply(lead, id, post('reply', 'public', '0'));
    const replies = (await entriesOf(lead, id)).filter((entry) => entry.author.id === 'lead' && entry.body);
    assert.deepEqual(
      replies.map((entry) => entry.body!.text.trim()),
      ['0'],
    );
    assert.equal(
      error(await lead.apply(sending(id, post('reply', 'public', ' \n ')), calm)).reason,
      'rejected',
    );
    assert.equal((await raw.spoken(id)).length, 2);
  });

  it('takes the due time for an SLA clock, first of the response, then of the solution', async () => {
    const id = await ticketOfLeads('sla');
    const fresh = (await ticketOf(lead, id)).sla;
    assert.equal(fresh.length, 1);
    assert.equal(fresh[0]!.target, 'first-response');
    assert.equal(fresh[0]!.state, 'running');
    await apply(lead, id, post('reply', 'public', 'We are on it.'));
    const answered = (await ticketOf(lead, id)).sla;
    assert.equal(answered[0]!.target, 'resolution');
    assert.ok(answered[0]!.dueAt! > fresh[0]!.dueAt!);
    await update(lead, id, { status: 'resolved' });
    const solved = await ticketOf(lead, id);
    assert.ok(solved.sla.every((clock) => clock.state === 'met' && clock.stoppedAt === solved.resolvedAt));
  });

  it('keeps two accounts apart', async () => {
    const other = await rtBackend(rtAccount(server, 'second'), server.tokens.bob);
    const id = await ticketOfLeads('two accounts');
    assert.equal(value(await other.signIn(calm)).me.id, 'bob');
    const [mine, theirs] = [await ticketOf(lead, id), await ticketOf(other, id)];
    assert.deepEqual([mine.accountId, mine.mine], ['rt', true]);
    assert.deepEqual([theirs.accountId, theirs.mine], ['second', false]);
    assert.ok(!(await pullAll(other)).tickets.has(id));
  });

  it('says clearly when the token is wrong, is none, or the URL is not an RT', async () => {
    const reasonOf = async (url: string, token: string) => {
      const backend = await rtBackend({ ...account, url }, token);
      return error(await backend.signIn(calm)).reason;
    };
    const wrong = `${server.tokens.alice.slice(0, -4)}0000`;
    assert.equal(await reasonOf(server.base, wrong), 'unauthorised');
    assert.equal(await reasonOf(server.base, 'nonsense'), 'unauthorised');
    assert.equal(await reasonOf(server.base, ''), 'unauthorised');
    assert.equal(await reasonOf(`${server.base}/no/such/place`, server.tokens.alice), 'protocol');
    assert.equal(await reasonOf('http://127.0.0.1:9', server.tokens.alice), 'offline');
  });

  it('leaves no token in the log', () => {
    assert.ok(lines.length > 10);
    for (const line of lines) assert.doesNotMatch(line, /token|\b\d-\d+-[0-9a-f]{8}/i);
  });
});
