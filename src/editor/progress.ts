import * as vscode from 'vscode';
import { shownOnceSlow, type Work } from './slowWork.ts';

/** Does the work; if it takes a while, under a notification that tells how far it is, with Cancel. */
export function showProgress<T>(title: string, work: Work<T>): Promise<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return shownOnceSlow(work, (task) => vscode.window.withProgress(options, task));
}
