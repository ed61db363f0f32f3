import assert from 'node:assert/strict';
import type { Backend } from '../../../src/backends/backend.ts';
import { gitlabKind } from '../../../src/backends/gitlab/kind.ts';
import { connectorTo } from '../../contract/fakeAccount.ts';
import { calm, entriesOf, error, post, pullAll, ticketOf, value, sending } from '../../contract/helpers.ts';
import { FakeGitLab, type FakeIssue } from '../../fakes/gitlab/gitlab.ts';

/** What GitLab does that a naive client gets wrong. `npm run test:traps` shows that each test needs its handling. */
describe('GitLab traps', () => {
  let gitlab: FakeGitLab;
  let alice: Backend;

  beforeEach(async () => {
    gitlab = new FakeGitLab();
    const { base } = await gitlab.start();
    const account = { id: 'gitlab', backend: 'gitlab', label: 'GitLab', url: `${base}/acme/helpdesk` };
    alice = await connectorTo(gitlabKind, account, 'glpat-alice');
  });
  afterEach(() => gitlab.server?.close());

  function mine(title = 'Mine'): FakeIssue {
    const issue = gitlab.open('carol', title, 'It does not work.');
    issue.assignees = ['alice'];
    return issue;
  }
  const idOf = (issue: FakeIssue) => String(issue.iid);
  const note = post('note', 'internal', 'Between us.');

  it('the default scope is what I created, not what is mine', async () => {
    const issue = mine();
    const { cursor, tickets } = await pullAll(alice);
    assert.ok(tickets.has(idOf(issue)));
    gitlab.setAssignees(issue, 'bob', ['bob']);
    assert.equal((await pullAll(alice, cursor)).tickets.get(idOf(issue))?.mine, false);
  });

  it('a limit that no header announces is a limit', async () => {
    const issue = mine();
    gitlab.notesLeft = 0;
    const refusal = error(await alice.apply(sending(idOf(issue), post('reply', 'public', 'Hello.')), calm));
    assert.equal(refusal.reason, 'rate-limited');
  });

  it('a server that does not know internal notes gets none', async () => {
    gitlab.version = '15.1.0';
    const issue = mine();
    assert.equal(value(await alice.signIn(calm)).capabilities.internalNote, false);
    assert.equal(error(await alice.apply(sending(idOf(issue), note), calm)).reason, 'unsupported');
    assert.equal(gitlab.server!.exchanges.filter(({ request }) => request.method === 'POST').length, 0);
  });

  it('a note that became public all the same is deleted at once', async () => {
    const issue = mine();
    value(await alice.signIn(calm));
    gitlab.version = '15.1.0';
    assert.equal(error(await alice.apply(sending(idOf(issue), note), calm)).reason, 'unsupported');
    assert.equal(issue.notes.length, 0);
  });

  it('labels that are dropped in silence are noticed', async () => {
    const issue = gitlab.open('alice', 'Own', 'x');
    value(await alice.signIn(calm));
    gitlab.users[0]!.access = 10;
    const fields = { subject: 'New', priority: 'priority::high' };
    const refusal = error(
      await alice.apply(sending(idOf(issue), { type: 'update', fields, before: {} }), calm),
    );
    assert.equal(refusal.reason === 'rejected' && refusal.field, 'priority');
  });

  it('a moved issue is shown as closed, and nothing is written to it', async () => {
    const issue = mine();
    issue.movedToId = 9001;
    issue.state = 'closed';
    const ticket = await ticketOf(alice, idOf(issue));
    assert.deepEqual(ticket.status, { name: 'moved to another project', category: 'closed' });
    assert.equal(ticket.mine, false);
    const reply = error(await alice.apply(sending(idOf(issue), post('reply', 'public', 'Here?')), calm));
    assert.equal(reply.reason, 'rejected');
    assert.equal(issue.notes.length, 0);
  });

  it('labels and states are other lists than notes, and are in the timeline', async () => {
    const issue = mine();
    gitlab.addLabel(issue, 'bob', 'status::waiting');
    gitlab.setState(issue, 'bob', 'closed');
    const changes = (await entriesOf(alice, idOf(issue))).flatMap((entry) => entry.changes);
    assert.deepEqual(
      changes.map(({ field, from, to }) => [field, from, to]),
      [
        ['status', 'open', 'status::waiting'],
        ['status', 'status::waiting', 'closed'],
      ],
    );
  });

  it('a label that a colleague sets meanwhile stays', async () => {
    const issue = mine();
    gitlab.server!.fault(
      ({ method }) => {
        if (method === 'PUT') gitlab.addLabel(issue, 'bob', 'bug');
        return false;
      },
      { type: 'lost-before' },
    );
    const fields = { priority: 'priority::high' };
    value(await alice.apply(sending(idOf(issue), { type: 'update', fields, before: {} }), calm));
    assert.deepEqual(issue.labels, ['bug', 'priority::high']);
  });

  it('who writes to the Service Desk is the customer, not the bot', async () => {
    const issue = gitlab.open('support-bot', 'By mail', 'Help.');
    issue.serviceDeskReplyTo = 'carol@example.test';
    gitlab.note(issue, 'support-bot', 'Still broken.');
    const ticket = await ticketOf(alice, idOf(issue));
    assert.equal(ticket.requester?.email, 'carol@example.test');
    assert.equal(ticket.channel, 'e-mail');
    const entries = await entriesOf(alice, idOf(issue));
    assert.deepEqual(
      entries.map(({ fromRequester }) => fromRequester),
      [true, true],
    );
  });

  it('a confidential issue is no secret from who wrote it', async () => {
    const issue = gitlab.open('support-bot', 'By mail', 'Help.');
    issue.serviceDeskReplyTo = 'carol@example.test';
    issue.confidential = true;
    const [opening] = await entriesOf(alice, idOf(issue));
    assert.equal(opening?.visibility, 'public');
    assert.equal(opening.kind, 'reply');
    issue.description = 'Requested by: Carol\n\nFor us.';
    issue.author = 'bob';
    assert.equal((await entriesOf(alice, idOf(issue)))[0]?.visibility, 'internal');
  });

  it('times are read as GitLab writes them', async () => {
    const issue = mine();
    gitlab.note(issue, 'bob', 'added 1d 2h 5m of time spent at 2026-01-02', { system: true });
    gitlab.note(issue, 'bob', 'subtracted 30m of time spent', { system: true });
    const minutes = (await entriesOf(alice, idOf(issue))).flatMap((entry) => entry.minutes ?? []);
    assert.deepEqual(minutes, [605, -30]);
  });

  it('an account without a project says so', async () => {
    const bare = await connectorTo(
      gitlabKind,
      { id: 'g', backend: 'gitlab', label: 'G', url: 'https://gitlab.com' },
      'x',
    );
    const refusal = error(await bare.signIn(calm));
    assert.equal(refusal.reason === 'rejected' && refusal.field, 'url');
  });
});
