import assert from 'node:assert/strict';
import fc from 'fast-check';
import { meaningOf } from '../../../src/backends/content/meaning.ts';
import { stateOf, type Attempt, type RunStep } from '../../../src/desk/run.ts';
import { duration, formatRunRecord, isHandedOver, parseRunRecord } from '../../../src/desk/runRecord.ts';
import { attempt, began, run } from '../../shared/runs.ts';

const output = {
  text: 'no entries\n```\nDocumentation used:\n- File: x\n- Outcome: solved',
  leftOut: 2,
  redacted: 1,
};
const steps: RunStep[] = [
  {
    title: 'Look at the *queue*',
    command: 'lpstat -o "${DESKSIDE_ASSET}"',
    attempts: [
      attempt('a', {
        command: 'lpstat -o "${DESKSIDE_ASSET}"',
        variables: { DESKSIDE_ASSET: 'PRN-7 <b>' },
        endedAt: began + 1234,
        exitCode: 0,
        output,
      }),
    ],
  },
  {
    title: 'Restart',
    command: 'systemctl restart cups',
    attempts: [
      attempt('b', {
        command: 'systemctl restart cups',
        endedAt: began + 9000,
        interrupted: 'window',
        output: { text: 'Stopping', leftOut: 0, redacted: 0 },
      }),
      attempt('c', {
        command: 'systemctl restart cups',
        at: began + 60_000,
        endedAt: began + 65_000,
        exitCode: 1,
      }),
      attempt('d', {
        how: 'hand',
        command: 'systemctl restart cups',
        at: began + 90_000,
        note: 'Done at the machine.',
      }),
    ],
  },
  { title: 'Tell the requester', attempts: [] },
];

describe('a run record', () => {
  it('says exactly what is known of each step', () => {
    const text = formatRunRecord(run({ steps }), { output: true });
    assert.equal(
      text.split('\n### ')[0],
      `Run record: Printer queue is stuck

- Runbook: runbooks/printer-queue.md
- Id: printer-queue
- Run by: Alice Agent
- Started: 2026-03-06 13:58:02 UTC
- Result: in progress, 2 of 3 steps settled

1. Done (exit status 0, 1.2 s): Look at the \\*queue\\*
2. Ticked by hand (attempt 3): Restart
3. Not done: Tell the requester
`,
    );
    assert.ok(text.includes('- `DESKSIDE_ASSET`: PRN-7 \\<b>'));
    assert.ok(
      text.includes('Output, lines left out: 2, secrets taken out: 1:\n\n````text\nno entries\n```\n'),
    );
    assert.ok(
      text.includes(
        'Interrupted, outcome unknown: the editor window went away while it ran. Nobody saw how it ended.',
      ),
    );
    assert.ok(text.includes('Output until then:\n\n```text\nStopping\n```'));
    assert.ok(text.includes('Exit status 1 after 5.0 s.'));
    assert.ok(text.includes('ticked by hand. Of its command nothing was recorded with that.\n\n> Done at'));
    assert.ok(!text.includes('### 3.'));
    assert.ok(!formatRunRecord(run({ steps }), { output: false }).includes('no entries'));
  });

  it('leads to an address of the web, and to no other', () => {
    const linkOf = (permalink: string) => {
      const { document } = run();
      return /^- Link: (.*)$/m.exec(
        formatRunRecord(run({ document: { ...document, permalink } }), { output: false }),
      )?.[1];
    };
    assert.equal(linkOf('https://forge.example.com/x'), 'https://forge.example.com/x');
    assert.equal(linkOf('command:workbench.action.quit'), undefined);
    assert.equal(linkOf('https://forge.example.com/x) [y](z'), undefined);
  });

  it('is known again as one, by its first line, when only colleagues can read it', () => {
    const text = formatRunRecord(run({ steps }), { output: true });
    assert.deepEqual(meaningOf(true, { text, format: 'text' }, false), {
      kind: 'run',
      body: { text, format: 'markdown' },
    });
    assert.notEqual(meaningOf(false, { text, format: 'text' }, false).kind, 'run');
    assert.equal(
      meaningOf(true, { text: `See below.\n\n${text}`, format: 'text' }, false).kind === 'run',
      false,
    );
    assert.equal(parseRunRecord('Run record: nothing else'), undefined);
  });

  it('lets a colleague go on where it was left', () => {
    const handed = run({
      steps,
      state: 'handed-over',
      handOver: { to: 'Bob', note: 'No rights' },
      endedAt: began,
    });
    const record = parseRunRecord(formatRunRecord(handed, { output: true }).replaceAll('\n', '\r\n'));
    assert.ok(record && isHandedOver(record));
    assert.equal(record.by, 'Alice Agent');
    assert.equal(record.id, 'printer-queue');
    assert.deepEqual(record.steps, [
      { state: 'done', title: 'Look at the *queue*' },
      { state: 'ticked', title: 'Restart' },
      { state: 'waiting', title: 'Tell the requester' },
    ]);
  });

  it('comes back with the same steps, whatever they are called and print', () => {
    const tried = fc.record(
      {
        exitCode: fc.constantFrom(undefined, 0, 1, 130),
        endedAt: fc.constantFrom(undefined, began + 10),
        interrupted: fc.constantFrom(undefined, 'window' as const),
        how: fc.constantFrom('terminal' as const, 'hand' as const, 'skipped' as const),
        text: fc.string({ maxLength: 60 }),
      },
      { noNullPrototype: true },
    );
    const step = fc.tuple(
      fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }),
      fc.array(tried, { maxLength: 2 }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 4 }), (drawn) => {
        const made = drawn.map(([title, attempts], at): RunStep => ({
          title: `${at} ${title.replace(/[\p{C}\p{Z}]/gu, '')}`.normalize().trim(),
          command: 'x',
          attempts: attempts.map(({ text, ...more }, place): Attempt =>
            attempt(`${at}.${place}`, {
              ...more,
              command: text,
              note: text,
              output: { text, leftOut: 0, redacted: 0 },
            }),
          ),
        }));
        const record = parseRunRecord(formatRunRecord(run({ steps: made }), { output: true }));
        assert.deepEqual(
          record?.steps,
          made.map((one) => ({ state: stateOf(one), title: one.title })),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('says how long something took as people do', () => {
    assert.deepEqual([400, 12_700, 185_000, 7_800_000, -5].map(duration), [
      '0.4 s',
      '12 s',
      '3 min 5 s',
      '2 h 10 min',
      '0.0 s',
    ]);
  });
});
