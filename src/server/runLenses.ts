import type { CodeLens, Command } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { isSameDocument } from '../desk/links.ts';
import { nextStep, runningAttempt, stateOf, type Run, type RunStep } from '../desk/run.ts';
import { duration, stepPhrases } from '../desk/runRecord.ts';
import { describeOutline } from '../runbooks/document.ts';
import type { MarkdownOutline } from '../runbooks/markdown.ts';
import { runStepsOf, type DocumentStep } from '../runbooks/runSteps.ts';
import { rangeIn } from './lines.ts';

/** Above each step of a runbook: run it, or how it went in the run that is in progress. */
export function runLenses(
  document: TextDocument,
  outline: MarkdownOutline,
  path: string | undefined,
  open: readonly Run[],
): CodeLens[] {
  if (path === undefined) return [];
  const steps = runStepsOf(outline);
  const { id } = describeOutline(outline, path);
  const run = open.find((one) => isSameDocument(one.document, { path, ...(id !== undefined && { id }) }));
  return steps.flatMap((step, at) => {
    const range = rangeIn(document, { start: step.start, end: step.start });
    return commandsOf(document.uri, step, at, run).map((command) => ({ range, command }));
  });
}

function commandsOf(uri: string, step: DocumentStep, at: number, run: Run | undefined): Command[] {
  const about = { uri, step: at };
  const runIt = (title: string): Command => ({ title, command: 'deskside.runStep', arguments: [about] });
  if (run === undefined) return step.command === undefined ? [] : [runIt('$(play) Run step')];
  // A step that was written over since is not the one that was done.
  const known = run.steps[at]?.title === step.title ? run.steps[at] : undefined;
  const state = known === undefined ? 'waiting' : stateOf(known);
  const isNext = nextStep(run) === at && runningAttempt(run) === undefined;
  const tick: Command = { title: '$(check) Tick', command: 'deskside.tickStep', arguments: [about] };
  const next = isNext ? ' (next)' : '';
  switch (state) {
    case 'waiting':
      return step.command === undefined
        ? [{ ...tick, title: `$(check) Tick step${next}` }]
        : [runIt(`$(play) Run step${next}`), tick];
    case 'running':
      return [
        {
          title: '$(loading~spin) Running',
          command: 'deskside._showRunRecord',
          arguments: [{ runId: run.id }],
        },
      ];
    case 'done':
    case 'ticked':
    case 'skipped':
      return [shown(run, '$(pass)', known), ...(step.command === undefined ? [] : [runIt('Run again')])];
    case 'failed':
    case 'unclear':
    case 'interrupted':
      return [
        shown(run, '$(warning)', known),
        ...(step.command === undefined ? [] : [runIt('Run again')]),
        tick,
      ];
  }
}

/** How the step went; a click shows the record. */
function shown(run: Run, icon: string, step: RunStep | undefined): Command {
  const last = step?.attempts.at(-1);
  const { exitCode, endedAt } = last ?? {};
  const figures =
    last === undefined || exitCode === undefined || endedAt === undefined
      ? ''
      : `, exit status ${exitCode}, ${duration(endedAt - last.at)}`;
  const title = `${icon} ${stepPhrases[step === undefined ? 'waiting' : stateOf(step)]}${figures}`;
  return { title, command: 'deskside._showRunRecord', arguments: [{ runId: run.id }] };
}
