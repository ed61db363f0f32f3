import { CompletionItemKind, type CompletionItem, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { localDay } from '../desk/localDay.ts';
import { fieldHints, fieldRules, type FieldRule } from '../runbooks/fields.ts';
import { locateFrontMatter, parseFrontMatter } from '../runbooks/frontMatter.ts';
import { scalar } from '../runbooks/frontMatterEdit.ts';
import { lineAt, rangeInLine } from './lines.ts';
import type { TicketLookup } from './ticketLookup.ts';
import { fileOf, type WorkspaceIndex } from './workspaceIndex.ts';

const rules = new Map<string, FieldRule>(Object.entries(fieldRules));
/** Fields whose values are worth using again: as other documents have them. */
const shared = new Set(['tags', 'services', 'environment', 'owner', 'tested_with', 'review_cycle']);
const mostPeople = 200;

/** Names of fields, and what they may hold: choices, today, ids of documents, tags and people used before. */
export class FrontMatterCompletionFeature {
  readonly #index: WorkspaceIndex;
  readonly #tickets: TicketLookup;

  constructor(index: WorkspaceIndex, tickets: TicketLookup) {
    this.#index = index;
    this.#tickets = tickets;
  }

  provide(document: TextDocument, position: Position): CompletionItem[] {
    const text = document.getText();
    const located = locateFrontMatter(text);
    const offset = document.offsetAt(position);
    if (located === undefined || offset < located.content.start || offset > located.content.end) return [];
    const before = lineAt(document, position.line).slice(0, position.character);
    const name = /^[\w-]*$/.exec(before)?.[0];
    if (name !== undefined) return this.#fields(text, position, name);
    const field = fieldAbove(document, position);
    if (field === undefined) return [];
    const [typed = ''] = /[^\s[,:"'-][^[,:"']*$/.exec(before.replace(/^[\w-]+:[ \t]*|^\s*-[ \t]+/, '')) ?? [];
    const range = rangeInLine(position.line, {
      start: position.character - typed.length,
      end: position.character,
    });
    const lead = /:$/.test(before) ? ' ' : '';
    return this.#values(field, fileOf(document.uri)).map((value, at) => ({
      label: value.label,
      kind: CompletionItemKind.Value,
      sortText: String(at).padStart(5, '0'),
      ...(value.detail !== undefined && { detail: value.detail }),
      textEdit: { range, newText: lead + (/^[\w-]+$/.test(value.label) ? value.label : scalar(value.label)) },
    }));
  }

  #fields(text: string, position: Position, typed: string): CompletionItem[] {
    const there = parseFrontMatter(text)?.fields;
    const range = rangeInLine(position.line, {
      start: position.character - typed.length,
      end: position.character,
    });
    return [...rules].flatMap(([name, { kind }], at): CompletionItem[] => {
      if (there?.has(name) === true && name !== typed) return [];
      const newText = kind === 'list' ? `${name}: []` : `${name}: `;
      return [
        {
          label: name,
          kind: CompletionItemKind.Field,
          detail: fieldHints[name as keyof typeof fieldHints],
          sortText: String(at).padStart(3, '0'),
          textEdit: { range, newText },
        },
      ];
    });
  }

  #values(field: string, here: string): { label: string; detail?: string }[] {
    const { choices, kind } = rules.get(field) ?? {};
    if (choices !== undefined) return choices.map((label) => ({ label }));
    if (kind === 'date') return [{ label: localDay(Date.now()), detail: 'today' }];
    if (field === 'supersedes') {
      return [...this.#index.ids()].flatMap((id) => {
        const [named] = this.#index.withId(id);
        return named === undefined || named.path === here ? [] : [{ label: id, detail: named.title }];
      });
    }
    if (!shared.has(field)) return [];
    const used = this.#used(field);
    return field === 'owner' ? [...new Set([...used, ...this.#people()])].map(asLabel) : used.map(asLabel);
  }

  /** The values of a field in all documents, the most frequent first. */
  #used(field: string): string[] {
    const counts = new Map<string, number>();
    for (const document of this.#index.all()) {
      for (const value of document.values(field)) counts.set(value, (counts.get(value) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([value]) => value);
  }

  #people(): string[] {
    const tickets = this.#tickets.tickets({ active: true, limit: mostPeople });
    return tickets
      .flatMap(({ assignee, team }) => [assignee?.name ?? '', team ?? ''])
      .filter((name) => name !== '');
  }
}

function asLabel(label: string): { label: string } {
  return { label };
}

/** The field whose value the line belongs to. */
function fieldAbove(document: TextDocument, { line }: Position): string | undefined {
  for (let at = line; at >= 0; at--) {
    const text = lineAt(document, at);
    const name = /^([\w-]+):/.exec(text)?.[1];
    if (name !== undefined) return name;
    if (!/^\s*(?:-|$)/.test(text)) return undefined;
  }
  return undefined;
}
