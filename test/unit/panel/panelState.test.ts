import assert from 'node:assert/strict';
import type { Entry } from '../../../src/desk/entry.ts';
import { emptyHandOff, formatHandOff } from '../../../src/desk/handOff.ts';
import type { Operation } from '../../../src/desk/operation.ts';
import { formatResolution } from '../../../src/desk/resolutionNote.ts';
import type { Person, Ticket } from '../../../src/desk/ticket.ts';
import type { AccountState } from '../../../src/store/api.ts';
import { longestBody, panelState, type PanelSources } from '../../../src/editor/panel/panelState.ts';
import {
  fixtureEntries,
  fixtureNow,
  fixtureState,
  fixtureTicket,
  refused,
  waiting,
} from '../../shared/panelFixture.ts';
import { run } from '../../shared/runs.ts';

const ref = { accountId: 'rt', id: '1234' };
const bob = { id: 'bob', name: 'Bob' };

interface Store {
  entries?: Entry[];
  outbox?: Operation[];
  account?: AccountState;
  gone?: boolean;
  others?: Ticket[];
}

function sources(store: Store = {}, more: Partial<PanelSources> = {}): PanelSources {
  return {
    reader: {
      ticket: () => (store.gone ? undefined : fixtureTicket),
      entries: () => store.entries ?? [],
      hasTimeline: () => store.entries !== undefined,
      outbox: () => store.outbox ?? [],
      linksOf: () => fixtureState.links,
      runs: () => [run()],
      accountState: () => store.account,
      search: () => (store.others ?? []).map((ticket) => ({ ticket, excerpt: '' })),
    },
    accountLabel: 'Request Tracker',
    composer: fixtureState.composer,
    seenUntil: undefined,
    problem: undefined,
    ticked: () => [],
    explain: (error) => `explained: ${error.reason}`,
    now: fixtureNow,
    ...more,
  };
}

describe('the state of a ticket panel', () => {
  it('tells what was followed, and how far', () => {
    const { state } = panelState(ref, sources())!;
    assert.deepEqual(
      state.runs.map(({ title, settled, steps }) => [title, settled, steps]),
      [['Printer queue is stuck', 0, 3]],
    );
  });

  it('is none for a ticket that is not in the store', () => {
    assert.equal(panelState(ref, sources({ gone: true })), undefined);
  });

  it('tells a timeline that was never fetched from an empty one', () => {
    assert.equal(panelState(ref, sources())?.state.entryCount, undefined);
    assert.equal(panelState(ref, sources({ entries: [] }))?.state.entryCount, 0);
  });

  it('names the tickets it is tied to as far as they are known here', () => {
    const relations = [{ kind: 'related' as const, ticketId: '9', key: 'RT-9' }];
    const other = { ...fixtureTicket, id: '9', key: 'RT-9', subject: 'The cause', kind: 'problem' as const };
    const { reader } = sources();
    const tied = { ...fixtureTicket, relations };
    const shown = (known: boolean) =>
      panelState(ref, {
        ...sources(),
        reader: { ...reader, ticket: ({ id }) => (id === '9' ? (known ? other : undefined) : tied) },
      })?.state.relatives;
    assert.deepEqual(shown(false), relations);
    assert.deepEqual(shown(true), [{ ...relations[0], subject: 'The cause', ticketKind: 'problem' }]);
  });

  it('leaves a hand-off to others for who gave it, until they have it back', () => {
    const [first] = fixtureEntries;
    assert.ok(first);
    const text = formatHandOff({ to: 'Network (tier 2)', sections: emptyHandOff().sections });
    const handOff: Entry = { ...first, author: bob, kind: 'hand-off', body: { text, format: 'markdown' } };
    const isOwn = (me: Person, assignee?: Person) => {
      const account = { accountId: 'rt', me, problems: [] };
      const { reader } = sources({ entries: [handOff], account });
      const ticket = () => ({ ...fixtureTicket, assignee });
      return panelState(ref, { ...sources(), reader: { ...reader, ticket } })?.state.handOff?.isOwn;
    };
    const carla = { id: 'carla', name: 'Carla' };
    assert.equal(isOwn(bob), true);
    assert.equal(isOwn(bob, carla), true);
    assert.equal(isOwn(bob, bob), false);
    assert.equal(isOwn(carla), false);
  });

  it('gives only the beginning of a long body, and says how long it is', () => {
    const [first] = fixtureEntries;
    assert.ok(first);
    const long: Entry = { ...first, body: { text: 'x'.repeat(5_000_000), format: 'html' } };
    const shown = panelState(ref, sources({ entries: [long, ...fixtureEntries.slice(1)] }));
    assert.equal(shown?.entries[0]?.body?.text.length, longestBody);
    assert.deepEqual(shown.state.cut, { [long.id]: 5_000_000 });
    assert.equal(long.body?.text.length, 5_000_000);
  });

  it('says what solved the ticket once: not in the text of its note too', () => {
    const resolution = fixtureEntries.find(({ kind }) => kind === 'resolution');
    assert.ok(resolution?.body && resolution.link);
    const text = formatResolution(resolution.body.text, resolution.link);
    const entries: Entry[] = [{ ...resolution, body: { text, format: 'markdown' } }];
    assert.deepEqual(panelState(ref, sources({ entries }))?.entries[0]?.body?.text, resolution.body.text);
  });

  it('holds this ticket\u2019s operations only, their errors as sentences, their files left out', () => {
    const attach: Operation = {
      ...waiting,
      id: 'attach',
      steps: [{ type: 'attach', name: 'a.zip', mediaType: 'x/y', base64: 'AAAA', visibility: 'internal' }],
    };
    const elsewhere = { ...waiting, id: 'elsewhere', ticketId: '99' };
    const otherAccount = { ...waiting, id: 'other', accountId: 'local' };
    const state = panelState(
      ref,
      sources({ outbox: [elsewhere, waiting, refused, otherAccount, attach] }),
    )?.state;
    assert.deepEqual(
      state?.pending.map(({ id }) => id),
      [waiting.id, refused.id, 'attach'],
    );
    assert.equal(state.pending[1]?.error?.message, 'explained: forbidden');
    assert.ok(!JSON.stringify(state.pending).includes('AAAA'));
  });

  it('names other tickets of the same person on the same account', () => {
    const others = [
      fixtureTicket,
      { ...fixtureTicket, id: '2' },
      { ...fixtureTicket, id: '3', requester: { id: 'carol2', name: 'Carol Ojukwu' } },
      { ...fixtureTicket, id: '4', accountId: 'local' },
    ];
    const { state } = panelState(ref, sources({ others }))!;
    assert.deepEqual(
      state.others.map(({ id }) => id),
      ['2'],
    );
  });

  it('marks the first entry by someone else since the user last looked', () => {
    const entries = fixtureEntries;
    const account: AccountState = { accountId: 'rt', me: bob, problems: [] };
    const seenUntil = (id: string) => entries.find((entry) => entry.id === id)?.at;
    const firstNew = (seen: number | undefined) =>
      panelState(ref, sources({ entries, account }, { seenUntil: seen }))?.state.firstNew;
    assert.equal(firstNew(undefined), undefined);
    // e10 is the backend's, e8 and e9 are Bob's own.
    assert.equal(firstNew(seenUntil('e7')), 'e11');
    assert.equal(firstNew(seenUntil('e11')), undefined);
  });
});
