import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { execute, integrationOf, RunTerminals } from '../../src/editor/runs/terminals.ts';
import { outputOf } from '../../src/runbooks/runOutput.ts';

const runbook = `---
id: run-me
title: Run me
type: runbook
---
# Run me

## Steps

1. Look

   \`\`\`sh
   lpstat -o {{ticket}}
   \`\`\`

2. Ask the requester.
`;

async function eventually<T>(ask: () => Thenable<T>, isIt: (answer: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await ask();
    if (isIt(answer) || attempt === 150) return answer;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** What our server alone shows above the steps of a runbook. */
describe('runs', () => {
  let document: vscode.TextDocument;

  before(async () => {
    await vscode.extensions.getExtension('deskside.deskside')?.activate();
    await vscode.commands.executeCommand('deskside.loadSample');
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const uri = vscode.Uri.joinPath(folder.uri, 'runbooks', 'run-me.md');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(runbook));
    document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
  });

  async function lensesWith(title: string): Promise<{ line: number; title: string }[]> {
    const lenses = await eventually(
      () => vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri),
      (all) => all.some(({ command }) => command?.title === title),
    );
    return lenses
      .map(({ range, command }) => ({ line: range.start.line, title: command?.title ?? '' }))
      .filter(({ title: one }) => /step|Tick/.test(one));
  }

  it('are offered above each command of a runbook', async () => {
    assert.deepEqual(await lensesWith('$(play) Run step'), [{ line: 11, title: '$(play) Run step' }]);
  });

  it('show above each step what is next, once one is in progress', async () => {
    await vscode.commands.executeCommand('deskside.startRun', {
      uri: document.uri.toString(),
      accountId: 'local',
      id: 'HD-1004',
    });
    assert.deepEqual(await lensesWith('$(play) Run step (next)'), [
      { line: 11, title: '$(play) Run step (next)' },
      { line: 11, title: '$(check) Tick' },
      { line: 15, title: '$(check) Tick step' },
    ]);
  });
});

class Memory implements vscode.Memento {
  readonly #values = new Map<string, unknown>();
  keys = () => [...this.#values.keys()];
  get<T>(key: string, missing?: T): T {
    return (this.#values.get(key) ?? missing) as T;
  }
  update = (key: string, value: unknown) => Promise.resolve(void this.#values.set(key, value));
}

describe('the terminal of a run', function () {
  this.timeout(120_000);
  const ticket = { id: 'run-1', ticketKey: 'HD-1004' };
  const memory = new Memory();
  let terminals: RunTerminals;

  beforeEach(() => {
    terminals = new RunTerminals(memory);
  });

  afterEach(() => terminals.dispose());

  after(() => vscode.window.terminals.forEach((terminal) => terminal.dispose()));

  async function begin(command: string, shell: 'posix' | 'bash', env: Record<string, string>) {
    const terminal = await terminals.open(ticket, shell, { env, reads: Object.keys(env) });
    const integration = await integrationOf(terminal);
    assert.ok(integration);
    return { terminal, execution: execute(terminal, integration, { command, shell, now: Date.now }) };
  }

  async function printed(command: string, shell: 'posix' | 'bash', env: Record<string, string> = {}) {
    const { execution } = await begin(command, shell, env);
    await execution.ended;
    return outputOf(execution.captured()).text;
  }

  it('is one for all its steps, so that they build on each other', async () => {
    await printed('seen=yes', 'posix');
    await printed('if true; then\n  more=too\nfi', 'bash');
    assert.equal(await printed('echo "$seen $more"', 'posix'), 'yes too');
  });

  it('is found by the next window', async () => {
    assert.equal(await printed('echo "$seen $more"', 'posix'), 'yes too');
  });

  it('is another one where a value that is read has changed', async () => {
    assert.equal(await printed('echo "$DESKSIDE_TEAM:$seen"', 'posix', { DESKSIDE_TEAM: 'a' }), 'a:');
    assert.equal(await printed('echo "$DESKSIDE_TEAM:$seen"', 'posix', { DESKSIDE_TEAM: 'b' }), 'b:');
  });

  it('is not on disk with a secret', async () => {
    await printed('seen=yes', 'posix', { DESKSIDE_ROOT_PASSWORD: 'hunter2x' });
    assert.doesNotMatch(JSON.stringify(memory.get('deskside.runs.terminals')), /hunter2x/);
  });

  it('is another one while it is busy, in the next window too', async () => {
    const isBusy = new Promise((resolve) => vscode.window.onDidStartTerminalShellExecution(resolve));
    const { terminal, execution } = await begin('read -r line', 'posix', {});
    await isBusy;
    const other = await terminals.open(ticket, 'posix', { env: {}, reads: [] });
    assert.notEqual(other, terminal);
    terminals.dispose();
    terminals = new RunTerminals(memory);
    assert.notEqual(await terminals.open(ticket, 'posix', { env: {}, reads: [] }), terminal);
    terminal.sendText('on');
    await execution.ended;
  });
});
