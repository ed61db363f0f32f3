import assert from 'node:assert/strict';
import { emptyHandOff, formatHandOff } from '../../../src/desk/handOff.ts';
import type { Entry } from '../../../src/desk/entry.ts';
import { handOffFacts } from '../../../src/editor/escalating/facts.ts';
import { aTicket } from '../../shared/tickets.ts';
import { plain } from './plain.ts';

const minute = 60_000;

function noteAt(at: number, text: string, kind: Entry['kind'] = 'note'): Entry {
  return {
    id: String(at),
    at,
    author: { id: 'alice', name: 'Alice Agent' },
    fromRequester: false,
    kind,
    visibility: 'internal',
    body: { format: 'markdown', text },
    changes: [],
    attachments: [],
  };
}

describe('what was tried, in a second hand-off', () => {
  it('names the first one with what it alone knew, and tells the rest once', () => {
    const ticket = aTicket({ subject: 'VPN drops' });
    const restarted = noteAt(minute, 'Restarted the gateway.');
    const { sections } = emptyHandOff();
    const first = formatHandOff({
      to: 'Network (tier 2)',
      sections: {
        ...sections,
        ...handOffFacts(ticket, [restarted], { links: [], others: [], runs: [], now: 2 * minute }, plain),
        hypothesis: 'The firmware leaks.',
        verifyFirst: '- [ ] uptime of gw-2',
      },
    }).replace('Restarted the gateway.', 'Restarted the gateway.\n- Swapped the cable: no change.');
    const handOff = noteAt(2 * minute, first, 'hand-off');
    const { tried } = handOffFacts(
      ticket,
      [restarted, handOff],
      { links: [], others: [], runs: [], now: 3 * minute },
      plain,
    );
    assert.equal(tried.match(/Restarted the gateway/g)?.length, 1, tried);
    assert.match(tried, /handed on to Network \(tier 2\)\..* Hypothesis: The firmware leaks\./);
    assert.match(tried, /Swapped the cable: no change\./, 'what stands in the hand-off alone');
    assert.match(tried, /To be verified first: .*uptime of gw-2/);
  });
});

describe('what is happening, in a hand-off', () => {
  it('hides nothing and begins no section, whatever the subject says', () => {
    const of = (subject: string) =>
      handOffFacts(aTicket({ subject }), [], { links: [], others: [], runs: [], now: minute }, plain);
    const comment = formatHandOff({ sections: { ...emptyHandOff().sections, ...of('<!-- VPN drops') } });
    assert.doesNotMatch(comment, /^<!--/m);
    const heading = of('# Environment').situation;
    assert.doesNotMatch(heading, /^# /m);
    assert.match(
      of('Mail to C:\\temp [x] fails: "<5 MB>"').situation,
      /^Mail to C:\\temp \[x\] fails: "<5 MB>"\n/,
    );
  });
});
