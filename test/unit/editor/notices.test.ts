import assert from 'node:assert/strict';
import type { Reason } from '../../../src/desk/errors.ts';
import type { AccountState } from '../../../src/store/api.ts';
import { noticesOf, offlineMessage } from '../../../src/editor/tickets/notices.ts';
import { plain } from './plain.ts';

const accounts = [
  { id: 'local', backend: 'local', label: 'Local desk' },
  { id: 'rt', backend: 'rt', label: 'RT', url: 'https://rt.example.com' },
];

function condition(state: Partial<AccountState> | undefined) {
  return {
    accounts,
    state: (id: string) => (id === 'rt' && state ? { accountId: id, problems: [], ...state } : undefined),
    settingProblems: [],
    storeProblem: undefined,
  };
}

function failed(reason: Exclude<Reason, 'rate-limited'>, lastSyncedAt?: number) {
  return condition({ error: { reason, message: 'said' }, lastSyncedAt });
}

const time = (at: number) => `at ${at}`;

describe('what the tree says of accounts', () => {
  it('is nothing while all is well, or nothing is known yet', () => {
    for (const fine of [condition(undefined), condition({ lastSyncedAt: 7 })]) {
      assert.deepEqual(noticesOf(fine, plain), []);
      assert.equal(offlineMessage(fine, time, plain), undefined);
    }
  });

  for (const reason of [
    'unauthorised',
    'forbidden',
    'server',
    'tls',
    'protocol',
    'not-found',
    'storage',
  ] as const) {
    it(`is a row of its own for "${reason}"`, () => {
      const [notice, ...others] = noticesOf(failed(reason), plain);
      assert.deepEqual(others, []);
      assert.ok(notice?.type === 'account' && notice.accountId === 'rt' && notice.error.reason === reason);
      assert.equal(offlineMessage(failed(reason), time, plain), undefined);
    });
  }

  it('is a line above the tickets while offline, with the last time it worked', () => {
    assert.deepEqual(noticesOf(failed('offline', 7), plain), []);
    assert.equal(offlineMessage(failed('offline', 7), time, plain), 'RT can’t be reached: last synced at 7.');
    assert.equal(
      offlineMessage(failed('offline'), time, plain),
      'RT can’t be reached and was never synced.',
      'never an empty queue',
    );
  });

  it('is nothing for a sync the user cancelled', () => {
    assert.deepEqual(noticesOf(failed('cancelled'), plain), []);
    assert.equal(offlineMessage(failed('cancelled'), time, plain), undefined);
  });

  it('names what of tickets, settings and store could not be read', () => {
    const notices = noticesOf(
      {
        ...condition({ problems: ['There is no team.'], leftOut: ['RT-7 has no subject.'] }),
        settingProblems: [{ position: 2, field: 'url' }],
        storeProblem: { reason: 'storage', message: 'The disk is full.' },
      },
      plain,
    );
    assert.deepEqual(
      notices.map((notice) => notice.type === 'problems' && notice.problems),
      [
        ['The disk is full.'],
        ['"deskside.accounts": entry 2 is left out because of its "url".'],
        ['There is no team.', 'RT-7 has no subject.'],
      ],
    );
  });
});
