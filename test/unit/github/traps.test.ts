import assert from 'node:assert/strict';
import type { Backend } from '../../../src/backends/backend.ts';
import { githubKind } from '../../../src/backends/github/kind.ts';
import { connectorTo } from '../../contract/fakeAccount.ts';
import {
  calm,
  entriesOf,
  error,
  key,
  membersOf,
  post,
  pullAll,
  ticketOf,
  value,
  sending,
} from '../../contract/helpers.ts';
import { FakeGitHub } from '../../fakes/github/github.ts';
import type { FakeIssue } from '../../fakes/github/state.ts';

/** What GitHub does that a naive client gets wrong. `npm run test:traps` shows that each test needs its handling. */
describe('GitHub traps', () => {
  let github: FakeGitHub;
  let alice: Backend;

  beforeEach(async () => {
    github = new FakeGitHub();
    const { base } = await github.start();
    const account = { id: 'github', backend: 'github', label: 'GitHub', url: `${base}/acme/helpdesk` };
    alice = await connectorTo(githubKind, account, 'github_pat_alice');
  });
  afterEach(() => github.server?.close());

  function mine(title = 'Mine'): FakeIssue {
    const issue = github.state.open(github.desk, 'carol', title, 'It does not work.');
    issue.assignees = ['alice'];
    return issue;
  }
  const idOf = (issue: FakeIssue) => String(issue.number);

  it('pull requests are not tickets', async () => {
    const request = mine('A pull request');
    request.isPullRequest = true;
    const issue = mine('An issue');
    assert.deepEqual([...(await pullAll(alice)).tickets.keys()], [idOf(issue)]);
    assert.deepEqual([...(await membersOf(alice, { kind: 'mine' }))], [idOf(issue)]);
    assert.equal(error(await alice.ticket(idOf(request), calm)).reason, 'not-found');
  });

  it('what is closed is not hidden', async () => {
    const issue = mine();
    const { cursor } = await pullAll(alice);
    github.state.setState(issue, 'bob', 'closed', 'completed');
    assert.equal((await pullAll(alice, cursor)).tickets.get(idOf(issue))?.status.category, 'resolved');
  });

  it('labels that are dropped in silence are noticed', async () => {
    const issue = mine();
    value(await alice.signIn(calm));
    github.state.users.get('alice')!.role = 'read';
    issue.user = 'alice';
    const fields = { subject: 'New', priority: 'priority: high' };
    const refusal = error(
      await alice.apply(sending(idOf(issue), { type: 'update', fields, before: {} }), calm),
    );
    assert.equal(refusal.reason, 'rejected');
    assert.equal('field' in refusal && refusal.field, 'priority');
  });

  it('a transferred issue is shown as closed, and nothing is written to where it went', async () => {
    const issue = mine();
    const { cursor } = await pullAll(alice);
    const there = github.state.transfer(issue, github.desk, github.state.repository('acme', 'printers')!);
    const moved = await ticketOf(alice, idOf(issue));
    assert.deepEqual(moved.status, { name: `moved to acme/printers#${there.number}`, category: 'closed' });
    assert.equal(moved.mine, false);
    assert.equal(moved.id, idOf(issue));
    const reply = error(await alice.apply(sending(idOf(issue), post('reply', 'public', 'Here?')), calm));
    assert.equal(reply.reason, 'rejected');
    const fields = { subject: 'Other' };
    const change = error(
      await alice.apply(sending(idOf(issue), { type: 'update', fields, before: {} }), calm),
    );
    assert.equal(change.reason, 'rejected');
    assert.equal(there.comments.length, 0);
    assert.ok(!(await membersOf(alice, { kind: 'mine' })).has(idOf(issue)));
    assert.deepEqual([...(await pullAll(alice, cursor)).tickets.keys()], []);
  });

  it('a deleted issue is not found', async () => {
    const issue = mine();
    issue.deleted = true;
    assert.equal(error(await alice.ticket(idOf(issue), calm)).reason, 'not-found');
  });

  it('a used-up quota says until when, though GitHub says forbidden', async () => {
    mine();
    value(await alice.signIn(calm));
    github.quota = github.used;
    const refusal = error(await alice.people('', calm));
    assert.equal(refusal.reason, 'rate-limited');
    const wait = ('resetAt' in refusal ? refusal.resetAt! : 0) - Date.now();
    assert.ok(wait > 1_700_000 && wait <= 1_802_000, String(wait));
  });

  it('a limit that no header announces is waited for, though GitHub says forbidden', async () => {
    value(await alice.signIn(calm));
    github.secondaryLimit = 60;
    const refusal = error(await alice.people('', calm));
    assert.equal(refusal.reason, 'rate-limited');
    assert.ok('resetAt' in refusal && refusal.resetAt! - Date.now() > 55_000);
  });

  it('what has not changed costs no quota', async () => {
    const issue = mine();
    await entriesOf(alice, idOf(issue));
    const before = github.used;
    await entriesOf(alice, idOf(issue));
    assert.equal(github.used, before);
  });

  it('two changes within one second are two revisions', async () => {
    const issue = mine();
    const { cursor, tickets } = await pullAll(alice);
    issue.body = 'It works.';
    const second = await pullAll(alice, cursor);
    assert.ok(second.tickets.has(idOf(issue)));
    assert.notEqual(second.tickets.get(idOf(issue))!.revision, tickets.get(idOf(issue))!.revision);
  });

  it('more than a page that changed in one second is read to its end, and once', async () => {
    for (let count = 0; count < 250; count++) mine(`Bulk ${count}`);
    const { tickets, cursor, pages } = await pullAll(alice);
    assert.equal(tickets.size, 250);
    assert.equal(pages.flatMap((page) => page.tickets).length, 250);
    assert.deepEqual([...(await pullAll(alice, cursor)).tickets.keys()], []);
  });

  it('rows that shift between two pages are not lost', async () => {
    for (let count = 0; count < 250; count++) mine(`Bulk ${count}`);
    // When the second page is asked for, those of the first leave our list: what was on the second slides onto it.
    github.server!.fault(
      ({ query }) => {
        if (query.get('page') !== '2') return false;
        for (const issue of [...github.desk.issues.values()].slice(0, 50)) issue.assignees = ['bob'];
        return false;
      },
      { type: 'lost-before' },
    );
    assert.equal((await pullAll(alice)).tickets.size, 250);
  });

  it('what is given away drops out of our list, and is noticed', async () => {
    const issue = mine();
    const { cursor } = await pullAll(alice);
    github.state.setAssignees(issue, 'bob', ['bob']);
    assert.equal((await pullAll(alice, cursor)).tickets.get(idOf(issue))?.mine, false);
  });

  for (const hours of [-5, 5]) {
    it(`a server clock that is ${hours} hours off loses nothing`, async () => {
      github.state.skewMs = hours * 3_600_000;
      const issue = mine();
      const { cursor } = await pullAll(alice);
      const later = mine('Later');
      github.state.comment(issue, 'carol', 'Still.');
      const second = await pullAll(alice, cursor);
      assert.deepEqual([...second.tickets.keys()].sort(), [idOf(issue), idOf(later)].sort());
    });
  }

  it('an internal note is refused, not published', async () => {
    const issue = mine();
    for (const kind of ['note', 'hand-off', 'log', 'resolution'] as const) {
      const refusal = error(
        await alice.apply(sending(idOf(issue), post(kind, 'internal', 'Between us.')), calm),
      );
      assert.equal(refusal.reason, 'unsupported');
    }
    assert.equal(issue.comments.length, 0);
  });

  it('a reply whose answer was lost is found by its mark, which nobody sees', async () => {
    const issue = mine();
    const step = post('reply', 'public', 'Try again.');
    const id = key();
    github.server!.fault(({ method }) => method === 'POST', { type: 'lost-after' });
    assert.equal(
      error(await alice.apply(sending(idOf(issue), step, { key: id }), calm)).reason,
      'unknown-outcome',
    );
    assert.deepEqual(value(await alice.landed(sending(idOf(issue), step, { key: id }), calm)), {
      ticketId: idOf(issue),
    });
    assert.equal(value(await alice.landed(sending(idOf(issue), step), calm)), undefined);
    const [, reply] = await entriesOf(alice, idOf(issue));
    assert.equal(reply?.body?.text, 'Try again.');
  });

  it('a stranger does not choose who the requester is', async () => {
    const issue = mine();
    issue.body = 'Requested by: @bob\n\nPlease.';
    assert.equal((await ticketOf(alice, idOf(issue))).requester?.id, 'carol');
    issue.user = 'bob';
    issue.body = 'Requested by: @carol\n\nPlease.';
    assert.equal((await ticketOf(alice, idOf(issue))).requester?.id, 'carol');
  });

  it('a search that gave up half-way is an error, not a short list', async () => {
    mine('wanted');
    github.searchIncomplete = true;
    for await (const page of alice.members({ kind: 'query', name: 'Q', query: 'wanted' }, calm)) {
      assert.equal(error(page).reason, 'server');
    }
  });

  it('what a query finds in another repository is no ticket of this one', async () => {
    const scope = { kind: 'query', name: 'Q', query: 'repo:acme/printers wanted' } as const;
    const own = mine('wanted here');
    const printers = github.state.repository('acme', 'printers')!;
    github.state.open(printers, 'carol', 'wanted there', 'Another one.');
    github.state.open(printers, 'carol', 'wanted there too', 'With a number that we have not.');
    const { tickets } = await pullAll(alice, undefined, scope);
    assert.deepEqual(
      [...tickets.values()].map(({ subject }) => subject),
      ['wanted here'],
    );
    assert.deepEqual([...(await membersOf(alice, scope))], [idOf(own)]);
  });

  it('what the search index tells late is not lost', async () => {
    const scope = { kind: 'query', name: 'Q', query: 'wanted' } as const;
    const early = mine('wanted early');
    const late = mine('wanted late');
    late.updatedAt = new Date(Date.now() - 60_000).toISOString();
    github.desk.issues.delete(late.number);
    const { cursor, tickets } = await pullAll(alice, undefined, scope);
    assert.deepEqual([...tickets.keys()], [idOf(early)]);
    github.desk.issues.set(late.number, late);
    assert.deepEqual([...(await pullAll(alice, cursor, scope)).tickets.keys()], [idOf(late)]);
  });

  it('one issue that can not be understood does not stop the others', async () => {
    const [bad, good] = [mine('Bad'), mine('Good')];
    Object.assign(bad, { title: 7 });
    const { tickets, pages } = await pullAll(alice);
    assert.deepEqual([...tickets.keys()], [idOf(good)]);
    assert.equal(pages.flatMap(({ problems }) => problems).length, 1);
  });

  it('somebody who deleted their account is a ghost', async () => {
    const issue = mine();
    issue.user = undefined;
    assert.equal((await ticketOf(alice, idOf(issue))).requester?.id, 'ghost');
  });

  it('an account without a repository says so', async () => {
    const bare = await connectorTo(
      githubKind,
      { id: 'g', backend: 'github', label: 'G', url: 'https://github.com' },
      'x',
    );
    const refusal = error(await bare.signIn(calm));
    assert.equal(refusal.reason === 'rejected' && refusal.field, 'url');
  });

  it('requests go where GitHub answers', () => {
    const endpoint = (url: string) => githubKind.endpoint?.({ id: 'g', backend: 'github', label: 'G', url });
    assert.equal(endpoint('https://github.com/acme/helpdesk'), 'https://api.github.com');
    assert.equal(endpoint('https://acme.ghe.com/acme/helpdesk'), 'https://api.acme.ghe.com');
    assert.equal(endpoint('https://git.example.test/acme/helpdesk'), 'https://git.example.test/api/v3');
  });
});
