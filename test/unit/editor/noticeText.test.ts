import assert from 'node:assert/strict';
import { eventKinds, type EventKind } from '../../../src/desk/events.ts';
import { groupText, noticeText } from '../../../src/editor/notifications/noticeText.ts';
import type { Notice } from '../../../src/sync/notices.ts';
import { aTicket, dueIn, minute, now } from '../../shared/tickets.ts';
import { plain } from './plain.ts';

function notice(kind: EventKind, who?: string): Notice {
  const ticket = aTicket({ key: 'RT-7', sla: [dueIn(-minute), dueIn(12 * minute - 1)] });
  return { event: { key: kind, kind, ref: ticket, at: now, ...(who && { who }) }, ticket, keys: [kind] };
}

describe('a notification', () => {
  it('says who did what to which ticket', () => {
    const said = eventKinds.map((kind) => noticeText(notice(kind, 'Carol'), now, plain));
    assert.deepEqual(said, [
      'RT-7 is overdue: The printer is on fire',
      'RT-7 is due in 12 min: The printer is on fire',
      'Carol answered RT-7: The printer is on fire',
      'Carol mentioned you in RT-7: The printer is on fire',
      'Carol gave you RT-7: The printer is on fire',
      'RT-7 is new: The printer is on fire',
    ]);
    assert.match(noticeText(notice('assigned'), now, plain), /^Somebody gave you/);
  });

  it('counts where there are several, the most pressing first', () => {
    const several = [notice('new'), notice('answered'), notice('new'), notice('slaBreached')];
    assert.equal(groupText(several, plain), '4 tickets: 1 overdue, 1 answered, 2 new');
  });
});
