import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entry, FieldChange } from '../../../src/desk/entry.ts';
import { escalationsOf, traceOf } from '../../../src/desk/escalation.ts';
import { formatHandBack, parseHandBack } from '../../../src/desk/handBack.ts';
import { emptyHandOff, formatHandOff } from '../../../src/desk/handOff.ts';

const minute = 60_000;
const alice = { id: 'alice', name: 'Alice' };
const bob = { id: 'bob', name: 'Bob' };

let number = 0;
function entry(at: number, author: typeof alice, what: Partial<Entry>): Entry {
  return {
    id: String(++number),
    at: at * minute,
    author,
    kind: 'field',
    visibility: 'system',
    changes: [],
    attachments: [],
    fromRequester: false,
    ...what,
  };
}
const handOff = (at: number, author: typeof alice, text: string) =>
  entry(at, author, { kind: 'hand-off', visibility: 'internal', body: { text, format: 'markdown' } });
const changed = (at: number, author: typeof alice, ...changes: FieldChange[]) =>
  entry(at, author, { changes });

describe('a returned ticket', () => {
  const note = {
    to: 'Service Desk',
    done: false,
    missing: ['exact error message', 'since when'],
    text: 'Ask Carol.',
  };

  it('reads like a checklist', () => {
    assert.equal(
      formatHandBack(note),
      `## Returned to Service Desk

### What is missing

- [ ] exact error message
- [ ] since when

Ask Carol.
`,
    );
  });

  it('comes back the same, ticked, quoted, and as text made of HTML', () => {
    const words = fc.stringMatching(/^[a-z]{1,8}( [a-z]{1,8}){0,4}$/);
    fc.assert(
      fc.property(words, fc.array(words, { minLength: 1, maxLength: 5 }), words, (to, missing, text) => {
        const written = formatHandBack({ to, done: false, missing, text });
        const same = { to, done: false, missing, text };
        assert.deepEqual(parseHandBack(written), same);
        assert.deepEqual(parseHandBack(written.replaceAll('[ ]', '[x]')), same);
        assert.deepEqual(parseHandBack(written.replaceAll(/^/gm, '> ')), same);
        assert.deepEqual(
          parseHandBack(written.replaceAll(/^#+ /gm, '').replaceAll('- [ ] ', '• ').replaceAll('\n', '\r\n')),
          same,
        );
      }),
    );
  });

  it('is told from one that comes back because it is done', () => {
    const done = { to: 'Service Desk', done: true, missing: [], text: '### What was found\n\nA loop.' };
    const written = formatHandBack(done);
    assert.match(written, /^## Handed back to Service Desk\n\n### What was found/);
    assert.deepEqual(parseHandBack(written), done);
    assert.equal(escalationsOf([handOff(0, alice, written)])[0]?.done, true);
  });

  it('is not seen in other text', () => {
    assert.equal(parseHandBack('I returned to the office.'), undefined);
    assert.equal(parseHandBack(formatHandOff(emptyHandOff('Tier 2'))), undefined);
    fc.assert(fc.property(fc.string(), (text) => assert.equal(parseHandBack(text), undefined)));
  });
});

describe('escalations', () => {
  const onward = formatHandOff(emptyHandOff('Network (tier 2)'));
  const back = formatHandBack({ to: 'Service Desk', done: false, missing: ['the error'], text: '' });

  it('say who, to whom, and when somebody had it', () => {
    const note = handOff(10, alice, `${onward}\n**Reason:** out of time\n`);
    const found = escalationsOf([
      changed(0, alice, { field: 'assignee', to: 'Alice' }),
      note,
      changed(11, alice, { field: 'team', from: 'Service Desk', to: 'Network' }),
      changed(11, alice, { field: 'assignee', from: 'Alice' }),
      changed(25, bob, { field: 'assignee', to: 'Bob' }),
      changed(60, bob, { field: 'assignee', from: 'Bob', to: 'Eve' }),
    ]);
    assert.deepEqual(found, [
      {
        entryId: note.id,
        at: 10 * minute,
        by: alice,
        direction: 'onward',
        done: false,
        stays: false,
        from: 'Service Desk',
        to: 'Network',
        accepted: { at: 25 * minute, by: 'Bob' },
        reason: 'out of time',
        missing: [],
      },
    ]);
  });

  it('count what came back, with what was missing', () => {
    const found = escalationsOf([
      handOff(10, alice, onward),
      handOff(30, bob, back),
      changed(30, bob, { field: 'team', from: 'Network', to: 'Service Desk' }),
      handOff(50, alice, onward),
    ]);
    assert.deepEqual(
      found.map(({ direction, to, missing }) => [direction, to, missing]),
      [
        ['onward', 'Network', []],
        ['back', 'Service Desk', ['the error']],
        ['onward', 'Network', []],
      ],
    );
  });

  it('see a change that the server wrote down in the same moment before the note', () => {
    const team = { field: 'team', from: 'Service Desk', to: 'Network' };
    const found = escalationsOf([
      changed(9, alice, { field: 'team', from: 'Applications', to: 'Service Desk' }),
      { ...changed(10, alice, team), at: 10 * minute - 900 },
      handOff(10, alice, onward),
    ]);
    assert.deepEqual([found[0]?.from, found[0]?.to], ['Service Desk', 'Network']);
  });

  it('know what stays with its team', () => {
    const to = ['Lena Lead (manager)', 'Network, Applications (swarm)', 'Network (tier 2)'];
    const found = escalationsOf(to.map((name, at) => handOff(at, alice, formatHandOff(emptyHandOff(name)))));
    assert.deepEqual(
      found.map(({ to, stays }) => [to, stays]),
      [
        ['Lena Lead', true],
        ['Network, Applications', true],
        ['Network', false],
      ],
    );
  });

  it('are traced: how often, how long until somebody had it, how often it bounced', () => {
    const legs = fc.record({
      wait: fc.option(fc.integer({ min: 1, max: 600 }), { nil: undefined }),
      comesBack: fc.constantFrom('missing', 'done', undefined),
    });
    fc.assert(
      fc.property(fc.array(legs, { maxLength: 6 }), (told) => {
        const entries = told.flatMap(({ wait, comesBack }, index) => {
          const at = index * 10_000;
          const returned = formatHandBack({
            to: 'Service Desk',
            done: comesBack === 'done',
            missing: ['x'],
            text: '',
          });
          return [
            handOff(at, alice, onward),
            ...(wait === undefined ? [] : [changed(at + wait, bob, { field: 'assignee', to: 'Bob' })]),
            ...(comesBack === undefined ? [] : [handOff(at + 1_000, bob, returned)]),
          ];
        });
        assert.deepEqual(traceOf(escalationsOf(entries)), {
          onward: told.length,
          bounced: told.filter(({ comesBack }) => comesBack === 'missing').length,
          waits: told.flatMap(({ wait }) => (wait === undefined ? [] : [wait * minute])),
        });
      }),
    );
  });

  it('do not take a move of another day for theirs', () => {
    const found = escalationsOf([
      handOff(0, alice, onward),
      changed(600, bob, { field: 'team', from: 'Network', to: 'Applications' }),
    ]);
    assert.deepEqual(
      found.map(({ from, to }) => [from, to]),
      [[undefined, 'Network']],
    );
  });
});
