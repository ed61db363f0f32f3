import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { stateOf, type RunStep } from '../../desk/run.ts';
import { passesValuesOn, unquotedVariables, type FilledCommand } from '../../runbooks/placeholders.ts';
import type { Shell } from '../../runbooks/runSteps.ts';
import type { RunDeps } from './deps.ts';

/** What a user allowed without being asked again, by hash; on this machine only. */
const approvedKey = 'deskside.runs.approved';
const mostApproved = 500;
/** What a dialog has room for, on a small screen too. */
const mostLines = 25;
const longestDetail = 2_000;

export interface AskedStep {
  ticketKey: string;
  number: number;
  step: RunStep;
  shell: Shell;
  filled: FilledCommand;
  /** Where it runs. */
  folder: vscode.Uri | undefined;
  /** The values that the command reads, by their variables, as they may be shown. */
  variables: Record<string, string>;
}

type Asking = Pick<RunDeps, 'memory' | 'documents'>;

/** Shows the exact command and its values, and asks; unless the user allowed just this command before. */
export async function confirmCommand(deps: Asking, asked: AskedStep): Promise<boolean> {
  const { memory } = deps;
  const { ticketKey, number, step, filled } = asked;
  const hash = hashOf(asked);
  const approved = memory.get<string[]>(approvedKey, []);
  const cautions = cautionsOf(asked);
  if (cautions.length === 0 && approved.includes(hash)) return true;
  const values = Object.entries(asked.variables).map(([name, value]) => `${name}=${visible(value)}`);
  const detail = [
    visible(filled.text),
    ...(values.length > 0 ? [`${vscode.l10n.t('With these values:')}\n${values.join('\n')}`] : []),
    ...cautions,
  ].join('\n\n');
  const run = vscode.l10n.t('Run');
  const always = vscode.l10n.t("Run, and Don't Ask Again for This Command");
  const question = vscode.l10n.t('Run step {0}, "{1}", for {2}?', number, step.title, ticketKey);
  const answers = [run, ...(cautions.length === 0 ? [always] : [])];
  const isLong = detail.length > longestDetail || detail.split('\n').length > mostLines;
  const answer = isLong
    ? await askBeside(deps.documents, question, detail, answers)
    : await vscode.window.showWarningMessage(question, { modal: true, detail }, ...answers);
  if (answer === always) await memory.update(approvedKey, [...approved, hash].slice(-mostApproved));
  return answer === run || answer === always;
}

/** A dialog shows no more than fits on the screen: what is longer is read in an editor, and asked about above it. */
async function askBeside(
  documents: Asking['documents'],
  title: string,
  detail: string,
  answers: readonly string[],
): Promise<string | undefined> {
  await documents.showCommand(`${detail}\n`);
  const placeHolder = vscode.l10n.t('All of the command is in the editor. Read it first.');
  return vscode.window.showQuickPick([vscode.l10n.t("Don't Run"), ...answers], {
    title,
    placeHolder,
    ignoreFocusOut: true,
  });
}

/** The same text does something else in another folder. */
function hashOf({ filled, shell, folder }: AskedStep): string {
  return createHash('sha256')
    .update(`${shell}\n${folder?.toString() ?? ''}\n${filled.text}`)
    .digest('hex');
}

/** Why this one is asked about in any case. */
function cautionsOf({ step, shell, filled }: AskedStep): string[] {
  const cautions: string[] = [];
  if (stateOf(step) === 'interrupted')
    cautions.push(
      vscode.l10n.t('It was interrupted before, and may still be running in its terminal. Look there first.'),
    );
  if (filled.text !== visible(filled.text))
    cautions.push(
      vscode.l10n.t('The command has characters that can not be seen: they are written as <U+…> here.'),
    );
  if (passesValuesOn(filled))
    cautions.push(
      vscode.l10n.t(
        'The command hands its values to something that may read them as commands. They come from the ticket, and anybody may have written them.',
      ),
    );
  const unquoted = unquotedVariables(filled.text, shell);
  if (unquoted.length > 0)
    cautions.push(
      vscode.l10n.t('Without quotes the shell takes these values apart: {0}', unquoted.join(', ')),
    );
  return cautions;
}

/** Control characters, and those that make text look like something it is not, as their numbers. */
function visible(text: string): string {
  return text.replace(
    /[^\P{Cc}\n\t]|[\u00ad\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0]|\p{Cs}/gu,
    (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}
