import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { findWording } from '../../replies/wording.ts';
import { valueOf } from '../../runbooks/frontMatter.ts';
import type { TicketLookup } from '../ticketLookup.ts';
import { diagnostic, type Check, type CheckedDocument } from './check.ts';

/** Plain language and tone of what a requester will read: replies, and resolution notes that are public. */
export class ReplyCheck implements Check {
  readonly #tickets: TicketLookup;
  readonly #isOn: () => boolean;

  constructor(tickets: TicketLookup, isOn: () => boolean) {
    this.#tickets = tickets;
    this.#isOn = isOn;
  }

  run(checked: CheckedDocument): Diagnostic[] {
    if (!this.#isOn() || !this.#isForRequesters(checked)) return [];
    const { document, outline } = checked;
    return findWording(outline.prose).map(({ kind, range, message, instead }) =>
      diagnostic(document, range, DiagnosticSeverity.Information, kind, message, instead),
    );
  }

  #isForRequesters({ document, outline }: CheckedDocument): boolean {
    const id = /^deskside-draft:\/\/([^/]+)\//.exec(document.uri)?.[1];
    const kind = id === undefined ? undefined : this.#tickets.draft(id)?.kind;
    if (kind === 'resolution') return valueOf(outline.frontMatter, 'visibility') === 'public';
    return kind === 'reply';
  }
}
