import { html, nothing, type ReactiveControllerHost, type TemplateResult } from 'lit';
import type { Suggestion, SuggestionKind } from '../messages.ts';
import { insertText } from './insertText.ts';
import { t } from './l10n.ts';
import { visibleText } from './visibleText.ts';

/** What is asked about the word before the cursor. */
export interface Question {
  kind: SuggestionKind;
  typed: string;
  turn: number;
}

/** What a word begins with that is completed; the last group is what is asked for. */
const beginnings: readonly [SuggestionKind, RegExp][] = [
  ['macro', /(?:^|\s)(\/([\p{L}\p{N}_-]{0,60}))$/u],
  ['person', /(?:^|[\s(])(@([\p{L}\p{N}._-]{0,60}))$/u],
  ['ticket', /(?<![\p{L}\p{N}_/.:-])((\p{Lu}{2,20}-\d{0,12}|#\d{1,12}))$/u],
];

/** What the cursor is behind, if it is something that can be completed. */
export function wordAt(text: string): { kind: SuggestionKind; typed: string; length: number } | undefined {
  const line = text.slice(-100);
  for (const [kind, pattern] of beginnings) {
    const match = pattern.exec(line);
    if (match) return { kind, typed: match[2] ?? '', length: match[1]?.length ?? 0 };
  }
  return undefined;
}

/** The list of what fits the word that is being typed in a text field, by the keyboard's rules for such lists. */
export class Suggester {
  readonly #host: ReactiveControllerHost;
  readonly #ask: (question: Question) => void;
  #field: HTMLTextAreaElement | undefined;
  #turn = 0;
  #shown: Suggestion[] = [];
  #active = 0;

  constructor(host: ReactiveControllerHost, ask: (question: Question) => void) {
    this.#host = host;
    this.#ask = ask;
  }

  get open(): boolean {
    return this.#shown.length > 0;
  }

  /** For the text field: which option the keyboard is on. */
  get activeId(): string | undefined {
    return this.open ? `suggestion-${this.#active}` : undefined;
  }

  /** Something was typed in `field`. */
  typed(field: HTMLTextAreaElement): void {
    const word = field.selectionStart === field.selectionEnd ? wordAt(beforeCursor(field)) : undefined;
    this.#turn += 1;
    this.#field = field;
    if (word === undefined) this.#show([]);
    else this.#ask({ kind: word.kind, typed: word.typed, turn: this.#turn });
  }

  /** Answers to another question than the last come too late. */
  answered(turn: number, suggestions: Suggestion[]): void {
    if (turn === this.#turn) this.#show(suggestions);
  }

  close(): void {
    this.#turn += 1;
    this.#show([]);
  }

  /** Whether the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (!this.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return false;
    const count = this.#shown.length;
    switch (event.key) {
      case 'ArrowDown':
        this.#active = (this.#active + 1) % count;
        break;
      case 'ArrowUp':
        this.#active = (this.#active + count - 1) % count;
        break;
      case 'Enter':
      case 'Tab':
        this.#accept(this.#active);
        break;
      case 'Escape':
        this.close();
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    this.#host.requestUpdate();
    return true;
  }

  render(): TemplateResult {
    const said = this.open
      ? t('{0} suggestions. Choose with the arrow keys, take one with Enter.', String(this.#shown.length))
      : '';
    return html`<span class="unseen" aria-live="polite">${said}</span>${
        this.open
          ? html`<ul class="suggestions" role="listbox" id="suggestions" aria-label=${t('Suggestions')}>
              ${this.#shown.map(
                (one, at) =>
                  html`<li
                    role="option"
                    id="suggestion-${at}"
                    aria-selected=${at === this.#active ? 'true' : 'false'}
                    @pointerdown=${(event: Event) => {
                      event.preventDefault();
                      this.#accept(at);
                    }}
                  >
                    <span class="label">${visibleText(one.label)}</span
                    ><span class="detail">${visibleText(one.detail)}</span>
                  </li>`,
              )}
            </ul>`
          : nothing
      }`;
  }

  #accept(at: number): void {
    const field = this.#field;
    const chosen = this.#shown[at];
    const word = field && wordAt(beforeCursor(field));
    this.close();
    if (field === undefined || chosen === undefined || word === undefined) return;
    insertText(field, chosen.text, field.selectionStart - word.length, field.selectionStart);
    this.close();
  }

  #show(suggestions: Suggestion[]): void {
    this.#shown = suggestions;
    this.#active = 0;
    this.#host.requestUpdate();
  }
}

function beforeCursor(field: HTMLTextAreaElement): string {
  return field.value.slice(0, field.selectionStart);
}
