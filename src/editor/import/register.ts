import * as vscode from 'vscode';
import type { ImportDeps } from './deps.ts';
import { ReportDocuments } from '../reportDocuments.ts';
import { loadSample, removeSample } from './sampleDesk.ts';

/** The commands that bring tickets onto the local desk, and the sample off it again. */
export function registerImportCommands(deps: ImportDeps): vscode.Disposable {
  const reports = new ReportDocuments('deskside-import-report');
  return vscode.Disposable.from(
    reports,
    deps.commands.registerCommand('deskside.importTickets', async (argument: unknown) => {
      const { importTickets } = await import('./importTickets.ts');
      await importTickets(deps, reports, argument instanceof vscode.Uri ? argument : undefined);
    }),
    deps.commands.registerCommand('deskside.loadSample', () => loadSample(deps)),
    deps.commands.registerCommand('deskside.removeSample', () => removeSample(deps)),
  );
}
