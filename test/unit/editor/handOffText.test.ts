import assert from 'node:assert/strict';
import { emptyHandOff } from '../../../src/desk/handOff.ts';
import type { Target } from '../../../src/desk/target.ts';
import { handOffText, type HandOffAct } from '../../../src/editor/escalating/handOffText.ts';
import { aTicket } from '../../shared/tickets.ts';
import { plain } from './plain.ts';

const informed = { known: ['Lena Lead <lead>'], unknown: ['nobody'] };

function textFor(target: Target, more: Partial<HandOffAct>): string {
  const act: HandOffAct = {
    target,
    reason: 'severity',
    sections: emptyHandOff().sections,
    required: [],
    informed,
    capabilities: { watchers: ['watcher'], setTags: true },
    now: 0,
    ...more,
  };
  return handOffText(aTicket({ team: 'Helpdesk' }), act, plain).text;
}

describe('the hand-off as a draft', () => {
  it('names who is kept informed, and who can not be found', () => {
    const text = textFor({ name: 'Network', team: 'Network' }, {});
    assert.match(text, /^watchers: Lena Lead <lead>$/m);
    assert.match(text, /Nobody here is called nobody: tell them yourself/);
  });

  it('says why nobody is, where the account has no watchers', () => {
    const text = textFor({ name: 'Network', team: 'Network' }, { capabilities: { watchers: ['copy'] } });
    assert.doesNotMatch(text, /^watchers:/m);
    assert.match(text, /no watchers, or you may not add any: tell Lena Lead <lead>, nobody yourself/);
  });

  it('to a manager, or to several teams at once, moves nothing', () => {
    const manager = textFor({ name: 'Lena Lead', manager: true }, {});
    assert.match(manager, /^manager: Lena Lead$/m);
    assert.match(manager, /^## Hand-off to Lena Lead \(manager\)$/m);
    const swarm = textFor({ name: 'Network, Mail', tags: ['swarm'] }, { swarm: true });
    assert.match(swarm, /^swarm: Network, Mail$/m);
    assert.match(swarm, /^tags: swarm$/m);
    assert.match(swarm, /^## Hand-off to Network, Mail \(swarm\)$/m);
    for (const text of [manager, swarm]) assert.doesNotMatch(text, /^(team|tier|assignee|priority):/m);
  });
});
