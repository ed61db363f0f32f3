import assert from 'node:assert/strict';
import type { Reason } from '../../../src/desk/errors.ts';
import { statusText, type StatusInput } from '../../../src/editor/statusText.ts';
import { plain } from './plain.ts';

function account(reason?: Exclude<Reason, 'rate-limited'>) {
  return { label: 'RT', error: reason && { reason, message: '' }, lastSyncedAt: 1 };
}

function says(given: Partial<StatusInput>) {
  return statusText({ busy: false, accounts: [account()], outbox: [], ...given }, plain);
}

describe('the status bar', () => {
  it('is only an icon while all is well, and still says so aloud', () => {
    assert.deepEqual(says({}), { text: '$(inbox)', spoken: 'Deskside: in sync', alert: false });
  });

  for (const [name, given, text, alert] of [
    ['a sync', { busy: true }, '$(sync~spin) syncing', false],
    ['what waits', { outbox: ['queued', 'sending'] }, '$(cloud-upload) 2 in outbox', false],
    ['being offline', { accounts: [account('offline')] }, '$(debug-disconnect) offline', false],
    [
      'what waits offline',
      { accounts: [account('offline')], outbox: ['queued'] },
      '$(debug-disconnect) offline, 1 in outbox',
      false,
    ],
    ['an account that needs its user', { accounts: [account('unauthorised')] }, '$(error) RT: problem', true],
    [
      'what needs a decision, before all',
      { busy: true, outbox: ['queued', 'conflict'] },
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
});
