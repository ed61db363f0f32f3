import assert from 'node:assert/strict';
import type { Reason } from '../../../src/desk/errors.ts';
import { whyWaits } from '../../../src/desk/waits.ts';
import { queuedManyText, queuedText } from '../../../src/editor/outbox/queuedText.ts';
import { plain } from './plain.ts';

describe('what is said of something that was queued', () => {
  const said = (workingOffline: boolean, reason?: Exclude<Reason, 'rate-limited'>) => {
    const waits = whyWaits(workingOffline, reason && { reason, message: '' });
    return queuedText({ waits, sent: 'RT-12: on its way', label: 'RT-12', account: 'Helpdesk' }, plain);
  };

  it('is that it is on its way where the account answers', () => {
    assert.equal(said(false), '$(check) RT-12: on its way');
    assert.equal(
      said(false, 'forbidden'),
      '$(check) RT-12: on its way',
      'what could not be read is another matter',
    );
  });

  it('is that it waits in the outbox, and for what, where the account does not', () => {
    assert.equal(said(true), '$(inbox) RT-12: waits in the outbox until you go online');
    const unreachable = '$(inbox) RT-12: waits in the outbox until Helpdesk can be reached';
    assert.equal(said(false, 'offline'), unreachable);
    assert.equal(said(false, 'tls'), unreachable);
    assert.equal(
      said(false, 'unauthorised'),
      '$(inbox) RT-12: waits in the outbox until you sign in to Helpdesk',
    );
  });

  it('is how much of it waits, where it went to several tickets', () => {
    const many = (...waits: Parameters<typeof queuedManyText>[1]) => queuedManyText('Queued.', waits, plain);
    assert.equal(many(undefined, undefined), 'Queued.');
    assert.equal(many('unreachable', undefined, 'by-choice'), 'Queued. 2 of 3 wait in the outbox.');
    assert.equal(many('signed-out', 'signed-out'), 'Queued. All wait in the outbox.');
    assert.equal(many('signed-out'), 'Queued. It waits in the outbox.');
  });
});
