import * as vscode from 'vscode';
import { isAttached, runningAttempt, type Run } from '../../desk/run.ts';
import { formatRunRecord } from '../../desk/runRecord.ts';
import { ticketRef } from '../../desk/ticket.ts';
import { withoutSecrets } from '../../runbooks/runOutput.ts';
import { tell } from '../errors.ts';
import { sayQueued } from '../outbox/sayQueued.ts';
import { runArgument } from './argument.ts';
import type { RunDeps } from './deps.ts';
import { runFor } from './pickRun.ts';
import { showRecord } from './runDocuments.ts';

/** Ends a run before its last step. A command that is running gets the interrupt key. */
export async function stopRun(deps: RunDeps, argument: unknown): Promise<void> {
  const run = await runFor(deps, argument);
  if (!run) return;
  const running = runningAttempt(run)?.attempt;
  if (running) {
    deps.terminals.interrupt(run.id);
    await deps.runs.advance(run.id, {
      type: 'interrupted',
      attemptId: running.id,
      at: deps.now(),
      why: 'stopped',
    });
  }
  const stopped = await deps.runs.advance(run.id, { type: 'stopped', at: deps.now() });
  if (!stopped.ok) return void tell(stopped.error, vscode.l10n.t('The run was not stopped.'));
  if (stopped.value === undefined) return;
  const attach = vscode.l10n.t('Attach Run Record…');
  const goOn = vscode.l10n.t('Go On');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The run of "{0}" for {1} is stopped. What is known of its steps is kept.',
      run.document.title,
      run.ticketKey,
    ),
    attach,
    goOn,
  );
  if (answer === attach) await attachRunRecord(deps, { runId: run.id });
  else if (answer === goOn) await deps.runs.advance(run.id, { type: 'resumed' });
}

/** Leaves a run to a colleague: its record goes to the ticket, from where they can go on. */
export async function handOverRun(deps: RunDeps, argument: unknown): Promise<void> {
  const run = await runFor(deps, argument);
  if (!run) return;
  if (runningAttempt(run)) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('A step of this run is running: wait for it, or stop the run.'),
    );
    return;
  }
  const to = await vscode.window.showInputBox({
    title: vscode.l10n.t('Hand over the run of "{0}" for {1}', run.document.title, run.ticketKey),
    prompt: vscode.l10n.t('To whom? A person or a team.'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('It can not be empty.') : undefined),
  });
  if (to === undefined) return;
  const note = await vscode.window.showInputBox({
    title: vscode.l10n.t('Hand over to {0}', to.trim()),
    prompt: vscode.l10n.t('What should they know? It goes into the run record; Enter alone leaves it out.'),
  });
  if (note === undefined) return;
  const event = {
    type: 'handed-over',
    at: deps.now(),
    to: to.trim(),
    note: withoutSecrets(note.trim()).text,
  } as const;
  const handedOver = await deps.runs.advance(run.id, event);
  if (!handedOver.ok) return void tell(handedOver.error, vscode.l10n.t('The run was not handed over.'));
  if (!handedOver.value || (await attachRunRecord(deps, { runId: run.id }))) return;
  await deps.runs.advance(run.id, { type: 'resumed' });
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The run was not handed over, as its record did not go to {0}.', run.ticketKey),
  );
}

/**
 * Puts the record of a run on its ticket, as an internal note, once the user saw what is in it. True if it is queued; why
 * it is not is told.
 */
export async function attachRunRecord(deps: RunDeps, argument: unknown): Promise<boolean> {
  const run = await runToAttach(deps, argument);
  if (!run) return false;
  const ticket = deps.reader.ticket(ticketRef(run.ticket));
  if (!ticket) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} is no longer here. The run record is kept; sync, and attach it then.',
        run.ticketKey,
      ),
    );
    return false;
  }
  if (deps.reader.accountState(ticket.accountId)?.capabilities?.internalNote === false) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        '{0} is in a system that can not keep a note internal. The run record stays here.',
        ticket.key,
      ),
    );
    return false;
  }
  const output = await askHow(run);
  if (output === undefined) return false;
  const body = formatRunRecord(run, { output });
  const queued = await deps.sync.enqueue({
    accountId: ticket.accountId,
    ticket,
    label: ticket.key,
    intent: 'run',
    steps: [{ type: 'post', kind: 'run', visibility: 'internal', body }],
  });
  if (!queued.ok) {
    void tell(queued.error, vscode.l10n.t('The run record was not attached; it is kept here.'));
    return false;
  }
  await deps.runs.advance(run.id, { type: 'attached', at: deps.now(), version: run.version + 1 });
  sayQueued(deps, {
    accountId: ticket.accountId,
    label: ticket.key,
    sent: vscode.l10n.t('{0}: run record on its way', ticket.key),
  });
  return true;
}

/** Whether with what the commands printed; nothing if the user thought better of it. */
async function askHow(run: Run): Promise<boolean | undefined> {
  const attach = vscode.l10n.t('Attach');
  const without = vscode.l10n.t('Attach Without Output');
  const show = vscode.l10n.t('Show It First');
  const attempts = run.steps.flatMap((step) => step.attempts);
  const secrets = attempts.reduce((sum, { output }) => sum + (output?.redacted ?? 0), 0);
  const isUnchanged = isAttached(run);
  const detail = [
    vscode.l10n.t('It becomes an internal note, which only colleagues can read.'),
    isUnchanged && vscode.l10n.t('The same record was attached before: the ticket would have it twice.'),
    secrets > 0 && vscode.l10n.t('Secrets that were found and taken out: {0}', secrets),
    vscode.l10n.t('Nothing finds every secret: look at what the commands printed.'),
  ];
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Attach the run record of "{0}" to {1}?', run.document.title, run.ticketKey),
    { modal: true, detail: detail.filter(Boolean).join('\n\n') },
    attach,
    ...(attempts.some(({ output }) => output !== undefined && output.text !== '') ? [without] : []),
    show,
  );
  if (answer === show) await showRecord(run.id);
  return answer === attach ? true : answer === without ? false : undefined;
}

/** The run that is named or in progress, else the latest of the ticket in front. */
async function runToAttach(deps: RunDeps, argument: unknown): Promise<Run | undefined> {
  const isNamed = runArgument(argument).runId !== undefined;
  if (isNamed || (argument === undefined && deps.reader.runs('open').length > 0))
    return runFor(deps, argument);
  const ticket = await deps.current.resolve(argument);
  if (!ticket) return undefined;
  const [latest] = deps.reader.runs(ticketRef(ticket));
  if (!latest)
    void vscode.window.showInformationMessage(
      vscode.l10n.t('No runbook was followed here for {0}.', ticket.key),
    );
  return latest;
}
