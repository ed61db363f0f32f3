import { CodeActionKind, type CodeAction, type Command, type Diagnostic } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { MarkdownOutline } from '../../runbooks/markdown.ts';
import type { TextChange } from '../../runbooks/textChange.ts';
import { rangeIn } from '../lines.ts';
import type { Texts } from '../texts.ts';
import type { TicketLookup } from '../ticketLookup.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';

export interface FixOptions {
  index: WorkspaceIndex;
  tickets: TicketLookup;
  texts: Texts;
}

/** A document with one thing that is wrong in it. */
export interface Broken extends FixOptions {
  document: TextDocument;
  path: string;
  outline: MarkdownOutline;
  diagnostic: Diagnostic;
}

/** The ways to put one kind of thing right, the likeliest first. */
export type Fix = (broken: Broken) => CodeAction[];

export function editFix(broken: Broken, title: string, changes: readonly TextChange[]): CodeAction {
  const { document, diagnostic } = broken;
  const edits = changes.map((change) => ({ range: rangeIn(document, change), newText: change.text }));
  return {
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    edit: { changes: { [document.uri]: edits } },
  };
}

export function commandFix({ diagnostic }: Broken, command: Command): CodeAction {
  return { title: command.title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], command };
}

/** What is underlined, and where. */
export function underlined({ document, diagnostic }: Broken): { start: number; end: number; text: string } {
  const start = document.offsetAt(diagnostic.range.start);
  const end = document.offsetAt(diagnostic.range.end);
  return { start, end, text: document.getText(diagnostic.range) };
}

/** How alike two short texts are: the part of pairs of letters they share, 0 to 1. */
function likeness(a: string, b: string): number {
  const pairsOf = (text: string) => {
    const pairs = new Map<string, number>();
    for (let at = 0; at < text.length - 1; at++) {
      const pair = text.slice(at, at + 2).toLowerCase();
      pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
    }
    return pairs;
  };
  if (a.toLowerCase() === b.toLowerCase()) return 1;
  const [first, second] = [pairsOf(a), pairsOf(b)];
  let shared = 0;
  for (const [pair, count] of first) shared += Math.min(count, second.get(pair) ?? 0);
  return (2 * shared) / Math.max(1, a.length + b.length - 2);
}

/** Those that may be meant, the likest first. */
export function likest(wanted: string, among: Iterable<string>, most: number): string[] {
  const scored = [...among].map((text) => ({ text, score: likeness(wanted, text) }));
  return scored
    .filter(({ score }) => score > 0.4)
    .sort((a, b) => b.score - a.score)
    .slice(0, most)
    .map(({ text }) => text);
}
