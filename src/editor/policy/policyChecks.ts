import * as vscode from 'vscode';
import { readPolicy } from '../../desk/policy/readPolicy.ts';
import { policyFolder } from './policyFiles.ts';

/** Checks YAML by our schema, where it is installed. */
const yamlExtension = 'redhat.vscode-yaml';

/** Shows what is wrong with a policy while it is written. */
export class PolicyChecks implements vscode.Disposable {
  readonly #diagnostics = vscode.languages.createDiagnosticCollection('deskside-policy');
  readonly #listeners: vscode.Disposable;

  constructor() {
    this.#listeners = vscode.Disposable.from(
      vscode.workspace.onDidOpenTextDocument((document) => this.#check(document)),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#check(document)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#diagnostics.delete(uri)),
      vscode.extensions.onDidChange(() => this.#checkAll()),
    );
    this.#checkAll();
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#diagnostics.dispose();
  }

  #checkAll(): void {
    for (const document of vscode.workspace.textDocuments) this.#check(document);
  }

  #check(document: vscode.TextDocument): void {
    if (!policyFolder(document.uri)) return;
    const bySchema = vscode.extensions.getExtension(yamlExtension) !== undefined;
    const found = readPolicy(document.getText()).problems.filter(
      ({ beyondSchema }) => beyondSchema || !bySchema,
    );
    this.#diagnostics.set(
      document.uri,
      found.map(({ message, start, end }) => {
        const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
        const diagnostic = new vscode.Diagnostic(range, message, vscode.DiagnosticSeverity.Error);
        diagnostic.source = 'Deskside';
        return diagnostic;
      }),
    );
  }
}
