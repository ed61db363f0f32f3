import * as vscode from 'vscode';
import type { CommandDeps } from '../commands/deps.ts';
import { draftScheme } from '../drafts/draftUri.ts';

/** A slash where a word begins, and what is typed of a macro's name. */
const typed = /(?:^|\s)(\/[\p{L}\p{N}_-]*)$/u;

/** Offers macros in drafts as soon as a slash is typed. */
export function registerMacroCompletion(deps: CommandDeps): vscode.Disposable {
  return vscode.languages.registerCompletionItemProvider(
    { scheme: draftScheme },
    {
      async provideCompletionItems(document, position) {
        const slash = typed.exec(document.lineAt(position.line).text.slice(0, position.character))?.[1];
        const draft = deps.drafts.of(document);
        if (slash === undefined || draft?.ticketId === undefined) return [];
        const ticket = deps.reader.ticket({ accountId: draft.accountId, id: draft.ticketId });
        if (!ticket) return [];
        const { fillFor, readersOf, usableMacros } = await import('../writing/writing.ts');
        const range = new vscode.Range(position.translate(0, -slash.length), position);
        return (await usableMacros(deps, readersOf(draft))).map(({ name, text }) => {
          const item = new vscode.CompletionItem(name, vscode.CompletionItemKind.Text);
          const filled = fillFor(deps, ticket, text);
          return Object.assign(item, {
            range,
            filterText: `/${name}`,
            insertText: filled,
            detail: vscode.l10n.t('Macro'),
            documentation: filled,
          });
        });
      },
    },
    '/',
  );
}
