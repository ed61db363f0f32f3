import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { findSecrets } from '../../runbooks/redaction.ts';
import { diagnostic, type Check, type CheckedDocument } from './check.ts';

interface Found {
  start: number;
  end: number;
  kind: string;
  replacement: string;
}

/** Paragraphs are looked at together up to this length: what was not typed in is not looked at again. */
const together = 4000;

/** Private keys, tokens and passwords: a repository never forgets them. Code is looked at too. */
export class SecretCheck implements Check {
  /** What was found in each piece of a document's last version. */
  readonly #known = new Map<string, ReadonlyMap<string, Found[]>>();

  run({ document, path, outline: { text } }: CheckedDocument): Diagnostic[] {
    const before = this.#known.get(path);
    const now = new Map<string, Found[]>();
    const diagnostics: Diagnostic[] = [];
    for (const { start, piece } of pieces(text)) {
      const found = now.get(piece) ?? before?.get(piece) ?? find(piece);
      now.set(piece, found);
      for (const one of found) {
        const range = { start: start + one.start, end: start + one.end };
        const message = `This looks like a ${one.kind}. A repository keeps it for ever: take it out, and change it where it is used.`;
        diagnostics.push(
          diagnostic(document, range, DiagnosticSeverity.Warning, 'secret', message, one.replacement),
        );
      }
    }
    this.#known.set(path, now);
    return diagnostics;
  }

  forget(path: string): void {
    this.#known.delete(path);
  }
}

function* pieces(text: string): Generator<{ start: number; piece: string }> {
  for (let start = 0; start < text.length;) {
    const blank = text.indexOf('\n\n', start + together);
    const end = blank === -1 ? text.length : blank + 2;
    yield { start, piece: text.slice(start, end) };
    start = end;
  }
}

function find(piece: string): Found[] {
  return findSecrets(piece).map(({ range, kind, replacement }) => ({
    ...range,
    kind: kind.replace('-', ' '),
    replacement,
  }));
}
