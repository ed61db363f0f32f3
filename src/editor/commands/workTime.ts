import * as vscode from 'vscode';
import type { Ticket } from '../../desk/ticket.ts';
import { minutesIn, minutesOf } from '../../desk/workTime.ts';
import { tell } from '../errors.ts';
import { those } from './changeFields.ts';
import type { CommandDeps } from './deps.ts';
import { askText, runSteps, settle } from './steps.ts';

/** Starts the timer, or goes on. What was counted for another ticket is logged, kept waiting or dropped first. */
export async function startTimer(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket || those(deps, [ticket], 'logTime').length === 0) return;
  const { timer } = deps;
  const { counted } = timer;
  if (counted !== undefined && timer.of(ticket) === undefined && !(await leave(deps))) return;
  await timer.start(ticket);
}

/** True when the timer is free. */
async function leave(deps: CommandDeps): Promise<boolean> {
  const { counted } = deps.timer;
  if (counted === undefined) return true;
  const minutes = minutesOf(deps.timer.elapsed(counted));
  const log = vscode.l10n.t('Log It…');
  const drop = vscode.l10n.t('Discard It');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} min were counted for {1}.', minutes, counted.key),
    { modal: true, detail: vscode.l10n.t('The timer counts for one ticket at a time.') },
    log,
    drop,
  );
  if (answer === log) await logTime(deps, counted.ref);
  else if (answer === drop) await deps.timer.clear();
  return deps.timer.counted === undefined;
}

export async function pauseTimer(deps: CommandDeps): Promise<void> {
  await deps.timer.pause();
}

/** What can be done with the timer, from the status bar. */
export async function workTimer(deps: CommandDeps): Promise<void> {
  const { timer } = deps;
  const { counted } = timer;
  if (counted === undefined) return startTimer(deps, undefined);
  const running = counted.startedAt !== undefined;
  const picks = [
    running
      ? { label: `$(debug-pause) ${vscode.l10n.t('Pause')}`, run: () => timer.pause() }
      : { label: `$(debug-start) ${vscode.l10n.t('Go on')}`, run: () => startTimer(deps, counted.ref) },
    { label: `$(save) ${vscode.l10n.t('Stop and log time…')}`, run: () => logTime(deps, counted.ref) },
    {
      label: `$(tag) ${vscode.l10n.t('Open {0}', counted.key)}`,
      run: () => {
        deps.panels.open(counted.ref);
        return Promise.resolve();
      },
    },
    { label: `$(trash) ${vscode.l10n.t('Discard the time counted')}`, run: () => timer.clear() },
  ];
  const picked = await vscode.window.showQuickPick(picks, {
    title: vscode.l10n.t('{0}: {1} min', counted.key, minutesOf(timer.elapsed(counted))),
  });
  await picked?.run();
}

/** Logs time worked with the ticketing system; what the timer counted is proposed, and is done with then. */
export async function logTime(deps: CommandDeps, argument: unknown): Promise<void> {
  const ticket = await deps.current.resolve(argument);
  if (!ticket || those(deps, [ticket], 'logTime').length === 0) return;
  const counted = deps.timer.of(ticket);
  const said = {
    minutes: counted === undefined ? '' : String(minutesOf(deps.timer.elapsed(counted))),
    note: '',
  };
  const title = vscode.l10n.t('Log Time on {0}', ticket.key);
  const answered = await runSteps([
    async (place) =>
      settle(
        await askText(
          {
            title,
            prompt: vscode.l10n.t('How many minutes, or hours and minutes such as 1:30?'),
            value: said.minutes,
            validate: (value) =>
              minutesIn(value) === undefined
                ? vscode.l10n.t('Minutes, or hours and minutes: 45, 1:30.')
                : undefined,
          },
          place,
        ),
        (value) => (said.minutes = value),
      ),
    async (place) =>
      settle(
        await askText(
          { title, prompt: vscode.l10n.t('On what? Internal; can be left empty.'), value: said.note },
          place,
        ),
        (value) => (said.note = value.trim()),
      ),
  ]);
  const minutes = minutesIn(said.minutes);
  if (!answered || minutes === undefined) return;
  await queue(deps, ticket, minutes, said.note);
}

async function queue(deps: CommandDeps, ticket: Ticket, minutes: number, note: string): Promise<void> {
  const queued = await deps.sync.enqueue({
    accountId: ticket.accountId,
    ticket,
    label: ticket.key,
    intent: 'time',
    steps: [{ type: 'time', minutes, ...(note !== '' && { note }) }],
  });
  if (!queued.ok) {
    await tell(queued.error, vscode.l10n.t('It was not logged; the timer keeps what it counted.'));
    return;
  }
  if (deps.timer.of(ticket) !== undefined) await deps.timer.clear();
  vscode.window.setStatusBarMessage(
    `$(check) ${vscode.l10n.t('{0}: {1} min logged', ticket.key, minutes)}`,
    5000,
  );
}
