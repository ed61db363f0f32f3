import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Rule } from '../../../src/desk/policy/policy.ts';
import { dryRunText } from '../../../src/editor/policy/dryRunText.ts';
import { actionText, conditionText } from '../../../src/editor/policy/ruleText.ts';
import { aTicket } from '../../shared/tickets.ts';
import { plain } from './plain.ts';
import { unaligned } from '../../shared/unaligned.ts';

describe('what a dry run says', () => {
  const rule: Rule = {
    name: 'Handed around',
    when: { reassignments: 3, priority: [1, 2], unresolved: 8 * 3_600_000 },
    then: 'suggest',
    to: 'Tier 2',
  };

  it('counts what fired and what was right, and names each ticket with what came of it', () => {
    const text = dryRunText(
      {
        outcomes: [
          {
            rule,
            firings: [
              { ticket: aTicket({ key: 'RT-1', subject: 'VPN | drops' }), at: 1, proof: 'moved' },
              { ticket: aTicket({ key: 'RT-2' }), at: 2 },
              {
                ticket: aTicket({ key: 'RT-3', status: { name: 'Resolved', category: 'resolved' } }),
                at: 3,
              },
            ],
          },
          { rule: { name: 'Never', when: { tag: ['x'] }, then: 'remind' }, firings: [] },
        ],
        tickets: 12,
        period: 'The last 30 days',
        during: { from: 0, until: 3 },
        milliseconds: 7,
        time: (at) => `at ${at}`,
      },
      plain,
    );
    for (const line of [
      '12 tickets on this computer were looked at, in 7 ms. Nothing was sent or changed.',
      'The policy would have fired 3 times, 1 of them rightly.',
      '| Handed around | P1 or P2 and not resolved 8 h after it was opened and reassigned 3 times | suggests to escalate to Tier 2 | 3 | 1 |',
      '- RT-1 VPN | drops (at 1): then moved to another team',
      '- RT-2 The printer is on fire (at 2): nothing of that so far; still open',
      '- RT-3 The printer is on fire (at 3): solved without it',
      '## Never',
      'Would not have fired.',
    ]) {
      assert.ok(unaligned(text).split('\n').includes(line), `${line}\nis missing in\n${text}`);
    }
  });

  it('puts conditions and acts into words', () => {
    assert.equal(
      conditionText({ breach: 0, words: ['outage', 'data loss'], kind: ['incident'] }, plain),
      'kind incident and overdue and speaks of outage or data loss',
    );
    assert.equal(conditionText({ breach: 90 * 60_000 }, plain), 'due within 90 min');
    assert.equal(
      conditionText({ unresolved: 2 * 86_400_000 }, plain),
      'not resolved 2 days after it was opened',
    );
    assert.equal(actionText({ then: 'send', to: 'Tier 2' }, plain), 'hands it on to Tier 2 by itself');
  });
});
