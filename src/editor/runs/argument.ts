import * as vscode from 'vscode';

/** Of run records as documents: their query is the run. */
export const recordScheme = 'deskside-run';

/** What rows, lenses and buttons say of what a command of runs is about. */
export interface RunArgument {
  runId?: string;
  /** A runbook's. */
  uri?: vscode.Uri;
  /** The place of a step, from 0. */
  step?: number;
  /** The row that is selected in the *Runs* view is meant. */
  selected?: boolean;
}

export function runArgument(argument: unknown): RunArgument {
  if (typeof argument !== 'object' || argument === null) return {};
  if (argument instanceof vscode.Uri)
    return argument.scheme === recordScheme ? { runId: argument.query } : {};
  const { runId, uri, step, selected } = argument as Record<string, unknown>;
  return {
    ...(typeof runId === 'string' && { runId }),
    ...(typeof uri === 'string' && { uri: vscode.Uri.parse(uri, true) }),
    ...(typeof step === 'number' && { step }),
    ...(selected === true && { selected }),
  };
}
