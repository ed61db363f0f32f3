import { MarkupKind, type Hover, type Position } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { escapeInline } from '../desk/plainText.ts';
import type { IndexedDocument } from '../runbooks/documentRecord.ts';
import { staleSince } from '../runbooks/freshness.ts';
import { valueOf } from '../runbooks/frontMatter.ts';
import type { Range } from '../runbooks/textChange.ts';
import { relativePath } from './checks/resolutionLinkCheck.ts';
import { usesPhrase } from './codeLenses.ts';
import { linkedFile } from './linkTarget.ts';
import { rangeIn } from './lines.ts';
import { idAt, idOccurrences } from './occurrences.ts';
import type { Outlines } from './outlines.ts';
import type { TicketLookup } from './ticketLookup.ts';
import { fileOf, type WorkspaceIndex } from './workspaceIndex.ts';

/** What is known of a document that a link or an id names: how sure it is, when it was tested, what it was used for. */
export class DocumentHoverFeature {
  readonly #index: WorkspaceIndex;
  readonly #tickets: TicketLookup;
  readonly #outlines: Outlines;

  constructor(index: WorkspaceIndex, tickets: TicketLookup, outlines: Outlines) {
    this.#index = index;
    this.#tickets = tickets;
    this.#outlines = outlines;
  }

  provide(document: TextDocument, position: Position): Hover | undefined {
    const named = this.#named(document, position);
    if (named === undefined) return undefined;
    const value = this.#describe(named.document);
    return { contents: { kind: MarkupKind.Markdown, value }, range: rangeIn(document, named.range) };
  }

  #named(
    document: TextDocument,
    position: Position,
  ): { document: IndexedDocument; range: Range } | undefined {
    const offset = document.offsetAt(position);
    const within = ({ start, end }: Range) => start <= offset && offset <= end;
    const id = idAt(document, position);
    if (id !== undefined) {
      const range = idOccurrences(document, id).find(within);
      const [found] = this.#index.withId(id);
      return range && found && { document: found, range };
    }
    const link = this.#outlines.of(document)?.links.find(({ range }) => within(range));
    const from = fileOf(document.uri);
    const file = link && linkedFile(from, link.target, this.#index.folderOf(from));
    const found =
      file === undefined || file === from
        ? undefined
        : (this.#index.at(file) ?? this.#index.at(`${file}.md`));
    return link && found && { document: found, range: link.range };
  }

  #describe(document: IndexedDocument): string {
    const { frontMatter, title, id, path } = document;
    const folder = this.#index.folderOf(path);
    const links =
      folder === undefined
        ? []
        : this.#tickets.linksTo({ ...(id !== undefined && { id }), path: relativePath(folder, path) });
    const stale = staleSince(frontMatter, Date.now());
    const tested = valueOf(frontMatter, 'tested_at');
    const testedWith = valueOf(frontMatter, 'tested_with');
    const owner = valueOf(frontMatter, 'owner');
    const facts = [
      valueOf(frontMatter, 'type'),
      valueOf(frontMatter, 'confidence'),
      tested === undefined
        ? undefined
        : `tested ${tested}${testedWith === undefined ? '' : ` with ${testedWith}`}`,
      stale === undefined ? undefined : `stale for ${stale.days} days`,
      owner === undefined ? undefined : `owner ${owner}`,
    ].flatMap((fact) => (fact === undefined ? [] : escapeInline(fact)));
    const uses = links.length === 0 ? 'Not used for a ticket yet.' : `${usesPhrase(links)}.`;
    return [`**${escapeInline(title)}**`, facts.join(' · '), uses].filter((part) => part !== '').join('\n\n');
  }
}
