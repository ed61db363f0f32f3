import * as vscode from 'vscode';
import { openPlaceholders } from '../../replies/placeholders.ts';
import { draftScheme } from '../drafts/draftUri.ts';

/** Marks in drafts what a macro left to be filled in. */
export function markOpenPlaceholders(): vscode.Disposable {
  const marks = vscode.languages.createDiagnosticCollection('deskside.placeholders');
  const mark = (document: vscode.TextDocument): void => {
    if (document.uri.scheme !== draftScheme) return;
    const found = openPlaceholders(document.getText()).map(({ text, start, end }) => {
      const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
      const diagnostic = new vscode.Diagnostic(
        range,
        vscode.l10n.t('{0} is not filled in.', text),
        vscode.DiagnosticSeverity.Warning,
      );
      diagnostic.source = 'Deskside';
      return diagnostic;
    });
    marks.set(document.uri, found);
  };
  vscode.workspace.textDocuments.forEach(mark);
  return vscode.Disposable.from(
    marks,
    vscode.workspace.onDidOpenTextDocument(mark),
    vscode.workspace.onDidChangeTextDocument(({ document }) => mark(document)),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => marks.delete(uri)),
  );
}
