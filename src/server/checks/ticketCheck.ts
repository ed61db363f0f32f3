import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import type { KeyOccurrence } from '../../runbooks/ticketKeys.ts';
import { listedKeys } from '../occurrences.ts';
import type { TicketLookup } from '../ticketLookup.ts';
import { diagnostic, type Check, type CheckedDocument } from './check.ts';

type Missing = ReturnType<TicketLookup['missing']>;

/** Ticket keys, in prose and in the front matter's `tickets`, that name no ticket. */
export class TicketCheck implements Check {
  readonly #tickets: TicketLookup;

  constructor(tickets: TicketLookup) {
    this.#tickets = tickets;
  }

  run({ document, outline }: CheckedDocument): Diagnostic[] {
    const inFrontMatter = listedKeys(outline.text, outline.frontMatter, this.#tickets);
    const known = new Map<string, Missing>();
    return [...inFrontMatter, ...this.#tickets.occurrencesIn(outline)].flatMap((occurrence) => {
      const { key } = occurrence;
      if (!known.has(key)) known.set(key, this.#tickets.missing(occurrence));
      return this.#say(document, occurrence, known.get(key));
    });
  }

  #say(document: CheckedDocument['document'], { key, range }: KeyOccurrence, missing: Missing): Diagnostic[] {
    if (missing === 'dead') {
      const message = `There is no ticket ${key}.`;
      return [diagnostic(document, range, DiagnosticSeverity.Warning, 'dead-ticket', message)];
    }
    if (missing === 'elsewhere') {
      const message = `${key} is not among the tickets that were synced here. It may be somebody else's, or mistyped.`;
      return [diagnostic(document, range, DiagnosticSeverity.Information, 'unknown-ticket', message)];
    }
    return [];
  }
}
