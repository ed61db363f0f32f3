import assert from 'node:assert/strict';
import { outline } from '../../../src/runbooks/markdown.ts';
import { runStepsOf } from '../../../src/runbooks/runSteps.ts';

function steps(text: string) {
  return runStepsOf(outline(text)).map(({ title, command }) => [title, command?.text]);
}

describe('the steps of a runbook', () => {
  it('are the items of its list, each with its commands', () => {
    const text = `# Printer

## Steps

Before you begin, tell the requester.

1. Look at the queue:

   \`\`\`sh
   lpstat -o "$DESKSIDE_ASSET"
   \`\`\`

   You should see **no** job.

2. Turn the printer off and on.
   - Wait for a minute.
3. Restart \`cups\`
   \`\`\`bash
   if true; then
     systemctl restart cups
   fi
   \`\`\`
   and then
   \`\`\`bash
   systemctl status cups
   \`\`\`
   \`\`\`text
   active (running)
   \`\`\`

## Verify

- [ ] A test page comes out.

## Roll back

\`\`\`sh
rm -rf /
\`\`\`
`;
    assert.deepEqual(steps(text), [
      ['Look at the queue', 'lpstat -o "$DESKSIDE_ASSET"'],
      ['Turn the printer off and on.', undefined],
      ['Restart cups (1 of 2)', 'if true; then\n  systemctl restart cups\nfi'],
      ['Restart cups (2 of 2)', 'systemctl status cups'],
      ['A test page comes out.', undefined],
    ]);
    const [first] = runStepsOf(outline(text));
    assert.equal(text.slice(first!.start).split('\n')[0]!.trim(), '```sh');
  });

  it('are its headings, or its commands, where there is no list', () => {
    assert.deepEqual(
      steps(
        '## 2. Steps\n\n### Step 1: Look\n\n1. here\n2. there\n\n### Stop it\n\n```sh\nstop\n```\n\n### \n',
      ),
      [
        ['Look', undefined],
        ['Stop it', 'stop'],
      ],
    );
    assert.deepEqual(
      steps('## Steps\n\nSee the queue:\n\n```sh\nlpq\n```\n\n```sh\n\nlpq -a\n```\n\nDone.\n'),
      [
        ['See the queue', 'lpq'],
        ['lpq -a', 'lpq -a'],
      ],
    );
  });

  it('are commands only in blocks that say so', () => {
    assert.deepEqual(
      steps(
        '## Steps\n\n```\nls\n```\n\n```json\n{}\n```\n\n```cmd\ndir\n```\n\n```console\n$ ls -l\ntotal 0\n$ id\n```\n',
      ),
      [['ls -l', 'ls -l\nid']],
    );
  });

  it('are whole in a recorded session: with the lines that a command goes on in', () => {
    const session = [
      '$ kubectl get pods \\',
      '    -n web',
      'NAME  READY',
      '$ cat <<EOF >x',
      'one',
      'EOF',
      '$ for i in 1 2; do',
      '> echo $i',
      '> done',
      '1',
      '$ id',
    ];
    const fenced = (lines: readonly string[]) => `## Steps\n\n\`\`\`console\n${lines.join('\n')}\n\`\`\`\n`;
    assert.equal(
      steps(fenced(session))[0]?.[1],
      'kubectl get pods \\\n    -n web\ncat <<EOF >x\none\nEOF\nfor i in 1 2; do\necho $i\ndone\nid',
    );
    assert.equal(
      steps(fenced(['$ cat <<EOF', '> one', '> EOF', 'one', '$ id']))[0]?.[1],
      'cat <<EOF\none\nEOF\nid',
    );
    assert.equal(steps(fenced(['$ echo one <<<two', 'one', '$ id']))[0]?.[1], 'echo one <<<two\nid');
  });

  it('are none where nothing is written', () => {
    assert.deepEqual(steps('# A\n\n## Steps\n\n<!-- what to do -->\n'), []);
    assert.deepEqual(steps('# A\n\nText\n'), []);
    assert.deepEqual(steps('## Steps\n\n1.\n2. \n'), []);
  });

  it('keep a fence that is never closed, and one behind a marker', () => {
    assert.deepEqual(steps('## Steps\n1. ```sh\n   id\n   ```\n2. Two\n'), [
      ['id', 'id'],
      ['Two', undefined],
    ]);
    assert.deepEqual(steps('## Steps\n\n~~~~sh\nid\n~~~\n'), [['id', 'id\n~~~']]);
  });

  it('are none that are commented out', () => {
    const text = `## Steps

1. Look.

<!--
2. The old way:

   \`\`\`sh
   rm -rf /srv/spool
   \`\`\`
-->

2. Page source:

   \`\`\`sh
   cat <<'END'
   <!--
   1. no step, but no comment either
   -->
   END
   \`\`\`
`;
    assert.deepEqual(steps(text), [
      ['Look.', undefined],
      ['Page source', "cat <<'END'\n<!--\n1. no step, but no comment either\n-->\nEND"],
    ]);
  });

  it('are none that are commented out behind a marker', () => {
    assert.deepEqual(
      steps(
        '## Steps\n\n1. Look.\n2. <!-- The old way:\n   ```sh\n   rm -rf /srv\n   ```\n   -->\n3. Restart it.\n',
      ),
      [
        ['Look.', undefined],
        ['Restart it.', undefined],
      ],
    );
  });

  it('go on after code that is set within a line by three backticks', () => {
    assert.deepEqual(steps('## Steps\n\n1. ```lpq -a```\n2. Restart it.\n'), [
      ['lpq -a', undefined],
      ['Restart it.', undefined],
    ]);
  });

  it('are not called by a secret that their command has', () => {
    const [[title] = []] = steps('# X\n\n## Steps\n\n```sh\nmysql --password=Hunter2xy desk\n```\n');
    assert.match(title ?? '', /^mysql --password=\[password\]/);
  });
});
