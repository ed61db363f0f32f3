import assert from 'node:assert/strict';
import type { Backend } from '../../../src/backends/backend.ts';
import { adfOf } from '../../../src/backends/jira/fromMarkdown.ts';
import { jiraKind } from '../../../src/backends/jira/kind.ts';
import type { Step } from '../../../src/desk/operation.ts';
import type { Scope } from '../../../src/desk/scope.ts';
import { connectorTo } from '../../contract/fakeAccount.ts';
import { calm, error, post, pullAll, ticketOf, update, value, sending } from '../../contract/helpers.ts';
import { FakeJira } from '../../fakes/jira/jira.ts';

/** What Jira does that a naive client gets wrong. `npm run test:traps` shows that each test needs its handling. */
describe('Jira traps', () => {
  let jira: FakeJira;
  let alice: Backend;

  beforeEach(async () => {
    jira = new FakeJira();
    const { base: url } = await jira.start();
    const account = { id: 'jira', backend: 'jira', label: 'Jira', url, user: 'alice@example.test' };
    alice = await connectorTo(jiraKind, account, 'token-alice');
  });
  afterEach(() => jira.server?.close());

  const open = (project = 'HELP') => {
    const issue = jira.open('5b10:carol', 'Broken', { ...adfOf('It is.') }, project);
    issue.assignee = '5b10:alice';
    return issue;
  };
  const note = post('note', 'internal', 'Between us.');

  it('a project that is no service desk would publish a note', async () => {
    const issue = open('OPS');
    assert.equal(error(await alice.apply(sending(issue.id, note), calm)).reason, 'unsupported');
    assert.equal(issue.comments.length, 0);
    assert.equal(jira.server!.exchanges.filter(({ request }) => request.method === 'POST').length, 0);
  });

  it('a note that became public all the same is deleted at once', async () => {
    const issue = open();
    jira.publishes = true;
    assert.equal(error(await alice.apply(sending(issue.id, note), calm)).reason, 'unsupported');
    assert.equal(issue.comments.length, 0);
  });

  it('what we changed is found although the search index is behind', async () => {
    const issue = open();
    issue.updated -= 600_000;
    const { cursor } = await pullAll(alice);
    jira.lagMs = 120_000;
    await update(alice, issue.id, { subject: 'Renamed' });
    assert.equal((await pullAll(alice, cursor)).tickets.get(issue.id)?.subject, 'Renamed');
  });

  it('what the index tells late is not lost', async () => {
    const [early, late] = [open(), open()];
    late.updated -= 120_000;
    jira.issues.delete(late.id);
    const { cursor, tickets } = await pullAll(alice);
    assert.deepEqual([...tickets.keys()], [early.id]);
    jira.issues.set(late.id, late);
    assert.ok((await pullAll(alice, cursor)).tickets.has(late.id));
  });

  it('a query without a condition asks for everything, and is not asked', async () => {
    const { exchanges } = jira.server!;
    const before = exchanges.length;
    const scope: Scope = { kind: 'query', name: 'All', query: 'ORDER BY updated DESC' };
    for await (const page of alice.pull(scope, undefined, calm)) {
      const { reason, message } = error(page);
      assert.equal(reason, 'rejected');
      assert.match(message, /condition/);
    }
    assert.equal(exchanges.length, before);
  });

  it('a query may have the words of an order in quotes', async () => {
    const scope: Scope = { kind: 'query', name: 'Q', query: `summary ~ "Order by mail" order by created` };
    for await (const page of alice.pull(scope, undefined, calm)) value(page);
    const jql = jira.server!.exchanges.findLast(({ request }) => request.query.has('jql'))?.request.query;
    assert.equal(jql?.get('jql'), '(summary ~ "Order by mail") ORDER BY updated ASC, key ASC');
  });

  it('the requester of a new ticket is who has just that name or address, and nobody like them', async () => {
    const [customer] = jira.users.filter(({ displayName }) => displayName === 'Carol Customer');
    jira.users.unshift({
      ...customer!,
      accountId: '5b10:carola',
      displayName: 'Carola Customer',
      emailAddress: 'x.carol@example.test',
      token: 'token-carola',
    });
    const create = (requester: string) => {
      const more = { description: 'It is.', kind: 'incident', channel: 'phone' } as const;
      const step: Step = { type: 'create', ticket: { subject: 'Broken', requester, tags: [], ...more } };
      return alice.apply(sending(undefined, step), calm);
    };
    for (const requester of ['carol customer', ' carol@example.test']) {
      const { ticketId } = value(await create(requester));
      assert.equal(jira.issueOf(ticketId).reporter, '5b10:carol');
    }
    const before = jira.issues.size;
    for (const requester of ['Caro', 'Carol', 'example.test']) {
      const refusal = error(await create(requester));
      assert.equal(refusal.reason === 'rejected' && refusal.field, 'requester');
    }
    jira.users.push({ ...customer!, accountId: '5b10:carol2', emailAddress: 'c2@example.test' });
    assert.match(error(await create('Carol Customer')).message, /several/);
    assert.equal(jira.issues.size, before);
  });

  it('what only a role or a group may read is internal', async () => {
    const issue = open();
    jira.comment(issue, '5b10:bob', adfOf('Behind their back.'), { restrictedTo: 'Administrators' });
    const { entries } = value(await alice.timeline(issue.id, calm));
    assert.equal(entries.find(({ body }) => body?.text === 'Behind their back.')?.visibility, 'internal');
  });

  it('the same page token again is an error, not an endless list', async () => {
    for (let count = 0; count < 9; count++) open();
    jira.pageSize = 2;
    jira.stuck = true;
    const seen: string[] = [];
    for await (const page of alice.members({ kind: 'mine' }, calm))
      seen.push(page.ok ? 'page' : page.error.reason);
    assert.equal(seen.at(-1), 'protocol');
    assert.ok(seen.length < 5);
  });

  it('a status whose screen asks for a resolution gets one', async () => {
    const issue = open();
    await update(alice, issue.id, { status: 'Resolved' });
    assert.equal(issue.status, 'Resolved');
  });

  it('a service level that waits has no end', async () => {
    const issue = open();
    issue.paused = true;
    const { ticket } = value(await alice.timeline(issue.id, calm));
    assert.deepEqual(ticket.sla, [{ target: 'resolution', state: 'paused', source: 'backend' }]);
  });

  it('a text that was edited in Jira is shown as it is now', async () => {
    const issue = open();
    value(await alice.apply(sending(issue.id, post('reply', 'public', 'First.')), calm));
    issue.comments[0]!.body = { ...adfOf('Second.') };
    const { entries } = value(await alice.timeline(issue.id, calm));
    assert.equal(entries[1]?.body?.text, 'Second.');
  });

  const file = { name: 'log.txt', mediaType: 'text/plain', base64: Buffer.from('x').toString('base64') };

  it('a file that became public all the same is deleted at once', async () => {
    const issue = open();
    jira.publishes = true;
    const withFile = { ...note, files: [file] };
    const refusal = error(await alice.apply(sending(issue.id, withFile), calm));
    assert.equal(refusal.reason, 'unsupported');
    assert.deepEqual([issue.comments, issue.files], [[], []]);
  });

  it('a project that is no service desk would publish a file', async () => {
    const issue = open('OPS');
    const step = { type: 'attach', visibility: 'internal', ...file } as const;
    assert.equal(error(await alice.apply(sending(issue.id, step), calm)).reason, 'unsupported');
    assert.deepEqual(issue.files, []);
    value(await alice.apply(sending(issue.id, { ...step, visibility: 'public' }), calm));
    assert.equal(issue.files.length, 1);
  });

  it('a file is asked for without a redirect, whose address would expire and have no token', async () => {
    const issue = open();
    value(await alice.apply(sending(issue.id, { type: 'attach', visibility: 'public', ...file }), calm));
    const stream = value(await alice.attachment(issue.id, issue.files[0]!, calm));
    assert.equal(await new Response(stream).text(), 'x');
  });

  it('more changes of ours than Jira reconciles at once do not break the search', async () => {
    for (let count = 0; count < 55; count++) await update(alice, open().id, { subject: `Renamed ${count}` });
    assert.equal((await pullAll(alice)).tickets.size, 55);
  });

  it('changes are asked for in minutes back, as dates are read in the zone of a profile', async () => {
    const issue = open();
    const { cursor } = await pullAll(alice);
    await update(alice, issue.id, { subject: 'Renamed' });
    assert.equal((await pullAll(alice, cursor)).tickets.get(issue.id)?.subject, 'Renamed');
  });

  it('a conflict is told as such, and nothing is taken for done', async () => {
    const issue = open();
    jira.server!.fault(({ method }) => method === 'PUT', { type: 'answer', answer: { status: 409 } });
    const step = { type: 'update', fields: { subject: 'New' }, before: {} } as const;
    assert.equal(error(await alice.apply(sending(issue.id, step), calm)).reason, 'conflict');
    assert.equal(issue.summary, 'Broken');
  });

  it('a limit is told with the time when it ends', async () => {
    const limited = { status: 429, headers: { 'retry-after': '30' }, body: {} };
    const { id } = open();
    jira.server!.fault(({ path }) => path.includes('/issue/'), { type: 'answer', answer: limited });
    const before = Date.now();
    const refusal = error(await alice.ticket(id, calm));
    assert.ok(refusal.reason === 'rate-limited' && (refusal.resetAt ?? 0) >= before + 25_000);
  });

  it('the text that came with a file is shown as it was typed', async () => {
    const { id } = open();
    const reply = { ...post('reply', 'public', 'See **the log**!'), files: [file] };
    value(await alice.apply(sending(id, reply), calm));
    const { entries } = value(await alice.timeline(id, calm));
    assert.deepEqual(
      entries.slice(1).map(({ body, attachments }) => [body?.text, attachments.map(({ name }) => name)]),
      [['See **the log**!', ['log.txt']]],
    );
  });

  it('a status whose screen insists on a field says so before, and takes it', async () => {
    const issue = open();
    const { statusFields = {} } = value(await alice.vocabulary(issue.id, calm));
    assert.deepEqual(statusFields.Escalated, [
      {
        id: 'customfield_10103',
        name: 'Cause',
        type: 'choice',
        choices: ['Hardware', 'Software', 'User'],
        required: true,
      },
    ]);
    const step = (custom: Record<string, string[]>) =>
      sending(issue.id, { type: 'update', fields: { status: 'Escalated', custom }, before: {} });
    const refusal = error(await alice.apply(step({}), calm));
    assert.match(refusal.message, /asks for "Cause"/);
    assert.equal(error(await alice.apply(step({ customfield_10103: ['Weather'] }), calm)).reason, 'rejected');
    assert.equal(issue.status, 'Waiting for support');
    value(await alice.apply(step({ customfield_10103: ['User'], customfield_10101: ['SN-1'] }), calm));
    assert.deepEqual(
      [issue.status, issue.custom.customfield_10103, issue.custom.customfield_10101],
      ['Escalated', { value: 'User' }, 'SN-1'],
    );
  });

  it('a custom field that we do not understand is shown, not offered, and never touched', async () => {
    const issue = open();
    issue.custom.customfield_10107 = [{ accountId: '5b10:bob', displayName: 'Bob Builder' }];
    const { customFields = [] } = value(await alice.vocabulary(issue.id, calm));
    assert.ok(!customFields.some(({ name }) => name === 'Approvers'));
    const shown = (await ticketOf(alice, issue.id)).customFields.find(({ name }) => name === 'Approvers');
    assert.deepEqual(shown?.values, ['Bob Builder']);
    const fields = { custom: { customfield_10107: ['Alice'] }, subject: 'New' };
    const refusal = error(await alice.apply(sending(issue.id, { type: 'update', fields, before: {} }), calm));
    assert.equal(refusal.reason, 'rejected');
    assert.ok(!jira.server!.exchanges.some(({ request }) => request.method === 'PUT'));
  });

  it('a clock that was set back is asked as far back as it was set', async () => {
    const issue = open();
    const { cursor } = await pullAll(alice);
    jira.clockMs = -3_600_000;
    await ticketOf(alice, issue.id);
    await update(alice, issue.id, { subject: 'Renamed' });
    assert.equal((await pullAll(alice, cursor)).tickets.get(issue.id)?.subject, 'Renamed');
  });

  it('a service level comes with the list, and does not vanish with the next change', async () => {
    const issue = open();
    const { tickets } = await pullAll(alice);
    const { ticket } = value(await alice.timeline(issue.id, calm));
    assert.equal(ticket.sla[0]?.state, 'running');
    assert.deepEqual(tickets.get(issue.id)?.sla, ticket.sla);
    assert.ok(!ticket.customFields.some(({ name }) => /resolution/i.test(name)), 'and is no field');
  });
});
