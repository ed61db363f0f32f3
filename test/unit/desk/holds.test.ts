import assert from 'node:assert/strict';
import { holdsAt, labelsOf } from '../../../src/desk/policy/holds.ts';
import type { RuleConditions } from '../../../src/desk/policy/policy.ts';
import type { Entry } from '../../../src/desk/entry.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import { aTicket, dueIn, hour, minute, now, paused } from '../../shared/tickets.ts';

const labels = labelsOf([]);
const holds = (when: RuleConditions, ticket: Partial<Ticket> = {}, entries: readonly Entry[] = []) =>
  holdsAt({ when }, aTicket(ticket), entries, labels, now);

function said(text: string, more: Partial<Entry> = {}): Entry {
  return {
    id: text,
    at: now - minute,
    author: { id: 'carol', name: 'Carol' },
    kind: 'reply',
    visibility: 'public',
    body: { text, format: 'text' },
    changes: [],
    attachments: [],
    fromRequester: true,
    ...more,
  };
}

describe('what a rule names', () => {
  it('is asked of open tickets only', () => {
    assert.ok(holds({ kind: ['incident'] }));
    assert.ok(!holds({ kind: ['problem'] }));
    assert.ok(!holds({ kind: ['incident'] }, { status: { name: 'Solved', category: 'resolved' } }));
  });

  it('may be a tag or a team, in capitals or not', () => {
    assert.ok(holds({ tag: ['vip'] }, { tags: ['VIP'] }));
    assert.ok(!holds({ tag: ['vip'] }, { tags: ['vip2'] }));
    assert.ok(holds({ team: ['network'] }, { team: 'Network' }));
    assert.ok(!holds({ team: ['network'] }, { team: 'Helpdesk' }));
  });

  it('may be a service level that comes near, though not while it rests', () => {
    const before: RuleConditions = { breach: 30 * minute };
    assert.ok(holds(before, { sla: [dueIn(20 * minute)] }));
    assert.ok(!holds(before, { sla: [dueIn(40 * minute)] }));
    assert.ok(!holds(before, { sla: [paused] }));
    assert.ok(!holds(before, { sla: [{ ...dueIn(20 * minute), state: 'paused' }] }));
    assert.ok(holds({ breach: 0 }, { sla: [dueIn(-minute)] }));
  });

  it('may be how long it is open', () => {
    assert.ok(holds({ unresolved: hour }, { createdAt: now - hour }));
    assert.ok(!holds({ unresolved: hour }, { createdAt: now - hour + 1 }));
  });

  it('may be how often the requester wrote again, in public', () => {
    const opened = said('It burns');
    const again = said('Hello?');
    assert.ok(holds({ replies: 1 }, {}, [opened, again]));
    assert.ok(!holds({ replies: 1 }, {}, [opened]), 'what opened it is no reply');
    assert.ok(!holds({ replies: 1 }, {}, [opened, { ...again, visibility: 'internal' }]));
    assert.ok(!holds({ replies: 1 }, {}, [opened, { ...again, fromRequester: false }]));
    assert.ok(!holds({ replies: 2 }, {}, [opened, again]));
  });

  it('may be words of the subject or of the requester, whole ones', () => {
    const words: RuleConditions = { words: ['fire', 'c++'] };
    assert.ok(holds(words));
    const quiet = { subject: 'The printer' };
    assert.ok(holds(words, quiet, [said('C++ fails')]));
    assert.ok(!holds(words, quiet, [said('the firewall')]));
    assert.ok(!holds(words, quiet, [said('fire', { fromRequester: false })]), 'a colleague said it');
  });

  it('has to hold all at the same time', () => {
    const when: RuleConditions = { kind: ['incident'], reassignments: 2 };
    assert.ok(holds(when, { reassignments: 2 }));
    assert.ok(!holds(when, { reassignments: 1 }));
    assert.ok(!holds(when, { reassignments: 2, kind: 'request' }));
  });
});
