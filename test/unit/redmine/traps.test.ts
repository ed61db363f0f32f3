import { strict as assert } from 'node:assert';
import type { Backend } from '../../../src/backends/backend.ts';
import { redmineKind } from '../../../src/backends/redmine/kind.ts';
import { connectorTo } from '../../contract/fakeAccount.ts';
import {
  calm,
  error,
  membersOf,
  post,
  pullAll,
  sending,
  ticketOf,
  update,
  value,
} from '../../contract/helpers.ts';
import { FakeRedmine } from '../../fakes/redmine/redmine.ts';
import { people } from '../../fakes/redmine/wire.ts';

/** What Redmine does that a naive client gets wrong. `npm run test:traps` shows that each test needs its handling. */
describe('Redmine traps', () => {
  let redmine: FakeRedmine;
  let alice: Backend;

  beforeEach(async () => {
    redmine = new FakeRedmine();
    const { base: url } = await redmine.start();
    const account = { id: 'redmine', backend: 'redmine', label: 'Redmine', url };
    alice = await connectorTo(redmineKind, account, people.alice.key);
  });
  afterEach(() => redmine.server?.close());

  const note = post('note', 'internal', 'Between us.');
  const asked = () => redmine.server!.exchanges.map(({ request }) => request);
  const puts = () => asked().filter(({ method }) => method === 'PUT');

  it('a private note without the right would be public, so it does not leave', async () => {
    const { id } = redmine.open('Broken');
    redmine.rights.delete('set_notes_private');
    assert.equal(error(await alice.apply(sending(String(id), note), calm)).reason, 'unsupported');
    assert.deepEqual(puts(), []);
  });

  it('the right is asked for anew before each private note', async () => {
    const { id } = redmine.open('Broken');
    assert.equal(value(await alice.signIn(calm)).capabilities.internalNote, true);
    redmine.rights.delete('set_notes_private');
    assert.equal(error(await alice.apply(sending(String(id), note), calm)).reason, 'unsupported');
    assert.deepEqual(puts(), []);
  });

  it('a private note that became public on its way is taken back, and told', async () => {
    const issue = redmine.open('Broken');
    redmine.before = ({ method }) => method === 'PUT' && redmine.rights.delete('set_notes_private');
    const refusal = error(await alice.apply(sending(String(issue.id), note), calm));
    assert.match(refusal.message, /published.*deleted there at once/);
    assert.deepEqual(
      issue.journals.map(({ notes }) => notes),
      [''],
    );
  });

  it('a note that Redmine published is not sent again when its fate is settled', async () => {
    const issue = redmine.open('Broken');
    const { revision } = await ticketOf(alice, String(issue.id));
    redmine.change(issue, { notes: 'Between us.' }, people.alice.id);
    const settled = await alice.landed(sending(String(issue.id), note, { revision }), calm);
    assert.match(error(settled).message, /published/);
  });

  it('who changed it in between is found out by comparing, as no lock is told and no condition heeded', async () => {
    const issue = redmine.open('Broken');
    const { revision } = await ticketOf(alice, String(issue.id));
    redmine.change(issue, { subject: 'By bob' });
    const step = { type: 'update', fields: { subject: 'By alice' }, before: {} } as const;
    const refusal = error(await alice.apply(sending(String(issue.id), step, { revision }), calm));
    assert.equal(refusal.reason, 'conflict');
    assert.equal(issue.subject, 'By bob');
  });

  it('two changes within one second are two revisions', async () => {
    const issue = redmine.open('Broken');
    redmine.change(issue, { notes: 'One' });
    const { revision } = await ticketOf(alice, String(issue.id));
    redmine.change(issue, { notes: 'Two' });
    assert.notEqual((await ticketOf(alice, String(issue.id))).revision, revision);
  });

  it('no lock is sent that could only be stale', async () => {
    const issue = redmine.open('Broken');
    redmine.change(issue, { notes: 'One' });
    await update(alice, String(issue.id), { subject: 'New' });
    assert.equal(issue.subject, 'New');
  });

  it('a field that is dropped in silence is noticed', async () => {
    const issue = redmine.open('Broken');
    redmine.rights.delete('edit_issues');
    const step = { type: 'update', fields: { subject: 'New' }, before: {} } as const;
    const refusal = error(await alice.apply(sending(String(issue.id), step), calm));
    assert.deepEqual([refusal.reason, 'field' in refusal && refusal.field], ['rejected', 'subject']);
  });

  it('a status that Redmine would drop is refused before it takes the rest', async () => {
    const issue = redmine.open('Broken');
    const step = { type: 'update', fields: { subject: 'New', status: 'Nonsense' }, before: {} } as const;
    const refusal = error(await alice.apply(sending(String(issue.id), step), calm));
    assert.deepEqual(['field' in refusal && refusal.field, puts()], ['status', []]);
  });

  it('a note that is dropped in silence is noticed', async () => {
    const issue = redmine.open('Broken');
    redmine.before = ({ method }) => method === 'PUT' && redmine.rights.delete('add_issue_notes');
    const reply = post('reply', 'public', 'Hello.');
    assert.equal(error(await alice.apply(sending(String(issue.id), reply), calm)).reason, 'rejected');
  });

  it('times are asked for in the one form that Redmine reads', async () => {
    redmine.now -= 86_400;
    redmine.open('Old');
    redmine.now += 86_400;
    redmine.open('New');
    const { cursor } = await pullAll(alice);
    const before = asked().length;
    await pullAll(alice, cursor);
    const lists = asked()
      .slice(before)
      .filter(({ path }) => path === '/issues.json');
    assert.deepEqual(
      lists.map(({ query }) => /^>=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(query.get('updated_on') ?? '')),
      [true],
    );
  });

  it('what the filter gives twice, as it begins early, is one change', async () => {
    const issue = redmine.open('Broken');
    const { cursor } = await pullAll(alice);
    redmine.now += 10;
    redmine.change(issue, { notes: 'One' });
    redmine.now += 10;
    const first = await pullAll(alice, cursor);
    assert.ok(first.tickets.has(String(issue.id)));
    const second = await pullAll(alice, first.cursor);
    assert.deepEqual([...second.tickets.keys()], []);
  });

  it('a second change within the second of the last pull is not lost', async () => {
    const issue = redmine.open('Broken');
    const { cursor } = await pullAll(alice);
    redmine.change(issue, { notes: 'In the same second' });
    const { tickets } = await pullAll(alice, cursor);
    assert.equal(tickets.get(String(issue.id))?.revision, (await ticketOf(alice, String(issue.id))).revision);
  });

  it('what is closed is not hidden', async () => {
    const { id } = redmine.open('Solved', { status: 5 });
    assert.ok((await pullAll(alice)).tickets.has(String(id)));
  });

  it('a list of more than the server gives at once is read to its end', async () => {
    for (let count = 0; count < 120; count++) redmine.open(`Ticket ${count}`);
    assert.equal((await membersOf(alice, { kind: 'mine' })).size, 120);
  });

  it('people are found though agents may not list them', async () => {
    redmine.open('Broken');
    const found = value(await alice.people('bob', calm));
    assert.deepEqual(
      found.map(({ id }) => id),
      [String(people.bob.id)],
    );
    assert.ok(!asked().some(({ path }) => path === '/users.json' || path === '/groups.json'));
  });

  it('what may be set is known though agents may not see definitions', async () => {
    const { id } = redmine.open('Broken');
    const { statuses } = value(await alice.vocabulary(String(id), calm));
    assert.ok(statuses.some(({ name }) => name === 'Closed'));
  });

  it('what was given away or deleted drops out of our list, and is noticed', async () => {
    const [given, deleted] = [redmine.open('Given'), redmine.open('Deleted')];
    const { cursor } = await pullAll(alice);
    redmine.now += 5;
    given.assignee = people.bob.id;
    redmine.change(given, { notes: 'Mine now.' });
    redmine.issues.delete(deleted.id);
    const { tickets } = await pullAll(alice, cursor);
    assert.equal(tickets.get(String(given.id))?.mine, false);
    assert.equal(error(await alice.ticket(String(deleted.id), calm)).reason, 'not-found');
    assert.equal((await membersOf(alice, { kind: 'mine' })).size, 0);
  });
});
