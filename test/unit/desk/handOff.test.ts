import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  emptyHandOff,
  formatHandOff,
  isHandOff,
  parseHandOff,
  type HandOff,
} from '../../../src/desk/handOff.ts';

const handOff: HandOff = {
  to: 'Network (tier 2)',
  sections: {
    situation: 'No one in building B can reach the file server.',
    environment: 'sw-b-1, VLAN 20.',
    tried: '- Restarted the switch: no change.\n- Other VLAN: works.',
    hypothesis: 'VLAN 20 is missing on the uplink.',
    impact: '40 people, payroll closes tonight.',
    verifyFirst: 'Uplink configuration of sw-b-1.',
    references: 'HD-7',
  },
};

const prose = fc.array(fc.stringMatching(/^[\w ,.!?-]{0,30}$/)).map((lines) =>
  lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim(),
);

describe('hand-off', () => {
  it('reads like a note', () => {
    assert.equal(
      formatHandOff(handOff),
      `## Hand-off to Network (tier 2)

### What is happening

No one in building B can reach the file server.

### Environment

sw-b-1, VLAN 20.

### What was tried and what came of it

- Restarted the switch: no change.
- Other VLAN: works.

### Hypothesis

VLAN 20 is missing on the uplink.

### Customer context and impact

40 people, payroll closes tonight.

### Verify first

Uplink configuration of sw-b-1.

### Runbooks, tickets and files

HD-7
`,
    );
  });

  it('comes back the same, with CRLF, quoted and as text made of HTML', () => {
    const any = fc.record(
      {
        situation: prose,
        environment: prose,
        tried: prose,
        hypothesis: prose,
        impact: prose,
        verifyFirst: prose,
        references: prose,
      },
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(any, (sections) => {
        const text = formatHandOff({ to: 'Tier 2', sections });
        const same = { to: 'Tier 2', sections };
        assert.deepEqual(parseHandOff(text), same);
        assert.deepEqual(parseHandOff(text.replaceAll('\n', ' \r\n')), same);
        assert.deepEqual(parseHandOff(text.replaceAll(/^/gm, '> ')), same);
        assert.deepEqual(parseHandOff(text.replaceAll(/^#+ /gm, '')), same);
      }),
    );
  });

  it('is recognised empty, and without its title', () => {
    assert.ok(isHandOff(formatHandOff(emptyHandOff('Tier 3'))));
    assert.ok(isHandOff('**What is happening:**\nIt burns.\n\n**Verify first:**\nThe extinguisher.'));
  });

  it('is not seen in other text', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(isHandOff(text), false)));
    assert.equal(isHandOff('My hypothesis: the hand-off went wrong.'), false);
    assert.equal(isHandOff('### Hypothesis\n\nThe disk is full.'), false);
    assert.equal(isHandOff(`Bob wrote:\n${formatHandOff(handOff).replaceAll(/^/gm, '> ')}`), false);
    assert.equal(parseHandOff('Thanks, it works.'), undefined);
  });
});
