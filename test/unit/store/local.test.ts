import { strict as assert } from 'node:assert';
import { draft, entry, storeTests, ticket, value, type TestStore } from './fixtures.ts';

describe('store: tables of the local desk', () => {
  const tests = storeTests();

  async function created(): Promise<TestStore> {
    const store = await tests.open();
    const create = { key: 'create', ticket: ticket(0, { id: '', key: '' }), entries: [entry('e1', 'Help')] };
    assert.equal(value(await store.writer.run('localCreate', create)), 'DESK-1');
    assert.equal(value(await store.writer.run('localCreate', create)), 'DESK-1', 'the same step again');
    return store;
  }

  function change({ reader }: TestStore, key: string, subject: string) {
    const { ticket: current } = reader.localTicket('DESK-1')!;
    const entries = [entry(key, subject)];
    return { key, revision: current.revision, ticket: { ...current, subject }, entries, files: [] };
  }

  it('number new tickets, and skip numbers that an import has taken', async () => {
    const { reader, writer } = await created();
    value(await writer.run('localImport', [{ ticket: ticket(9, { key: 'desk-2' }), entries: [] }]));
    const next = { key: 'next', ticket: ticket(0, { id: '', key: '' }), entries: [] };
    assert.equal(value(await writer.run('localCreate', next)), 'DESK-3');
    assert.equal(reader.localTicket('DESK-3')?.ticket.key, 'DESK-3');
  });

  it('take a step once, and only on the revision it was meant for', async () => {
    const store = await created();
    const { reader, writer } = store;
    const first = change(store, 'first', 'One');
    const second = change(store, 'second', 'Two');
    assert.equal(value(await writer.run('localApply', first)), 'done');
    assert.equal(value(await writer.run('localApply', first)), 'already');
    assert.equal(value(await writer.run('localApply', second)), 'stale');
    assert.equal(value(await writer.run('localApply', change(store, 'second', 'Two'))), 'done');
    const { ticket: now, entries } = reader.localTicket('DESK-1')!;
    assert.equal(now.subject, 'Two');
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['e1', 'first', 'second'],
    );
    assert.equal(reader.localApplied('second'), 'DESK-1');
    assert.equal(reader.localApplied('third'), undefined);
  });

  it('give changes in their order, page by page', async () => {
    const store = await created();
    const { reader, writer } = store;
    const imported = [2, 3, 4].map((n) => ({ ticket: ticket(n, { key: `INC000${n}` }), entries: [] }));
    value(await writer.run('localImport', imported));
    value(await writer.run('localApply', change(store, 'later', 'Later')));
    const seen: string[] = [];
    let sequence = 0;
    for (;;) {
      const page = reader.localChanges(sequence, 2);
      if (page.tickets.length === 0) break;
      assert.ok(page.sequence > sequence);
      seen.push(...page.tickets.map((local) => local.ticket.key));
      ({ sequence } = page);
    }
    assert.deepEqual(seen, ['INC0002', 'INC0003', 'INC0004', 'DESK-1']);
    assert.deepEqual(reader.localKeyPrefixes(), ['DESK-', 'INC']);
  });

  it('replace what is imported again, but not what somebody worked on', async () => {
    const { reader, writer } = await tests.open();
    const local = (n: number, subject: string) => ({
      ticket: ticket(n, { key: `INC${n}`, subject }),
      entries: [entry(`${n}-1`, subject)],
    });
    const first = await writer.run('localImport', [local(1, 'old'), local(2, 'old')]);
    assert.deepEqual(value(first), { added: 2, replaced: 0, kept: 0 });
    const { ticket: worked } = reader.localTicket('2')!;
    value(
      await writer.run('localApply', {
        key: 'work',
        revision: worked.revision,
        ticket: { ...worked, subject: 'mine' },
        entries: [],
        files: [],
      }),
    );
    const again = await writer.run('localImport', [local(1, 'new'), local(2, 'new'), local(3, 'new')]);
    assert.deepEqual(value(again), { added: 1, replaced: 1, kept: 1 });
    assert.equal(reader.localTicket('1')?.ticket.subject, 'new');
    assert.equal(reader.localTicket('1')?.entries.length, 1);
    assert.equal(reader.localTicket('2')?.ticket.subject, 'mine');
  });

  it('keep an id for one ticket, whatever an import calls its own', async () => {
    const { reader, writer } = await created();
    const other = { ticket: ticket(7, { id: 'DESK-1', key: 'INC7' }), entries: [entry('x', 'Other')] };
    value(await writer.run('localImport', [other]));
    assert.equal(reader.localTicket('DESK-1')?.ticket.key, 'DESK-1');
    assert.equal(reader.localTicket('DESK-1-2')?.ticket.key, 'INC7');
  });

  it('import all or nothing', async () => {
    const { reader, writer } = await tests.open();
    const broken = {
      ticket: ticket(2, { key: 'INC2' }),
      entries: [{ ...entry('e', 'x'), author: undefined as never }],
    };
    const result = await writer.run('localImport', [
      { ticket: ticket(1, { key: 'INC1' }), entries: [] },
      broken,
    ]);
    assert.equal(result.ok || result.error.reason, 'storage');
    assert.deepEqual(reader.localChanges(0, 9).tickets, []);
  });

  it('know everybody who is named, and nobody else', async () => {
    const { reader, writer } = await created();
    const names = () => reader.localPeople().map(({ name }) => name);
    assert.deepEqual(names(), ['Alice Agent', 'Carol Jones']);
    const dave = { id: 'dave', name: 'Dave' };
    const recorded = {
      ...entry('s', ''),
      visibility: 'system',
      author: { id: 'desk', name: 'Desk' },
    } as const;
    const sample = {
      ticket: ticket(5, { key: 'INC5', assignee: dave, team: 'Network' }),
      entries: [recorded],
    };
    value(await writer.run('localImport', [sample]));
    assert.deepEqual(names(), ['Alice Agent', 'Carol Jones', 'Dave']);
    assert.deepEqual(reader.localTeams(), ['Network']);
    value(await writer.run('localRemove', ['5']));
    assert.deepEqual(names(), ['Alice Agent', 'Carol Jones']);
    assert.deepEqual(reader.localTeams(), []);
    assert.equal(reader.localTicket('5'), undefined);
  });

  it('hold files, each with its ticket', async () => {
    const store = await created();
    const { reader, writer } = store;
    const bytes = Uint8Array.from([0, 1, 254, 255]);
    value(await writer.run('localApply', { ...change(store, 'f', 'File'), files: [{ id: 'file', bytes }] }));
    assert.deepEqual(Uint8Array.from(reader.localFile('DESK-1', 'file')!), bytes);
    assert.equal(reader.localFile('DESK-2', 'file'), undefined);
    value(await writer.run('localRemove', ['DESK-1']));
    assert.equal(reader.localFile('DESK-1', 'file'), undefined);
  });
});

describe('store: drafts and links', () => {
  const tests = storeTests();

  it('keep the newest draft of a kind for a ticket', async () => {
    const { reader, writer } = await tests.open();
    value(await writer.run('saveDraft', draft('one', 'older', { savedAt: 1 })));
    value(await writer.run('saveDraft', draft('two', 'newer', { savedAt: 2 })));
    value(await writer.run('saveDraft', draft('three', 'a note', { kind: 'note', savedAt: 3 })));
    value(
      await writer.run('saveDraft', draft('four', 'new ticket', { kind: 'new-ticket', ticketId: undefined })),
    );
    const ref = { accountId: 'a', id: '1' };
    assert.equal(reader.draftFor('reply', ref)?.text, 'newer');
    assert.equal(reader.draftFor('note', ref)?.text, 'a note');
    assert.equal(reader.draftFor('reply', { accountId: 'b', id: '1' }), undefined);
    value(await writer.run('saveDraft', draft('one', 'newest', { savedAt: 4 })));
    assert.equal(reader.draftFor('reply', ref)?.text, 'newest');
    value(await writer.run('deleteDraft', 'one'));
    assert.equal(reader.draftFor('reply', ref)?.text, 'newer');
    assert.equal(reader.draft('one'), undefined);
    assert.equal(reader.drafts().length, 3);
  });

  it('find a link from both ends, by the id of a document before its path', async () => {
    const { reader, writer } = await tests.open();
    const link = (id: string, document: { id?: string; path: string }) => ({
      id,
      ticket: { accountId: 'a', id: '1' },
      ticketKey: 'DESK-1',
      document: { title: 'VPN', ...document },
      at: 1,
      by: 'alice',
    });
    value(await writer.run('putLink', link('l1', { id: 'vpn', path: 'old/vpn.md' })));
    value(await writer.run('putLink', link('l2', { path: 'printer.md' })));
    const ids = (links: { id: string }[]) => links.map(({ id }) => id);
    assert.deepEqual(ids(reader.linksOf({ accountId: 'a', id: '1' })), ['l1', 'l2']);
    assert.deepEqual(ids(reader.linksTo({ id: 'vpn', path: 'new/vpn.md' })), ['l1'], 'it was moved');
    assert.deepEqual(ids(reader.linksTo({ path: 'printer.md' })), ['l2']);
    value(await writer.run('deleteLink', 'l1'));
    assert.deepEqual(ids(reader.linksOf({ accountId: 'a', id: '1' })), ['l2']);
  });
});
