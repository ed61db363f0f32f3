import { strict as assert } from 'node:assert';
import { createGateway } from '../../src/backends/axiosGateway.ts';
import type { Backend } from '../../src/backends/backend.ts';
import type { Gateway } from '../../src/backends/gateway.ts';
import { redmineKind } from '../../src/backends/redmine/kind.ts';
import type { Scope } from '../../src/desk/scope.ts';
import {
  apply,
  calm,
  catchUp,
  entriesOf,
  entryWith,
  error,
  membersOf,
  post,
  pullAll,
  ticketOf,
  unique,
  update,
  value,
  sending,
} from '../contract/helpers.ts';
import { interfering } from './interfering.ts';
import { RawRedmine, redmineAccount, redmineBackend, redmineServer } from './redmineServer.ts';

/** What only a real Redmine can prove. */
describe('Redmine, live', function () {
  this.timeout(180_000);
  const server = redmineServer();
  const account = redmineAccount(server);
  const raw = new RawRedmine(server);
  const lines: string[] = [];
  let lead: Backend;
  let bob: Backend;

  before(async () => {
    lead = await redmineBackend(account, server.keys.lead, (line) => lines.push(line));
    bob = await redmineBackend(account, server.keys.bob);
  });

  function ticket(what: string, fields: Record<string, unknown> = {}): Promise<string> {
    return raw.create('carol', { subject: unique(what), description: 'Please help.', ...fields });
  }

  async function ticketOfLeads(what: string): Promise<string> {
    const id = await ticket(what);
    await raw.change('bob', id, { assigned_to_id: Number(server.people.lead) });
    return id;
  }

  async function notesFor(who: 'carol' | 'admin', id: string): Promise<string[]> {
    const path = `/issues/${id}.json?include=journals`;
    const { issue } = await raw.as<{ issue: { journals: { notes: string }[] } }>(who, 'GET', path);
    return issue.journals.map(({ notes }) => notes).filter((notes) => notes !== '');
  }

  it('knows a change as taken that somebody else changed again at once', async () => {
    const id = await ticketOfLeads('at once');
    const other = () => raw.change('bob', id, { subject: 'Theirs' });
    await interfering(server.base, id, other, async (port) => {
      const url = `http://127.0.0.1:${port}`;
      const backend = await redmineBackend({ ...account, url }, server.keys.lead);
      await update(backend, id, { subject: 'Ours' });
    });
    assert.equal((await ticketOf(lead, id)).subject, 'Theirs');
  });

  describe('a note that Redmine would publish', () => {
    const note = post('note', 'internal', 'The customer is unfriendly.');

    it('does not leave where the right to keep it private is missing', async () => {
      const id = await ticket('open house', { project_id: 'open-house' });
      const refusal = error(await lead.apply(sending(id, note), calm));
      assert.equal(refusal.reason, 'unsupported');
      assert.match(refusal.message, /would publish.*Nothing was sent/);
      assert.deepEqual(await notesFor('admin', id), []);
      await apply(lead, id, post('reply', 'public', 'But this may be read.'));
      assert.deepEqual(await notesFor('carol', id), ['But this may be read.']);
    });

    it('does not leave when the right was lost since signing in', async () => {
      const id = await ticket('lost right');
      assert.equal(value(await lead.signIn(calm)).capabilities.internalNote, true);
      raw.grant(server.roles.agent, 'set_notes_private', false);
      try {
        for (const step of [note, { type: 'time', minutes: 5, note: 'Same with time.' } as const]) {
          assert.equal(error(await lead.apply(sending(id, step), calm)).reason, 'unsupported');
        }
        assert.deepEqual(await notesFor('admin', id), []);
        assert.equal(await raw.minutes(id), 0);
      } finally {
        raw.grant(server.roles.agent, 'set_notes_private', true);
      }
      await apply(lead, id, note);
      assert.deepEqual(await notesFor('admin', id), ['The customer is unfriendly.']);
      assert.deepEqual(await notesFor('carol', id), []);
    });

    it('is found out afterwards, and taken back, when the right goes while it is on its way', async () => {
      const id = await ticket('race');
      const plain = createGateway({
        account,
        token: () => Promise.resolve(server.keys.lead),
        authorise: (secret) => redmineKind.authorise(secret, account),
        log: () => undefined,
        now: () => Date.now(),
      });
      const racing: Gateway = {
        identity: () => plain.identity(),
        stream: (request) => plain.stream(request),
        request(request) {
          const isNote = request.method === 'PUT' && request.path.startsWith('/issues/');
          if (isNote) raw.grant(server.roles.agent, 'set_notes_private', false);
          return plain.request(request);
        },
      };
      const known = () => undefined;
      const late = await redmineKind.create({ account, gateway: racing, now: () => Date.now(), known });
      const watermark = (await ticketOf(late, id)).revision;
      try {
        const refusal = error(await late.apply(sending(id, note), calm));
        assert.equal(refusal.reason, 'rejected');
        assert.match(refusal.message, /published.*deleted there at once/);
        assert.deepEqual(await notesFor('carol', id), []);
        // The same, but nobody is there to take it back: settling says so, and does not send it again.
        await raw.change('lead', id, { notes: note.type === 'post' ? note.body : '', private_notes: true });
        const settled = error(await late.landed(sending(id, note, { revision: watermark }), calm));
        assert.match(settled.message, /published/);
      } finally {
        raw.grant(server.roles.agent, 'set_notes_private', true);
      }
    });

    it('is not written into the comment of logged time, which customers can read', async () => {
      const id = await ticket('time note');
      await apply(lead, id, { type: 'time', minutes: 20, note: 'Waited for them to wake up' });
      const { time_entries: times } = await raw.as<{ time_entries: { comments: string | null }[] }>(
        'carol',
        'GET',
        `/time_entries.json?issue_id=${id}`,
      );
      assert.deepEqual(
        times.map(({ comments }) => comments ?? ''),
        [''],
        'carol sees the time',
      );
      assert.deepEqual(await notesFor('carol', id), []);
      const entry = await entryWith(bob, id, 'wake up');
      assert.deepEqual([entry.visibility, entry.minutes], ['internal', 20]);
    });
  });

  it('notices what Redmine drops without a word', async () => {
    const carol = await redmineBackend(account, server.keys.carol);
    const id = await ticket('dropped');
    const step = { type: 'update', fields: { subject: 'By the customer' }, before: {} } as const;
    const refusal = error(await carol.apply(sending(id, step), calm));
    assert.deepEqual(
      [refusal.reason, refusal.reason === 'rejected' && refusal.field],
      ['rejected', 'subject'],
    );
    const { capabilities } = value(await carol.signIn(calm));
    assert.deepEqual(
      [capabilities.internalNote, capabilities.setStatus, capabilities.publicReply, capabilities.logTime],
      [false, false, true, false],
    );
  });

  it('refuses a change of a ticket that has moved on, as far as can be seen', async () => {
    const id = await ticketOfLeads('conflict');
    const { revision } = await ticketOf(lead, id);
    await update(bob, id, { subject: unique('by bob') });
    const step = { type: 'update', fields: { subject: 'by lead' }, before: {} } as const;
    assert.equal(error(await lead.apply(sending(id, step, { revision }), calm)).reason, 'conflict');
    const now = await ticketOf(lead, id);
    assert.match(now.subject, /by bob/);
    value(await lead.apply(sending(id, step, { revision: now.revision }), calm));
  });

  it('keeps custom fields of every type as they were, and shows them', async () => {
    const id = await ticketOfLeads('custom fields');
    const issue = await raw.issue(id);
    const idOf = (name: string) => issue.custom_fields.find((field) => field.name === name)!.id;
    await raw.change('bob', id, {
      custom_fields: [
        { id: idOf('Serial number'), value: 'SN <0> & "1"' },
        { id: idOf('Affected systems'), value: ['Mail', 'Printing'] },
        { id: idOf('Out of warranty'), value: '1' },
        { id: idOf('Purchased on'), value: '2026-02-28' },
      ],
    });
    const before = (await raw.issue(id)).custom_fields;
    await update(lead, id, { tier: 2, priority: 'Urgent', status: 'In Progress' });
    const after = (await raw.issue(id)).custom_fields;
    const others = (fields: typeof after) => fields.filter(({ name }) => name !== 'Escalation Tier');
    assert.deepEqual(others(after), others(before));
    assert.equal(after.find(({ name }) => name === 'Escalation Tier')?.value, '2');
    const shown = (await ticketOf(lead, id)).customFields;
    const values = (name: string) => shown.find((field) => field.name === name)?.values;
    assert.deepEqual(values('Affected systems'), ['Mail', 'Printing']);
    assert.deepEqual(values('Serial number'), ['SN <0> & "1"']);
    assert.equal(values('Escalation Tier'), undefined);
  });

  it('takes what is assigned to a group of ours for ours', async () => {
    const id = await ticket('group');
    const { cursor } = await catchUp(lead);
    await update(bob, id, { assignee: server.groups['Tier 1'] });
    const ticketForLead = (await pullAll(lead, cursor)).tickets.get(id);
    assert.deepEqual([ticketForLead?.mine, ticketForLead?.assignee?.name], [true, 'Tier 1']);
    assert.equal((await ticketOf(bob, id)).mine, false);
    assert.ok((await membersOf(lead, { kind: 'mine' })).has(id));
  });

  it('follows a ticket to another project, and misses one that was deleted', async () => {
    const [moved, deleted] = [await ticketOfLeads('moved'), await ticketOfLeads('deleted')];
    const { cursor } = await catchUp(lead);
    await raw.change('bob', moved, { project_id: 'tier-2' });
    await raw.as('admin', 'DELETE', `/issues/${deleted}.json`);
    const { tickets } = await pullAll(lead, cursor);
    assert.equal(tickets.get(moved)?.team, 'Tier 2');
    assert.equal(error(await lead.ticket(deleted, calm)).reason, 'not-found');
    const present = await membersOf(lead, { kind: 'mine' });
    assert.deepEqual([present.has(moved), present.has(deleted)], [true, false]);
  });

  it('loses nothing of many changes within a second, however the pulls fall between them', async () => {
    const ids = await Promise.all(Array.from({ length: 3 }, (_, index) => ticketOfLeads(`burst ${index}`)));
    let { cursor } = await catchUp(lead);
    const seen = new Map<string, string>();
    const progress = { finished: false };
    const writing = (async () => {
      for (const text of ['one', 'two']) {
        for (const id of ids) await raw.change('bob', id, { notes: text });
      }
      progress.finished = true;
    })();
    for (let last = false; !last;) {
      last = progress.finished;
      const pulled = await pullAll(lead, cursor);
      for (const [id, one] of pulled.tickets) seen.set(id, one.revision);
      cursor = pulled.cursor;
    }
    await writing;
    for (const id of ids) assert.equal(seen.get(id), (await ticketOf(lead, id)).revision);
  });

  it('pulls a saved query, in whatever order and groups it was saved', async () => {
    const word = unique('saved').replace(/\W/g, '');
    const ids = [await ticket(word), await ticket(`${word} too`)];
    const queryId = raw.inDatabase((database) => {
      const filters = `---\nsubject:\n  :operator: "~"\n  :values:\n  - ${word}\n`;
      const { lastInsertRowid } = database
        .prepare(
          `INSERT INTO queries (name, filters, user_id, visibility, type, group_by, sort_criteria)
           VALUES (?, ?, ?, 2, 'IssueQuery', 'status', ?)`,
        )
        .run('Saved', filters, Number(server.people.admin), '---\n- - subject\n  - desc\n');
      return Number(lastInsertRowid);
    });
    const scope: Scope = { kind: 'query', name: 'Saved', query: `query_id=${queryId}` };
    const first = await pullAll(lead, undefined, scope);
    assert.deepEqual([...first.tickets.keys()].sort(), ids.sort());
    await update(bob, ids[0]!, { status: 'In Progress' });
    const second = await pullAll(lead, first.cursor, scope);
    assert.equal(second.tickets.get(ids[0]!)?.status.name, 'In Progress');
    for (const query of ['no query', 'tracker=3', 'status_id=o&trakcer_id=3', '']) {
      const pages: unknown[] = [];
      for await (const page of lead.pull({ ...scope, query }, undefined, calm))
        pages.push(error(page).reason);
      assert.deepEqual(pages, ['rejected'], `Redmine would give everything for "${query}"`);
    }
  });

  it('says for whom a ticket was created, and lets them watch it', async () => {
    const id = await apply(lead, undefined, {
      type: 'create',
      ticket: {
        subject: unique('for carol'),
        description: 'She phoned.',
        requester: 'carol',
        team: 'Helpdesk',
        kind: 'request',
        channel: 'phone',
        tags: [],
      },
    });
    const created = await ticketOf(lead, id);
    assert.deepEqual([created.requester?.id, created.kind], [server.people.carol, 'request']);
    const [first] = await entriesOf(lead, id);
    assert.deepEqual(
      [first?.body?.text, first?.author.id, first?.fromRequester],
      ['She phoned.', server.people.lead, false],
    );
    assert.match((await raw.issue(id)).description, /^Requester: Carol Customer <carol@example.test>, user#/);
    assert.deepEqual(
      created.watchers?.map(({ name }) => name),
      ['Carol Customer'],
    );
    const stranger = await apply(lead, undefined, {
      type: 'create',
      ticket: {
        subject: unique('for a stranger'),
        description: 'At the door.',
        requester: 'visitor@elsewhere.test',
        kind: 'incident',
        channel: 'walk-in',
        tags: [],
      },
    });
    assert.equal((await ticketOf(lead, stranger)).requester?.name, 'visitor@elsewhere.test');
  });

  it('knows from the history who answered first, when it was solved, and how often it came back', async () => {
    const id = await ticketOfLeads('history');
    await raw.change('carol', id, { notes: 'Anybody?' });
    await apply(lead, id, post('note', 'internal', 'On it.'));
    assert.equal((await ticketOf(lead, id)).firstRespondedAt, undefined);
    await apply(lead, id, post('reply', 'public', 'We are on it.'));
    await update(lead, id, { status: 'Resolved' });
    const solved = await ticketOf(lead, id);
    assert.ok(solved.firstRespondedAt !== undefined && solved.resolvedAt !== undefined);
    assert.equal(solved.closedAt, undefined, 'Redmine does not count it as closed');
    await update(lead, id, { status: 'In Progress', assignee: server.people.bob });
    const again = await ticketOf(lead, id);
    assert.deepEqual([again.resolvedAt, again.reopenings, again.reassignments], [undefined, 1, 1]);
    await update(lead, id, { status: 'Closed' });
    assert.ok((await ticketOf(lead, id)).closedAt !== undefined);
  });

  it('takes text for Markdown only where Redmine does', async () => {
    const id = await ticket('markup');
    assert.equal((await entriesOf(lead, id))[0]?.body?.format, 'markdown');
    const setting = (format: string) =>
      raw.inDatabase((database) =>
        database
          .prepare("UPDATE settings SET value = ?, updated_on = ? WHERE name = 'text_formatting'")
          .run(format, new Date().toISOString().replace('T', ' ').replace('Z', '000')),
      );
    setting('textile');
    try {
      const fresh = await redmineBackend(account, server.keys.lead);
      assert.equal((await entriesOf(fresh, id))[0]?.body?.format, 'text');
    } finally {
      setting('common_mark');
    }
  });

  it('says clearly when the key is wrong, is none, or the URL is not a Redmine', async () => {
    const reasonOf = async (url: string, secret: string) => {
      const backend = await redmineBackend({ ...account, url }, secret);
      return error(await backend.signIn(calm)).reason;
    };
    assert.equal(await reasonOf(server.base, 'f'.repeat(40)), 'unauthorised');
    assert.equal(await reasonOf(server.base, ''), 'unauthorised');
    assert.equal(await reasonOf(`${server.base}/no/such/place`, server.keys.lead), 'protocol');
    assert.equal(await reasonOf('http://127.0.0.1:9', server.keys.lead), 'offline');
  });

  it('leaves no key in the log', () => {
    assert.ok(lines.length > 10);
    for (const line of lines) assert.doesNotMatch(line, /[0-9a-f]{40}/);
  });
});
