import { existsSync } from 'node:fs';
import path from 'node:path';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { StoredLink } from '../../desk/links.ts';
import { valueOf } from '../../runbooks/frontMatter.ts';
import { slugOf } from '../../runbooks/slug.ts';
import type { TicketLookup } from '../ticketLookup.ts';
import type { WorkspaceIndex } from '../workspaceIndex.ts';
import { diagnostic, headOf, type Check, type CheckedDocument } from './check.ts';

/** Carried by the diagnostic, for the act that mends the links. */
export interface BrokenLinks {
  linkIds: string[];
  /** The heading that is gone, as the tickets name it. */
  heading?: string;
}

/** Links of tickets that no longer lead where they led: to a heading that is gone, or to this document's old place. */
export class ResolutionLinkCheck implements Check {
  readonly #tickets: TicketLookup;
  readonly #index: WorkspaceIndex;

  constructor(tickets: TicketLookup, index: WorkspaceIndex) {
    this.#tickets = tickets;
    this.#index = index;
  }

  run(checked: CheckedDocument): Diagnostic[] {
    return [...this.#lostHeadings(checked), ...this.#moved(checked)];
  }

  #lostHeadings(checked: CheckedDocument): Diagnostic[] {
    const { document, outline } = checked;
    const links = this.#linksTo(checked);
    if (links.length === 0) return [];
    const slugs = new Set(outline.headings.map(({ slug }) => slug));
    const lost = new Map<string, StoredLink[]>();
    for (const link of links) {
      const { heading } = link.document;
      if (heading === undefined || slugs.has(slugOf(heading)) || slugs.has(heading)) continue;
      lost.set(heading, [...(lost.get(heading) ?? []), link]);
    }
    return [...lost].map(([heading, lostLinks]) => {
      const message = `${countOf(lostLinks)} to the heading "${heading}", which is not here any more.`;
      const data: BrokenLinks = { linkIds: lostLinks.map(({ id }) => id), heading };
      return diagnostic(document, headOf(checked), DiagnosticSeverity.Warning, 'lost-heading', message, data);
    });
  }

  /** Links without an id whose file is gone, by the title that is this document's. */
  #moved(checked: CheckedDocument): Diagnostic[] {
    const own = this.#index.at(checked.path);
    const folder = this.#index.folderOf(checked.path);
    if (own === undefined || folder === undefined) return [];
    const lost = this.#tickets
      .linksTitled(own.title)
      .filter(({ document }) => isGone(this.#index, folder, document));
    const [first] = lost;
    if (first === undefined) return [];
    const message = `${countOf(lost)} to ${first.document.path}, which is gone. This document has the same title.`;
    const data: BrokenLinks = { linkIds: lost.map(({ id }) => id) };
    const { Warning } = DiagnosticSeverity;
    return [diagnostic(checked.document, headOf(checked), Warning, 'moved-document', message, data)];
  }

  #linksTo({ path: file, outline: { frontMatter } }: CheckedDocument): readonly StoredLink[] {
    const folder = this.#index.folderOf(file);
    if (folder === undefined) return [];
    const id = valueOf(frontMatter, 'id');
    return this.#tickets.linksTo({ ...(id !== undefined && { id }), path: relativePath(folder, file) });
  }
}

/** How a document is named in a link: relative to its workspace folder, `/` as separator. */
export function relativePath(folder: string, file: string): string {
  return path.relative(folder, file).replaceAll('\\', '/');
}

function isGone(index: WorkspaceIndex, folder: string, document: StoredLink['document']): boolean {
  if (document.id !== undefined && index.withId(document.id).length > 0) return false;
  return !existsSync(path.join(folder, document.path));
}

function countOf(links: readonly StoredLink[]): string {
  const keys = [...new Set(links.map(({ ticketKey }) => ticketKey))];
  return keys.length === 1 ? `${keys[0] ?? ''} is linked` : `${keys.length} tickets are linked`;
}
