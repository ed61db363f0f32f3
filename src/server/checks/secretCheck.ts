import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { Finder } from '../../runbooks/markdown.ts';
import { movedItem } from '../../runbooks/markdownPiece.ts';
import { findSecrets, type Redaction } from '../../runbooks/redaction.ts';
import { diagnostic, type Check, type CheckedDocument } from './check.ts';

const secrets: Finder<Redaction> = {
  findIn: ({ text }, { start, end }) =>
    findSecrets(text.slice(start, end)).map((found) => movedItem(found, start)),
};

/** Private keys, tokens and passwords: a repository never forgets them. Code is looked at too. */
export class SecretCheck implements Check {
  run({ document, outline }: CheckedDocument): Diagnostic[] {
    return outline.find(secrets).map(({ range, kind, replacement }) => {
      const message = `This looks like a ${kind.replace('-', ' ')}. A repository keeps it for ever: take it out, and change it where it is used.`;
      return diagnostic(document, range, DiagnosticSeverity.Warning, 'secret', message, replacement);
    });
  }
}
