import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { runningAttempt, type Attempt, type Run, type RunEvent } from '../../desk/run.ts';
import { ticketRef } from '../../desk/ticket.ts';
import { fillPlaceholders, type FilledCommand } from '../../runbooks/placeholders.ts';
import { outputOf, withoutSecrets } from '../../runbooks/runOutput.ts';
import type { Shell } from '../../runbooks/runSteps.ts';
import { isSecretVariable, shownValues, variablesOf } from '../../runbooks/runVariables.ts';
import { tell } from '../errors.ts';
import { askForValues } from './askForValues.ts';
import { confirmCommand } from './confirm.ts';
import type { RunDeps } from './deps.ts';
import { stepFor } from './pickRun.ts';
import { runbookOf } from './runbook.ts';
import { tickStep } from './settleStep.ts';
import { userOf } from './start.ts';
import { tellProgress } from './tellProgress.ts';
import { execute, integrationOf, type Execution } from './terminals.ts';

/** What a running command printed is written down that often, in milliseconds. */
const keepEvery = 2_000;

interface Prepared {
  run: Run;
  shell: Shell;
  filled: FilledCommand;
  env: Record<string, string>;
  cwd: vscode.Uri | undefined;
}

/** An attempt while it runs. */
interface Followed {
  runId: string;
  step: number;
  attemptId: string;
  /** What it was given and must not be written down. */
  secrets: readonly string[];
}

/** Runs a step's command in a terminal, once the user saw and allowed it. Resolves when it has ended. */
export async function runStep(deps: RunDeps, argument: unknown): Promise<void> {
  const found = await stepFor(deps, argument);
  if (!found) return;
  const { run, step } = found;
  if (deps.beginning.has(run.id)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('A step of this run is about to begin: answer its question, or wait for its terminal.'),
    );
    return;
  }
  if (runningAttempt(run)) {
    isRunning();
    return;
  }
  deps.beginning.add(run.id);
  const begun = await begin(deps, run, step).finally(() => deps.beginning.delete(run.id));
  if (begun) await follow(deps, begun.attempt, begun.execution);
}

/** Asks, and starts what was allowed; why nothing was started is told. */
async function begin(
  deps: RunDeps,
  found: Run,
  at: number,
): Promise<{ attempt: Followed; execution: Execution } | undefined> {
  const prepared = await prepare(deps, found, at);
  if (!prepared) return undefined;
  const { run, shell, filled, env, cwd } = prepared;
  const step = run.steps[at];
  if (!step) return undefined;
  const variables = shownValues(filled.variables, env);
  const asked = { ticketKey: run.ticketKey, number: at + 1, step, shell, filled, variables, folder: cwd };
  if (!(await confirmCommand(deps, asked))) return undefined;
  const given = { env, reads: filled.variables, ...(cwd && { cwd }) };
  const terminal = await deps.terminals.open(run, shell, given);
  terminal.show(true);
  const integration = await integrationOf(terminal);
  if (!integration) return void byHand(run, at, filled.text);
  const attempt: Attempt = {
    id: randomUUID(),
    how: 'terminal',
    by: userOf(deps, run.ticket),
    at: deps.now(),
    command: withoutSecrets(filled.text).text,
    variables: Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, withoutSecrets(value).text]),
    ),
  };
  const held = await deps.runs.hold(attempt.id);
  const started = held
    ? { ok: false as const, error: held }
    : await deps.runs.advance(run.id, { type: 'started', step: at, attempt });
  if (!started.ok || started.value === undefined) {
    await deps.runs.letGo(attempt.id);
    if (started.ok) isRunning();
    else void tell(started.error, vscode.l10n.t('The command was not run.'));
    return undefined;
  }
  const secrets = Object.keys(env).flatMap((name) => (isSecretVariable(name) ? (env[name] ?? []) : []));
  return {
    attempt: { runId: run.id, step: at, attemptId: attempt.id, secrets },
    execution: execute(terminal, integration, { command: filled.text, shell, now: deps.now }),
  };
}

/** Writes down what a command prints while it runs, and how it ended. */
async function follow(
  deps: RunDeps,
  { runId, step, attemptId, secrets }: Followed,
  execution: Execution,
): Promise<void> {
  let kept = '';
  const keep = setInterval(() => {
    const captured = execution.captured();
    const seen = `${captured.lostLines}:${captured.head.length}:${captured.tail.length}`;
    if (seen === kept) return;
    kept = seen;
    const output = outputOf(captured, secrets);
    void deps.runs.advance(runId, { type: 'printed', attemptId, output });
  }, keepEvery);
  const { at, exitCode, interrupted } = await execution.ended.finally(() => clearInterval(keep));
  const output = outputOf(execution.captured(), secrets);
  const event: RunEvent =
    interrupted === undefined
      ? { type: 'ended', attemptId, at, output, ...(exitCode !== undefined && { exitCode }) }
      : { type: 'interrupted', attemptId, at, why: interrupted };
  const record = async () => {
    if (interrupted !== undefined) await deps.runs.advance(runId, { type: 'printed', attemptId, output });
    return deps.runs.advance(runId, event);
  };
  const ended = await record().finally(() => deps.runs.letGo(attemptId));
  if (!ended.ok) void tell(ended.error, vscode.l10n.t('How the command ended was not written down.'));
  else if (ended.value?.state === 'open' || ended.value?.state === 'finished')
    tellProgress(ended.value, step);
}

/** The command as the document has it now, with all that it needs; what stands in the way is told. */
async function prepare(deps: RunDeps, run: Run, at: number): Promise<Prepared | undefined> {
  const runbook = await runbookOf(run);
  if (!runbook) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '"{0}" ({1}) is not in this workspace. Open its folder to run its steps; they can be ticked off without.',
        run.document.title,
        run.document.path,
      ),
    );
    return undefined;
  }
  const read = await deps.runs.advance(run.id, {
    type: 'read',
    steps: runbook.steps.map(({ title, command }) => ({ title, ...(command && { command: command.text }) })),
  });
  if (!read.ok) return void tell(read.error, vscode.l10n.t('The command was not run.'));
  const now = read.value ?? run;
  const command = runbook.steps[at]?.command;
  const begun = now.steps[at]?.command;
  if (begun === undefined) {
    await tickStep(deps, { runId: run.id, step: at });
    return undefined;
  }
  if (command?.text !== begun) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'Step {0} was tried, and the runbook has another one in its place now. Tick it off or skip it, or stop this run and start anew.',
        at + 1,
      ),
    );
    return undefined;
  }
  if (!vscode.workspace.isTrusted) return void refuseUntrusted();
  const ticket = deps.reader.ticket(ticketRef(run.ticket));
  if (!ticket) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t('{0} is no longer here: sync it, so that the command gets its values.', run.ticketKey),
    );
    return undefined;
  }
  const filled = fillPlaceholders(command.text, command.shell);
  if (filled.unsafe.length > 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'Step {0} was not run: {1} stands where its value would become part of the command. Put it into an argument of its own.',
        at + 1,
        filled.unsafe.join(', '),
      ),
    );
    return undefined;
  }
  const known = { ...variablesOf(ticket), ...now.values, ...deps.secrets.get(run.id) };
  const given = await askForValues(runbook.steps, known, filled.variables);
  if (given === undefined) return undefined;
  await keepGiven(deps, run.id, given);
  const cwd = vscode.workspace.getWorkspaceFolder(runbook.document.uri)?.uri;
  return { run: now, shell: command.shell, filled, env: { ...known, ...given }, cwd };
}

/** For the steps that follow; secrets not on disk. */
async function keepGiven(deps: RunDeps, runId: string, given: Record<string, string>): Promise<void> {
  const [secret, plain] = [true, false].map((is) =>
    Object.fromEntries(Object.entries(given).filter(([name]) => isSecretVariable(name) === is)),
  );
  deps.secrets.set(runId, { ...deps.secrets.get(runId), ...secret });
  if (plain && Object.keys(plain).length > 0)
    await deps.runs.advance(runId, { type: 'given', values: plain });
}

function isRunning(): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('A step of this run is running: wait for it, or stop the run.'),
  );
}

async function refuseUntrusted(): Promise<void> {
  const manage = vscode.l10n.t('Manage Workspace Trust');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Nothing is run in a workspace that is not trusted: its files could come from anybody. Steps can be ticked off.',
    ),
    manage,
  );
  if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
}

/** Without shell integration nobody would know what came of the command. */
async function byHand(run: Run, step: number, command: string): Promise<void> {
  const copy = vscode.l10n.t('Copy Command');
  const tick = vscode.l10n.t('Tick It Off');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'This terminal has no shell integration, so nothing was run. Run step {0} in it yourself, then tick it off: the record says that it was done by hand.',
      step + 1,
    ),
    copy,
    tick,
  );
  if (answer === copy) await vscode.env.clipboard.writeText(command);
  else if (answer === tick)
    await vscode.commands.executeCommand('deskside.tickStep', { runId: run.id, step });
}
