import assert from 'node:assert/strict';
import type { Entry } from '../../../src/desk/entry.ts';
import { formatHandBack } from '../../../src/desk/handBack.ts';
import { emptyHandOff, formatHandOff } from '../../../src/desk/handOff.ts';
import { standingHandOff } from '../../../src/desk/standingHandOff.ts';

function note(id: string, text: string, changes: Entry['changes'] = []): Entry {
  return {
    id,
    at: Number(id),
    author: { id: 'alice', name: 'Alice' },
    kind: text === '' ? 'field' : 'hand-off',
    visibility: text === '' ? 'system' : 'internal',
    ...(text !== '' && { body: { text, format: 'markdown' as const } }),
    changes,
    attachments: [],
    fromRequester: false,
  };
}

describe('the hand-off a ticket came with', () => {
  const onward = (verifyFirst: string) =>
    formatHandOff({
      to: 'Network (tier 2)',
      sections: { ...emptyHandOff().sections, situation: 'No VPN.', verifyFirst },
    }).replace('\n\n', '\n\n**Reason:** needs access\n\n');

  it('has what is to be looked at first as points, however they are written', () => {
    for (const written of [
      '- [ ] The log\n- The `uplink`',
      '1. The log\n2) The `uplink`',
      'The log\nThe `uplink`',
      'First:\n\n* The log\n* The `uplink`',
    ]) {
      const found = standingHandOff([note('1', onward(written))]);
      assert.deepEqual(found?.checks, ['The log', 'The `uplink`'], written);
      assert.deepEqual(
        [found.reason, found.to, found.by, found.byId],
        ['needs access', 'Network', 'Alice', 'alice'],
      );
    }
  });

  it('says where the ticket stays', () => {
    const called = standingHandOff([
      note('1', onward('x').replace('Network (tier 2)', 'Network, Mail (swarm)')),
    ]);
    assert.deepEqual([called?.to, called?.stays], ['Network, Mail', 'swarm']);
    assert.equal(standingHandOff([note('1', onward('x'))])?.stays, undefined);
  });

  it('is over once all was done, and stands again as a list of what is missing when it is returned', () => {
    const entries = [note('1', onward('x')), note('2', '', [{ field: 'assignee', to: 'Bob' }])];
    assert.equal(standingHandOff(entries)?.accepted, 'Bob');
    const back = (done: boolean) =>
      note(
        '3',
        formatHandBack({ to: 'Service Desk', done, missing: done ? [] : ['since when'], text: 'Thanks.' }),
      );
    assert.equal(standingHandOff([...entries, back(true)]), undefined);
    const returned = standingHandOff([...entries, back(false)]);
    assert.deepEqual([returned?.how, returned?.checks], ['returned', ['since when']]);
    assert.equal(standingHandOff([]), undefined);
  });
});
