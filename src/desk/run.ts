import type { DocumentRef } from './links.ts';
import type { Instant, TicketRef } from './ticket.ts';

/** How a step was done, or tried. `record`: by a colleague, as the run record says that they left on the ticket. */
export type AttemptHow = 'terminal' | 'hand' | 'skipped' | 'record';

/** Why nobody knows how a command ended. */
export type Interruption = 'window' | 'terminal' | 'stopped';

/** What a command printed: redacted, and no longer than is read. */
export interface Output {
  text: string;
  /** Lines left out of the middle. */
  leftOut: number;
  /** Secrets taken out. */
  redacted: number;
}

export interface Attempt {
  id: string;
  how: AttemptHow;
  by: string;
  at: Instant;
  /** The exact command, but for secrets in it. */
  command?: string;
  /** What the command was given in its environment. */
  variables?: Record<string, string>;
  endedAt?: Instant;
  /** Absent as long as nobody knows. */
  exitCode?: number;
  interrupted?: Interruption;
  output?: Output;
  /** In the words of who did it. */
  note?: string;
  /** For `record`: what it says. */
  state?: StepState;
}

/** A step of a runbook as the run found it, and how it went: the last attempt counts, all are kept. */
export interface RunStep {
  title: string;
  /** Absent for what a person does. */
  command?: string;
  attempts: Attempt[];
}

export const stepStates = [
  'waiting',
  'running',
  'done',
  'failed',
  'unclear',
  'interrupted',
  'ticked',
  'skipped',
] as const;
export type StepState = (typeof stepStates)[number];

export type RunState = 'open' | 'stopped' | 'handed-over' | 'finished';

/** A runbook's steps as they are followed for a ticket. */
export interface Run {
  id: string;
  ticket: TicketRef;
  ticketKey: string;
  document: DocumentRef;
  by: string;
  startedAt: Instant;
  endedAt?: Instant;
  state: RunState;
  steps: RunStep[];
  /** What the user gave for placeholders that the ticket knows nothing of. */
  values: Record<string, string>;
  handOver?: { to: string; note: string };
  /** The last record of it that was queued for the ticket, and at which version. */
  attached?: { at: Instant; version: number };
  /** Counts changes: of two windows that change it at once, one has to look again. */
  version: number;
}

export function stateOf(step: RunStep): StepState {
  const last = step.attempts.at(-1);
  if (last === undefined) return 'waiting';
  switch (last.how) {
    case 'hand':
      return 'ticked';
    case 'skipped':
      return 'skipped';
    case 'record':
      return last.state ?? 'waiting';
    case 'terminal':
      if (last.endedAt === undefined) return 'running';
      if (last.exitCode !== undefined) return last.exitCode === 0 ? 'done' : 'failed';
      return last.interrupted === undefined ? 'unclear' : 'interrupted';
  }
}

/** Nothing is left to do about it. */
export function isSettledStep(step: RunStep): boolean {
  const state = stateOf(step);
  return state === 'done' || state === 'ticked' || state === 'skipped';
}

/** The first step that somebody still has to do something about: -1 when there is none. */
export function nextStep({ steps }: Pick<Run, 'steps'>): number {
  return steps.findIndex((step) => !isSettledStep(step));
}

export function runningAttempt({
  steps,
}: Pick<Run, 'steps'>): { step: number; attempt: Attempt } | undefined {
  for (const [at, step] of steps.entries()) {
    const attempt = step.attempts.at(-1);
    if (attempt && stateOf(step) === 'running') return { step: at, attempt };
  }
  return undefined;
}

/** Can somebody go on with it here? */
export function isOpen({ state }: Pick<Run, 'state'>): boolean {
  return state === 'open';
}

/** Does its ticket have all that is known of it? */
export function isAttached({ attached, version }: Pick<Run, 'attached' | 'version'>): boolean {
  return attached?.version === version;
}

export type RunEvent =
  | { type: 'started'; step: number; attempt: Attempt }
  | { type: 'printed'; attemptId: string; output: Output }
  | { type: 'ended'; attemptId: string; at: Instant; exitCode?: number; output?: Output }
  | { type: 'interrupted'; attemptId: string; at: Instant; why: Interruption }
  /** By hand, or skipped. */
  | { type: 'settled'; step: number; attempt: Attempt }
  | { type: 'stopped'; at: Instant }
  | { type: 'handed-over'; at: Instant; to: string; note: string }
  | { type: 'resumed' }
  | { type: 'attached'; at: Instant; version: number }
  | { type: 'given'; values: Record<string, string> }
  /** The document says this now. */
  | { type: 'read'; steps: readonly Pick<RunStep, 'title' | 'command'>[] };

/** The run after something happened; nothing if that can't happen to it now. */
export function advanceRun(run: Run, event: RunEvent): Run | undefined {
  const changed = change(run, event);
  return changed && { ...settle(changed, event), version: run.version + 1 };
}

function change(run: Run, event: RunEvent): Run | undefined {
  switch (event.type) {
    case 'started':
    case 'settled':
      return isOpen(run) && runningAttempt(run) === undefined ? withAttempt(run, event) : undefined;
    case 'printed':
      return onAttempt(run, event.attemptId, (attempt) =>
        attempt.endedAt === undefined ? { ...attempt, output: event.output } : undefined,
      );
    case 'ended':
      return onAttempt(run, event.attemptId, (attempt) => ended(attempt, event));
    case 'interrupted':
      return onAttempt(run, event.attemptId, (attempt) =>
        attempt.endedAt === undefined ? { ...attempt, endedAt: event.at, interrupted: event.why } : undefined,
      );
    case 'stopped':
      return isOpen(run) ? { ...run, state: 'stopped', endedAt: event.at } : undefined;
    case 'handed-over':
      return run.state === 'finished' || runningAttempt(run) !== undefined
        ? undefined
        : {
            ...run,
            state: 'handed-over',
            endedAt: event.at,
            handOver: { to: event.to, note: event.note },
          };
    case 'resumed':
      return run.state === 'stopped' || run.state === 'handed-over' ? resumed(run) : undefined;
    case 'attached':
      return { ...run, attached: { at: event.at, version: event.version } };
    case 'given':
      return { ...run, values: { ...run.values, ...event.values } };
    case 'read':
      return isOpen(run) ? withSteps(run, event.steps) : undefined;
  }
}

/** A run whose steps are all settled is finished, and one of whose steps is not is not. */
function settle(run: Run, event: RunEvent): Run {
  if (run.state !== 'open' || nextStep(run) !== -1 || run.steps.length === 0) return run;
  const last = run.steps.at(-1)?.attempts.at(-1);
  const at = 'at' in event ? event.at : (last?.endedAt ?? last?.at ?? run.startedAt);
  return { ...run, state: 'finished', endedAt: at };
}

function resumed(run: Run): Run {
  const open: Run = { ...run, state: 'open' };
  delete open.endedAt;
  delete open.handOver;
  return open;
}

function withAttempt(run: Run, { step: at, attempt }: { step: number; attempt: Attempt }): Run | undefined {
  if (run.steps[at] === undefined) return undefined;
  return {
    ...run,
    steps: run.steps.map((step, other) =>
      other === at ? { ...step, attempts: [...step.attempts, attempt] } : step,
    ),
  };
}

function onAttempt(run: Run, id: string, act: (attempt: Attempt) => Attempt | undefined): Run | undefined {
  let found: Attempt | undefined;
  const steps = run.steps.map((step) => ({
    ...step,
    attempts: step.attempts.map((attempt) => {
      if (attempt.id !== id) return attempt;
      found = act(attempt);
      return found ?? attempt;
    }),
  }));
  return found && { ...run, steps };
}

/** What was taken for interrupted may have gone on, and be seen to end after all. */
function ended(
  attempt: Attempt,
  { at, exitCode, output }: RunEvent & { type: 'ended' },
): Attempt | undefined {
  if (attempt.exitCode !== undefined) return undefined;
  if (attempt.endedAt !== undefined && attempt.interrupted === undefined) return undefined;
  if (attempt.interrupted !== undefined && exitCode === undefined) return undefined;
  return {
    ...attempt,
    endedAt: at,
    ...(exitCode !== undefined && { exitCode }),
    ...(output !== undefined && { output }),
  };
}

/** A step that was tried stays what it was then; the others are what the document says now. */
function withSteps(run: Run, now: readonly Pick<RunStep, 'title' | 'command'>[]): Run | undefined {
  const tried = run.steps.findLastIndex(({ attempts }) => attempts.length > 0) + 1;
  const length = Math.max(tried, now.length);
  const steps = Array.from({ length }, (_, at): RunStep => {
    const before = run.steps[at];
    const { title, command } = now[at] ?? {};
    if (before !== undefined && (before.attempts.length > 0 || title === undefined)) {
      return before.attempts.length > 0 && title === before.title && command !== undefined
        ? { ...before, command }
        : before;
    }
    return { title: title ?? '', ...(command !== undefined && { command }), attempts: [] };
  });
  const same = steps.length === run.steps.length && steps.every((step, at) => sameStep(step, run.steps[at]));
  return same ? undefined : { ...run, steps };
}

function sameStep(a: RunStep, b: RunStep | undefined): boolean {
  return a.title === b?.title && a.command === b.command;
}
