import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { stringify } from 'yaml';
import { readPolicy } from '../../../src/desk/policy/readPolicy.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const schema = JSON.parse(readFileSync(path.join(root, 'media/escalation.schema.json'), 'utf8')) as object;

/** What each problem says, and the text it underlines. */
function problemsOf(source: string): [message: string, underlined: string][] {
  return readPolicy(source).problems.map(({ message, start, end }) => [message, source.slice(start, end)]);
}

describe('an escalation policy', () => {
  it('is read with times in milliseconds, and one value where a list is meant', () => {
    const { policy, problems } = readPolicy(`
rules:
  - name: Handed around
    when:
      reassignments: 3
    then: suggest
    to: Tier 2
  - name: Critical and open
    when:
      priority: P1
      unresolved: 8h
      breach: 30m
      words: [outage, "data loss"]
    then: draft
    to: Network
    reason: severity
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(policy?.rules, [
      { name: 'Handed around', when: { reassignments: 3 }, then: 'suggest', to: 'Tier 2' },
      {
        name: 'Critical and open',
        when: {
          priority: [1],
          unresolved: 8 * 3_600_000,
          breach: 30 * 60_000,
          words: ['outage', 'data loss'],
        },
        then: 'draft',
        to: 'Network',
        reason: 'severity',
      },
    ]);
  });

  it('says of each problem what and where', () => {
    assert.deepEqual(
      problemsOf(`rules:
  - name: One
    when:
      reassigned: 3
      unresolved: 8 hours
      replies: 0
    then: shout
    priority: P1
  - name: Two
    when: {}
    then: send
`),
      [
        ['A time is a number and m, h or d: 30m, 8h, 2d.', '8 hours'],
        ['At least 1.', '0'],
        ['There is no such condition.', 'reassigned'],
        ['"then" is suggest, remind, draft, send.', 'shout'],
        ['There is no such field.', 'priority'],
        ['A rule needs a condition.', 'when'],
        ['Say with "to" which team it goes to: there is no hand-off without one.', 'name'],
      ],
    );
    assert.deepEqual(problemsOf('rules:\n  - name: One\n    when: { replies: 2 }\n    then: send\n'), [
      ['Say with "to" which team it goes to: there is no hand-off without one.', 'name'],
    ]);
    assert.deepEqual(problemsOf('rules:\n  - when: { replies: 2 }\n    then: remind\n'), [
      ['"name" is missing.', 'when'],
    ]);
    assert.deepEqual(problemsOf('- a\n- b\n'), [['A policy begins with "rules:".', '- a']]);
    assert.deepEqual(problemsOf('rules: [\n')[0]?.[0].includes('Flow sequence'), true);
    const same =
      'rules:\n  - { name: A, when: { tag: x }, then: remind }\n  - { name: a, when: { tag: y }, then: remind }\n';
    assert.deepEqual(
      readPolicy(same).problems.map(({ message, beyondSchema }) => [message, beyondSchema]),
      [['Another rule has this name.', true]],
    );
  });

  it('never throws, and has a place within the text for whatever is wrong', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.anything().map((one) => stringify({ rules: one })),
        ),
        (source) => {
          const { policy, problems } = readPolicy(source);
          assert.equal(policy === undefined, problems.length > 0);
          for (const { start, end } of problems)
            assert.ok(start >= 0 && start <= end && end <= source.length);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is what its JSON schema says it is', () => {
    const validate = new Ajv({ allowUnionTypes: true }).compile(schema);
    const maybe = <T>(good: fc.Arbitrary<T>, ...bad: unknown[]) =>
      fc.oneof({ weight: 12, arbitrary: good }, { weight: 1, arbitrary: fc.constantFrom(...bad) });
    const count = maybe(fc.integer({ min: 1, max: 1000 }), 0, 1.5, 'three', 1001);
    const duration = maybe(fc.constantFrom('30m', '8h', '2d', '0m'), '8 h', '1w', 8, '12345m');
    const text = maybe(fc.constantFrom('Tier 2', 'a'), '', '   ', 3, 'x'.repeat(201));
    const texts = fc.oneof(text, fc.array(text, { maxLength: 2 }));
    const ranks = maybe(fc.constantFrom<unknown>('P1', ['P1', 'P4']), 'P5', 1, []);
    const strange = (object: fc.Arbitrary<object>) =>
      fc.tuple(object, fc.integer({ max: 9, min: 0 })).map(([one, n]) => {
        const names = Object.keys(one);
        if (n === 0) return { ...one, weather: 'bad' };
        return n === 1 ? Object.fromEntries(Object.entries(one).filter(([name]) => name !== names[0])) : one;
      });
    const when = fc.record(
      {
        priority: ranks,
        team: texts,
        kind: maybe(fc.constantFrom<unknown>('incident', ['request', 'change']), 'bug'),
        tag: texts,
        breach: duration,
        unresolved: duration,
        replies: count,
        reassignments: count,
        reopenings: count,
        words: texts,
      },
      { requiredKeys: ['tag'] },
    );
    const rule = fc.record(
      {
        name: text,
        when: strange(when),
        then: maybe(fc.constantFrom('suggest', 'remind', 'draft', 'send'), 'shout'),
        to: text,
        reason: text,
      },
      { requiredKeys: ['name', 'when', 'then'] },
    );
    let right = 0;
    fc.assert(
      fc.property(fc.record({ rules: fc.array(strange(rule), { maxLength: 1 }) }), (policy) => {
        const { problems } = readPolicy(stringify(policy));
        const ours = problems.filter(({ beyondSchema }) => !beyondSchema);
        right += Number(ours.length === 0 && policy.rules.length > 0);
        assert.equal(ours.length === 0, validate(policy), JSON.stringify(ours));
      }),
      { numRuns: 600 },
    );
    assert.ok(right > 5, 'and some are right');
  });
});
