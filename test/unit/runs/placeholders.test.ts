import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { fillPlaceholders, passesValuesOn, unquotedVariables } from '../../../src/runbooks/placeholders.ts';
import { plainValue, shownValues, variableName, variablesOf } from '../../../src/runbooks/runVariables.ts';
import { ticket } from '../store/fixtures.ts';

/** Places of a placeholder, each as the arguments of a command that prints them, and what comes before and after. */
const places = [
  ['show {{v}}', ''],
  ['show a{{v}}b', 'ab'],
  ['show "{{v}}"', ''],
  ['show "a {{v}} b"', 'a  b'],
  ["show 'a {{v}} b'", 'a  b'],
  ['show "$(show {{v}})"', ''],
  ['show "$(show "{{v}}")"', ''],
  ['show "x$(echo y; show \'{{v}}\')"', 'xy\n'],
  ['X={{v}} && show "$X"', ''],
  ['(show {{v}})', ''],
  ['if true; then show {{v}}; fi # {{v}}', ''],
  ['show <(:) >/dev/null; show {{v}}', ''],
  ['cat <<EOF\n{{v}}\nEOF', '\n'],
  ['cat <<-E; show\n\t{{v}}\n\tE', '\n'],
  ['show \\"{{v}}', '"'],
] as const;

const dangerous = [
  '$(touch pwned)',
  '`id`',
  "'; id; '",
  '"; id; "',
  '${HOME}',
  '!!',
  '* ?',
  '-rf /',
  'a\\',
  '%s%n',
  "it's",
  'x) id',
];
const hostile = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => `<${plainValue(value)}>`);

/** What each of the scripts prints, in one bash. */
function inBash(scripts: readonly string[], value: string): string[] {
  const command = `show() { printf '%s' "$@"; }\n${scripts.join("\nprintf '\\0'\n")}`;
  const env = { [variableName('v')]: value, LC_ALL: 'C.UTF-8', PATH: process.env.PATH };
  return execFileSync('bash', ['--norc', '-c', command], { encoding: 'utf8', env }).split('\0');
}

describe('placeholders of a runbook’s commands', () => {
  it('reach bash as what they are, wherever they may stand', () => {
    const filled = places.map(([command]) => fillPlaceholders(command, 'bash'));
    for (const [at, { unsafe, variables }] of filled.entries()) {
      assert.deepEqual(unsafe, [], places[at]?.[0]);
      assert.deepEqual(variables, ['DESKSIDE_V']);
    }
    const scripts = filled.map(({ text }) => text);
    fc.assert(
      fc.property(hostile, (value) => {
        inBash(scripts, value).forEach((printed, at) => {
          assert.ok(printed.includes(value), `${scripts[at]}: ${printed}`);
          assert.equal(
            printed.replace(value, () => ''),
            places[at]?.[1],
            scripts[at],
          );
        });
      }),
      { numRuns: 25, examples: dangerous.map((value) => [`<${value}>`]) },
    );
  });

  it('are refused where a value would become part of the program', () => {
    for (const command of [
      'echo $(( {{n}} + 1 ))',
      '(( {{n}} ))',
      '[[ {{n}} -gt 1 ]]',
      'a[{{n}}]=1',
      'echo `cat {{n}}`',
      "cat <<'EOF'\n{{n}}\nEOF",
      'cat <<EOF\n$(cat {{n}})\nEOF',
      "printf $'{{n}}'",
      'echo ${x:-{{n}}}',
      'echo "$(( {{n}} ))"',
      'echo \\{{n}}',
    ]) {
      assert.deepEqual(fillPlaceholders(command, 'bash').unsafe, ['{{n}}'], command);
    }
  });

  it('change nothing else of a command', () => {
    const shells = ['posix', 'bash', 'fish', 'powershell', 'zsh'] as const;
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.constantFrom(...shells), (text, shell) => {
        const filled = fillPlaceholders(`${text}\n{{requester.email}} end`, shell).text;
        assert.ok(filled.startsWith(`${text}\n`) && filled.endsWith(' end'), filled);
      }),
    );
  });

  it('are none where a template of Go says what a program is to print', () => {
    for (const command of [
      "docker inspect --format '{{json .State}}' web",
      "docker ps --format '{{ .Names }} {{ json . }}'",
      "kubectl get po -o go-template='{{range .items}}{{.metadata.name}}{{else}}none{{end}}'",
    ])
      assert.deepEqual(fillPlaceholders(command, 'bash'), {
        text: command,
        variables: [],
        unsafe: [],
        exposed: [],
      });
    assert.deepEqual(fillPlaceholders('at {{end}} {{field.Büro Nr.}} {{ end date }}', 'bash').variables, [
      'DESKSIDE_END',
      'DESKSIDE_FIELD_BURO_NR',
      'DESKSIDE_END_DATE',
    ]);
    const { text } = fillPlaceholders("docker inspect -f '{{json .State}}' {{asset}}", 'bash');
    assert.equal(text, 'docker inspect -f \'{{json .State}}\' "${DESKSIDE_ASSET}"');
  });

  it('are read as each shell reads its environment', () => {
    assert.equal(
      fillPlaceholders('Get-User {{a}} "x {{b}}"', 'powershell').text,
      'Get-User "${env:DESKSIDE_A}" "x ${env:DESKSIDE_B}"',
    );
    assert.deepEqual(fillPlaceholders("Get-User '{{a}}'", 'powershell').unsafe, ['{{a}}']);
    assert.equal(
      fillPlaceholders('echo {{a}} "x {{b}}c"', 'fish').text,
      'echo "$DESKSIDE_A" "x ""$DESKSIDE_B""c"',
    );
  });

  it('are looked at when something reads them again as commands', () => {
    for (const command of [
      'ssh host "lpstat {{v}}"',
      'eval {{v}}',
      'bash -c "echo {{v}}"',
      'sudo sh -c "{{v}}"',
      'psql desk -c "select {{v}}"',
      'bash <<EOF\nsystemctl restart {{v}}\nEOF',
      'echo {{v}} | sh',
      'bash -e -c "lpstat {{v}}"',
      'docker exec web ash -c "lpstat {{v}}"',
      'tcsh -c "lpstat {{v}}"',
      'trap "rm {{v}}" EXIT',
      'watch "lpstat {{v}}"',
      'mongosh --eval "db.x.find({{v}})"',
      '/bin/sh -c "lpstat {{v}}"',
      'python3 - <<EOF\nprint("{{v}}")\nEOF',
      'sed "s/x/{{v}}/" file',
      'echo $(( DESKSIDE_FIELD_N + 1 ))',
      '(( $DESKSIDE_FIELD_N > 1 ))',
      'echo ${a[$DESKSIDE_V]} ${!DESKSIDE_V}',
    ])
      assert.ok(passesValuesOn(fillPlaceholders(command, 'bash')), command);
    for (const command of [
      'ssh host uptime',
      'kubectl get pods --watch {{v}}',
      'git push {{v}}',
      'lpstat -o {{v}}',
      'lpstat -o "${DESKSIDE_V}" ${DESKSIDE_V:-none} "$DESKSIDE_V"',
      'cat /usr/share/bash-completion/x {{v}}',
    ])
      assert.ok(!passesValuesOn(fillPlaceholders(command, 'bash')), command);
    assert.deepEqual(unquotedVariables('lp $DESKSIDE_ASSET "$DESKSIDE_TICKET" ${DESKSIDE_TEAM}', 'bash'), [
      'DESKSIDE_ASSET',
      'DESKSIDE_TEAM',
    ]);
  });

  it('are not shown where their name says that they are secret', () => {
    const values = Object.fromEntries(
      [
        'admin password',
        'api_key',
        'pin',
        'shipping',
        'key',
        'token count',
        'newpassword',
        'apikey',
        'Passwort',
        'db_pass2',
        'recovery key',
        'passport',
        'secretary',
      ].map((name) => [variableName(name), 'x']),
    );
    assert.deepEqual(Object.values(shownValues(Object.keys(values), values)), [
      '[secret]',
      '[secret]',
      '[secret]',
      'x',
      'x',
      '[secret]',
      '[secret]',
      '[secret]',
      '[secret]',
      '[secret]',
      '[secret]',
      'x',
      'x',
    ]);
  });

  it('have the values of the ticket, on one line', () => {
    const made = variablesOf({
      ...ticket(1),
      key: 'HD-1',
      subject: 'Printer\n$(id)\u202e \u0007x ${env:HOME}',
      requester: { id: 'carol', name: 'Carol', email: 'carol@example.com' },
      assets: ['PC-1', 'PC-2'],
      customFields: [{ id: 'f', name: 'Büro Nr.', values: ['7'] }],
    });
    assert.equal(made.DESKSIDE_TICKET, 'HD-1');
    assert.equal(made.DESKSIDE_SUBJECT, 'Printer $(id) x $ {env:HOME}');
    assert.equal(made.DESKSIDE_REQUESTER_EMAIL, 'carol@example.com');
    assert.equal(made.DESKSIDE_ASSET, 'PC-1');
    assert.equal(made.DESKSIDE_FIELD_BURO_NR, '7');
    assert.equal('DESKSIDE_TEAM' in made && made.DESKSIDE_TEAM === '', false);
  });
});
