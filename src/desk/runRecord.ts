import { escapeInline, normaliseLines, oneLine, unescapeInline, unquote } from './plainText.ts';
import { isSettledStep, stateOf, type Attempt, type Interruption, type Run, type StepState } from './run.ts';
import type { Instant } from './ticket.ts';

/**
 * How a run is written into a ticket, for people and for a colleague's Deskside: what is known of each step, and
 * nothing that is not.
 *
 *     Run record: Printer queue is stuck
 *
 *     - Runbook: runbooks/printer-queue.md
 *     - Run by: Alice Agent
 *     - Started: 2026-03-06 13:58:02 UTC
 *     - Result: finished, 2 of 2 steps settled
 *
 *     1. Done (exit status 0, 1.2 s): Look at the queue
 *     2. Ticked by hand: Turn the printer off and on
 */
const title = 'Run record:';

export const stepPhrases: Record<StepState, string> = {
  waiting: 'Not done',
  running: 'Running',
  done: 'Done',
  failed: 'Failed',
  unclear: 'Ended, exit status unknown',
  interrupted: 'Interrupted, outcome unknown',
  ticked: 'Ticked by hand',
  skipped: 'Skipped',
};

const interruptionPhrases: Record<Interruption, string> = {
  window: 'the editor window went away while it ran',
  terminal: 'its terminal was closed while it ran',
  stopped: 'the run was stopped while it ran',
};

export interface RecordOptions {
  output: boolean;
}

export function formatRunRecord(run: Run, options: RecordOptions): string {
  const parts = [`${title} ${escapeInline(run.document.title)}`, facts(run), summary(run)];
  run.steps.forEach((step, at) => {
    if (step.attempts.length === 0) return;
    parts.push(
      `### ${at + 1}. ${escapeInline(step.title)}`,
      ...step.attempts.map((one) => told(one, options)),
    );
  });
  return parts.join('\n\n') + '\n';
}

function facts(run: Run): string {
  const { document } = run;
  const lines = [
    `- Runbook: ${escapeInline(document.path)}`,
    document.id !== undefined && `- Id: ${escapeInline(document.id)}`,
    document.permalink !== undefined &&
      /^https?:\/\/[^\s<>()]+$/.test(document.permalink) &&
      `- Link: ${document.permalink}`,
    `- Run by: ${escapeInline(run.by)}`,
    `- Started: ${moment(run.startedAt)}`,
    run.endedAt !== undefined && `- Ended: ${moment(run.endedAt)}`,
    `- Result: ${escapeInline(result(run))}`,
    run.handOver !== undefined && run.handOver.note !== '' && `- Note: ${escapeInline(run.handOver.note)}`,
  ];
  return lines.filter((line) => line !== false).join('\n');
}

/** `finished, 2 of 2 steps settled` */
function result(run: Run): string {
  return `${stateWords(run)}, ${run.steps.filter(isSettledStep).length} of ${run.steps.length} steps settled`;
}

function stateWords({ state, handOver }: Run): string {
  switch (state) {
    case 'open':
      return 'in progress';
    case 'stopped':
      return 'stopped';
    case 'finished':
      return 'finished';
    case 'handed-over':
      return `handed over to ${handOver?.to.replaceAll(',', '') || 'a colleague'}`;
  }
}

function summary({ steps }: Run): string {
  return steps
    .map((step, at) => {
      const last = step.attempts.at(-1);
      const tries = step.attempts.length > 1 ? `, attempt ${step.attempts.length}` : '';
      const detail = last === undefined ? '' : figures(last) + tries;
      const about = detail === '' ? '' : ` (${detail.replace(/^, /, '')})`;
      return `${at + 1}. ${stepPhrases[stateOf(step)]}${about}: ${escapeInline(step.title)}`;
    })
    .join('\n');
}

/** `exit status 0, 1.2 s` */
function figures({ exitCode, how, at, endedAt, interrupted, by }: Attempt): string {
  if (how === 'record') return `by ${escapeInline(by).replaceAll(')', '')}`;
  if (how !== 'terminal' || exitCode === undefined) return '';
  const lasted = endedAt === undefined || interrupted !== undefined ? '' : `, ${duration(endedAt - at)}`;
  return `exit status ${exitCode}${lasted}`;
}

/** All that is known of one attempt. */
function told(attempt: Attempt, { output }: RecordOptions): string {
  const { how, by, at, command, variables = {}, note } = attempt;
  const who = `${moment(at)}, ${escapeInline(by)}`;
  const said =
    note === undefined || note === ''
      ? []
      : [
          note
            .split('\n')
            .map((line) => `> ${line}`)
            .join('\n'),
        ];
  if (how === 'hand') {
    const why = command === undefined ? '' : ' Of its command nothing was recorded with that.';
    return [`${who}: ticked by hand.${why}`, ...said].join('\n\n');
  }
  if (how === 'skipped') return [`${who}: skipped.`, ...said].join('\n\n');
  if (how === 'record') return [`${who}: as the record on the ticket says.`, ...said].join('\n\n');
  const values = Object.entries(variables).map(([name, value]) => `- \`${name}\`: ${escapeInline(value)}`);
  return [
    `${who}, in a terminal:`,
    fenced(command ?? '', 'sh'),
    ...(values.length > 0 ? [`With these values:\n\n${values.join('\n')}`] : []),
    ending(attempt),
    ...(output ? [printed(attempt)] : []),
  ].join('\n\n');
}

function ending({ exitCode, endedAt, at, interrupted }: Attempt): string {
  const late =
    interrupted === undefined
      ? ''
      : ` It was first taken for interrupted: ${interruptionPhrases[interrupted]}.`;
  if (endedAt === undefined) return 'It was still running when this was written.';
  if (exitCode !== undefined) {
    const after =
      interrupted === undefined ? ` after ${duration(endedAt - at)}` : `, seen at ${moment(endedAt)}`;
    return `Exit status ${exitCode}${after}.${late}`;
  }
  return interrupted === undefined
    ? `It ended after ${duration(endedAt - at)}; the shell told no exit status.`
    : `Interrupted, outcome unknown: ${interruptionPhrases[interrupted]}. Nobody saw how it ended.`;
}

function printed({ output, interrupted, endedAt }: Attempt): string {
  const until = interrupted !== undefined || endedAt === undefined ? ' until then' : '';
  if (output === undefined || output.text === '') return `No output was recorded${until}.`;
  const left = output.leftOut > 0 ? `, lines left out: ${output.leftOut}` : '';
  const secrets = output.redacted > 0 ? `, secrets taken out: ${output.redacted}` : '';
  return `Output${until}${left}${secrets}:\n\n${fenced(output.text, 'text')}`;
}

/** Code whose fence nothing in it can close. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function moment(at: Instant): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `0.4 s`, `12 s`, `3 min 5 s`, `2 h 10 min` */
export function duration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** What a run record says, as far as another Deskside can go on from it. */
export interface RunRecord {
  title: string;
  path: string;
  id?: string;
  by: string;
  result: string;
  steps: { state: StepState; title: string }[];
}

export function recordOf(run: Run): RunRecord {
  const { id, title: named, path } = run.document;
  return {
    title: named,
    path,
    ...(id !== undefined && { id }),
    by: run.by,
    result: result(run),
    steps: run.steps.map((step) => ({ state: stateOf(step), title: step.title })),
  };
}

/** The run record that a note is, whoever wrote it; nothing for any other text. */
export function parseRunRecord(text: string): RunRecord | undefined {
  const lines = unquote(normaliseLines(text)).trim().split('\n');
  const [first = ''] = lines;
  const named = /^[\s#*_]*Run record:\s*(.*)$/i.exec(first)?.[1];
  if (named === undefined) return undefined;
  const facts = new Map<string, string>();
  const steps: RunRecord['steps'] = [];
  for (const line of lines.slice(1)) {
    if (/^\s*(?:#{1,6} |`{3})/.test(line)) break;
    const [, field, value = ''] = /^\s*(?:[-*+•]\s*)?(Runbook|Id|Run by|Result):\s*(.*)$/i.exec(line) ?? [];
    if (field !== undefined) facts.set(field.toLowerCase(), unescapeInline(oneLine(value)));
    const step = stepIn(line);
    if (step !== undefined) steps.push(step);
  }
  const path = facts.get('runbook');
  if (path === undefined || steps.length === 0) return undefined;
  const id = facts.get('id');
  return {
    title: unescapeInline(oneLine(named)),
    path,
    ...(id !== undefined && { id }),
    by: facts.get('run by') ?? '',
    result: facts.get('result') ?? '',
    steps,
  };
}

const stepLine = new RegExp(
  `^\\s*\\d+[.)]\\s+(${Object.values(stepPhrases).join('|')})(?: \\([^)]*\\))?:\\s*(.*)$`,
  'i',
);

function stepIn(line: string): RunRecord['steps'][number] | undefined {
  const [, phrase, named = ''] = stepLine.exec(line) ?? [];
  const found = Object.entries(stepPhrases).find(([, one]) => one.toLowerCase() === phrase?.toLowerCase());
  return found && { state: found[0] as StepState, title: unescapeInline(oneLine(named)) };
}

/** Was it left for somebody to go on with? */
export function isHandedOver({ result }: Pick<RunRecord, 'result'>): boolean {
  return /^handed over\b/i.test(result);
}
