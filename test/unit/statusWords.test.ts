import assert from 'node:assert/strict';
import { readLabels } from '../../src/backends/labels/meaning.ts';
import { statusCategory } from '../../src/backends/local/import/words.ts';
import { statusOf as statusInRedmine } from '../../src/backends/redmine/labels.ts';
import { statusOf as statusInRt } from '../../src/backends/rt/labels.ts';

/** What the words for a status mean, in systems that do not say it themselves. */
const readings: Record<string, (name: string) => string | undefined> = {
  'an imported file': statusCategory,
  'Request Tracker': (name) => statusInRt(name, false).category,
  Redmine: (name) => statusInRedmine({ name, is_closed: false }).category,
  'a forge’s labels': (name) => readLabels([`status: ${name}`], undefined, 'Desk').status?.category,
};

describe('words for a status', () => {
  for (const [where, categoryOf] of Object.entries(readings)) {
    it(`in ${where}: what is unresolved or incomplete is not over`, () => {
      for (const name of ['Unresolved', 'unsolved', 'Not yet fixed', 'not-done', 'In resolution']) {
        assert.equal(categoryOf(name), 'open', name);
      }
      assert.notEqual(categoryOf('Incomplete'), 'resolved');
      for (const name of ['Closed - not fixed', 'Closed unresolved', 'Fixed in solution 4']) {
        assert.match(categoryOf(name) ?? '', /resolved|closed/, name);
      }
      for (const name of ['Resolved', 'Solved', 'Fixed', 'Done']) assert.equal(categoryOf(name), 'resolved');
    });
  }

  it('what the system itself calls over is over', () => {
    assert.equal(statusInRt('unresolved', true).category, 'resolved');
    assert.equal(statusInRedmine({ name: 'Incomplete', is_closed: true }).category, 'closed');
  });
});
