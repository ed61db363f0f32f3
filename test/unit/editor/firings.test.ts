import assert from 'node:assert/strict';
import type { Rule } from '../../../src/desk/policy/policy.ts';
import { takeFirings, type RuleInForce } from '../../../src/editor/policy/firings.ts';
import { makeRig, synced, type Rig } from '../sync/rig.ts';

describe('what escalation rules do', () => {
  let rig: Rig;

  beforeEach(async () => {
    rig = await makeRig({ follows: { teams: ['helpdesk'] } });
  });
  afterEach(() => rig.end());

  function inForce(when: Rule['when'], to = 'Tier 2'): RuleInForce {
    return {
      rule: { name: 'A rule', when, then: 'suggest', to },
      hash: JSON.stringify(when),
      maySend: false,
    };
  }

  async function taken(...rules: RuleInForce[]): Promise<string[]> {
    const deps = {
      reader: rig.reader,
      writer: rig.writer,
      accounts: () => [{ id: 'desk', backend: 'fake', label: 'Desk', teams: ['helpdesk'] }],
      now: rig.clock.now,
    };
    return (await takeFirings(deps, rules)).map(({ ticket }) => ticket.key);
  }

  it('is done once for each ticket and content: mine, and what nobody has in my teams', async () => {
    const bounced = { reassignments: 3 };
    rig.desk.open(bounced);
    rig.desk.open({ ...bounced, assignee: undefined });
    rig.desk.open({ ...bounced, assignee: { id: 'bob', name: 'bob' } });
    rig.desk.open({ ...bounced, status: { name: 'solved', category: 'resolved' } });
    rig.desk.open({ reassignments: 2 });
    rig.desk.open({ ...bounced, team: 'Tier 2' });
    await synced(rig);
    const rule = inForce({ reassignments: 3 });
    assert.deepEqual((await taken(rule)).sort(), ['T-1', 'T-2']);
    assert.deepEqual(await taken(rule), [], 'nobody is told again');
    assert.deepEqual(
      (await taken(inForce({ reassignments: 3, kind: ['incident'] }))).length,
      2,
      'changed: again',
    );
  });

  it('comes with time alone', async () => {
    rig.desk.open({ priority: { name: 'high', rank: 1 } });
    await synced(rig);
    const rule = inForce({ priority: [1], unresolved: 8 * 3_600_000 });
    assert.deepEqual(await taken(rule), []);
    rig.clock.sleep(9 * 3_600_000);
    assert.deepEqual(await taken(rule), ['T-1']);
  });
});
