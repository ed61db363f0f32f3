import assert from 'node:assert/strict';
import type { Backend } from '../../../src/backends/backend.ts';
import { dataCenter } from '../../../src/backends/jira/edition.ts';
import { jiraDataCenterKind } from '../../../src/backends/jira/kind.ts';
import { connectorTo } from '../../contract/fakeAccount.ts';
import { calm, membersOf, post, sending, value } from '../../contract/helpers.ts';
import { FakeJira } from '../../fakes/jira/jira.ts';

/** What Data Center does that a naive client gets wrong. `npm run test:traps` shows that each test needs its handling. */
describe('Jira Data Center traps', () => {
  let jira: FakeJira;
  let alice: Backend;

  beforeEach(async () => {
    jira = new FakeJira('Data Center');
    const { base: url } = await jira.start();
    alice = await connectorTo(
      jiraDataCenterKind,
      { id: 'jira', backend: 'jira-dc', label: 'Jira', url },
      'token-alice',
    );
  });
  afterEach(() => jira.server?.close());

  const open = () => {
    const issue = jira.open('carol', 'Broken', 'It *is*.');
    issue.assignee = 'alice';
    return issue;
  };

  it('a page with fewer than asked for is not the end', async () => {
    for (let count = 0; count < 9; count++) open();
    jira.pageSize = 2;
    assert.equal((await membersOf(alice, { kind: 'mine' })).size, 9);
  });

  it('what is internal is known by the property only', async () => {
    const issue = open();
    value(await alice.apply(sending(issue.id, post('note', 'internal', 'Between us.')), calm));
    const { entries } = value(await alice.timeline(issue.id, calm));
    assert.equal(entries.find(({ body }) => body?.text === 'Between us.')?.visibility, 'internal');
    assert.equal(issue.comments.length, 1);
  });

  it('what only a role or a group may read is internal', async () => {
    const issue = open();
    jira.comment(issue, 'bob', 'Behind their back.', { restrictedTo: 'Administrators' });
    const { entries } = value(await alice.timeline(issue.id, calm));
    assert.equal(entries.find(({ body }) => body?.text === 'Behind their back.')?.visibility, 'internal');
  });

  it('time whose answer was lost is known by what it says, and by when', async () => {
    const issue = open();
    const step = { type: 'time', minutes: 15, note: 'Tried *all*.' } as const;
    value(await alice.apply(sending(issue.id, step), calm));
    const { revision } = value(await alice.ticket(issue.id, calm));
    assert.equal(value(await alice.landed(sending(issue.id, step, { revision }), calm)), undefined);
    value(await alice.apply(sending(issue.id, step), calm));
    assert.deepEqual(value(await alice.landed(sending(issue.id, step, { revision }), calm)), {
      ticketId: issue.id,
    });
  });

  it('a file is asked for where it lies below our address, whatever Jira calls itself', () => {
    const content = 'https://internal-name.example/jira/secure/attachment/7/log.txt';
    assert.equal(dataCenter.filePath({ id: '7', content }), '/secure/attachment/7/log.txt');
    assert.equal(dataCenter.filePath({ id: '7', content: 'https://elsewhere.example/x' }), undefined);
  });

  it('text goes there as wiki markup, and comes back as Markdown', async () => {
    const issue = open();
    value(await alice.apply(sending(issue.id, post('reply', 'public', '**Done**, see `lpq`.')), calm));
    assert.equal(issue.comments[0]?.body, '*Done*, see {{lpq}}.');
    const { entries } = value(await alice.timeline(issue.id, calm));
    assert.deepEqual(
      entries.map(({ body }) => body?.text),
      ['It **is**.', '**Done**, see `lpq`.'],
    );
  });
});
