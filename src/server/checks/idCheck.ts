import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { valueOf, valuesOf } from '../../runbooks/frontMatter.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { diagnostic, headOf, type Check, type CheckedDocument } from './check.ts';

/** Ids that two documents have, or none; and documents that another one takes the place of. */
export class IdCheck implements Check {
  readonly #index: WorkspaceIndex;
  readonly #isRunbook: (path: string) => boolean;

  constructor(index: WorkspaceIndex, isRunbook: (path: string) => boolean) {
    this.#index = index;
    this.#isRunbook = isRunbook;
  }

  run(checked: CheckedDocument): Diagnostic[] {
    if (!checked.isRunbook) return [];
    return [...this.#duplicates(checked), ...this.#unknown(checked), ...this.#superseded(checked)];
  }

  #duplicates({ document, path, outline: { frontMatter } }: CheckedDocument): Diagnostic[] {
    const id = valueOf(frontMatter, 'id');
    const [range] = frontMatter?.fields.get('id')?.valueRanges ?? [];
    if (id === undefined || range === undefined) return [];
    const [other] = this.#index.withId(id).filter((one) => one.path !== path && this.#isRunbook(one.path));
    if (other === undefined) return [];
    const message = `"${other.title}" (${other.path}) has the id "${id}" too: links of tickets can't tell them apart.`;
    return [diagnostic(document, range, DiagnosticSeverity.Error, 'duplicate-id', message)];
  }

  #unknown({ document, outline: { frontMatter } }: CheckedDocument): Diagnostic[] {
    const ranges = frontMatter?.fields.get('supersedes')?.valueRanges ?? [];
    return valuesOf(frontMatter, 'supersedes').flatMap((id, at) => {
      const range = ranges[at];
      if (range === undefined || this.#index.withId(id).length > 0) return [];
      const message = `No document of this workspace has the id "${id}".`;
      return [diagnostic(document, range, DiagnosticSeverity.Warning, 'unknown-id', message)];
    });
  }

  #superseded(checked: CheckedDocument): Diagnostic[] {
    const { document, path, outline } = checked;
    const id = valueOf(outline.frontMatter, 'id');
    if (id === undefined || valueOf(outline.frontMatter, 'confidence') === 'archived') return [];
    const [newer] = this.#index.superseding(id).filter((one) => one.path !== path);
    if (newer === undefined) return [];
    const message = `"${newer.title}" takes the place of this document.`;
    return [
      diagnostic(
        document,
        headOf(checked),
        DiagnosticSeverity.Information,
        'superseded',
        message,
        newer.path,
      ),
    ];
  }
}
