import assert from 'node:assert/strict';
import type { Reason } from '../../../src/desk/errors.ts';
import { accountStatus, statusText, type StatusInput } from '../../../src/editor/statusText.ts';
import { operation } from '../store/fixtures.ts';
import { plain } from './plain.ts';

function account(reason?: Exclude<Reason, 'rate-limited'>) {
  return { label: 'RT', error: reason && { reason, message: '' }, lastSyncedAt: 1 };
}

function says(given: Partial<StatusInput>) {
  const input = {
    busy: false,
    offline: false,
    accounts: [account()],
    outbox: [],
    store: undefined,
    ...given,
  };
  return statusText(input, { time: () => '14:05', t: plain });
}

const limited: StatusInput['accounts'][number] = {
  label: 'RT',
  error: { reason: 'rate-limited', message: '', resetAt: 2 },
  lastSyncedAt: 1,
};
const [queued, sending, conflict] = (['queued', 'sending', 'conflict'] as const).map((state) =>
  operation('o', { state }),
);

describe('the status bar', () => {
  it('is only an icon while all is well, and still says so aloud', () => {
    assert.deepEqual(says({}), { text: '$(inbox)', spoken: 'Deskside: in sync', alert: false });
  });

  for (const [name, given, text, alert] of [
    ['a sync, without a word to read', { busy: true }, '$(sync~spin)', false],
    ['that one works offline', { offline: true }, '$(circle-slash) working offline', false],
    [
      'what waits then, whatever is out of reach',
      { offline: true, outbox: [queued!], accounts: [account('unauthorised')] },
      '$(circle-slash) working offline, 1 in outbox',
      false,
    ],
    ['what waits', { outbox: [queued!, sending!] }, '$(cloud-upload) 2 in outbox', false],
    ['being offline', { accounts: [account('offline')] }, '$(debug-disconnect) offline', false],
    [
      'what waits offline',
      { accounts: [account('offline')], outbox: [queued!] },
      '$(debug-disconnect) offline, 1 in outbox',
      false,
    ],
    ['an account that needs its user', { accounts: [account('unauthorised')] }, '$(error) RT: problem', true],
    [
      'until when a server wants to be left alone',
      { accounts: [limited] },
      '$(watch) waits until 14:05',
      false,
    ],
    [
      'what can not be reached before what wants to be left alone',
      { accounts: [limited, account('offline')] },
      '$(debug-disconnect) offline',
      false,
    ],
    [
      'that nothing can be written down, before all',
      { store: { reason: 'storage', message: '' }, outbox: [conflict!] },
      '$(error) nothing can be saved',
      true,
    ],
    [
      'what needs a decision, before what waits',
      { busy: true, outbox: [queued!, conflict!] },
      '$(warning) 1 not sent',
      true,
    ],
  ] as const) {
    it(`tells ${name}`, () => {
      const said = says(given);
      assert.equal(said.text, text);
      assert.equal(said.alert, alert);
      assert.ok(!said.spoken.includes('$('), said.spoken);
    });
  }

  it('says of each account when it was synced, and of one out of reach when it is tried again', () => {
    const needs = { explain: () => 'It can’t be reached.', time: (at: number) => `${at}:00`, t: plain };
    const status = (more: object) => accountStatus({ ...account(), ...more }, needs);
    assert.equal(status({}), 'synced 1:00');
    assert.equal(status({ lastSyncedAt: undefined }), 'not synced yet');
    const offline = { reason: 'offline', message: '' };
    assert.equal(
      status({ error: offline, notBefore: 2 }),
      'It can’t be reached. The next try is at 2:00. (synced 1:00)',
    );
    const refused = { reason: 'unauthorised', message: '' };
    assert.equal(status({ error: refused, notBefore: 2 }), 'It can’t be reached. (synced 1:00)');
  });
});
