import { setImmediate } from 'node:timers/promises';
import { documentText } from '../runbooks/comparedText.ts';
import type { IndexedDocument } from '../runbooks/documentRecord.ts';
import { outline } from '../runbooks/markdown.ts';
import { TextIndex, type TextItem } from '../runbooks/textIndex.ts';
import type { Texts } from './texts.ts';
import type { WorkspaceIndex } from './workspaceIndex.ts';

const breath = 15;

/** The documents of the workspace by what they say; brought up to date whenever it is asked. */
export class DocumentTexts {
  readonly #index: WorkspaceIndex;
  readonly #texts: Texts;
  readonly #words = new TextIndex();
  readonly #numbers = new Map<string, number>();
  readonly #read: IndexedDocument[] = [];
  #reading: Promise<void> | undefined;

  constructor(index: WorkspaceIndex, texts: Texts) {
    this.#index = index;
    this.#texts = texts;
  }

  /** The documents likest to a text, best first, each with its score. */
  async find(
    query: TextItem,
    most: number,
    isWanted: (document: IndexedDocument) => boolean,
  ): Promise<{ document: IndexedDocument; score: number }[]> {
    await (this.#reading ??= this.#upToDate().finally(() => {
      this.#reading = undefined;
    }));
    const matches = this.#words.find(query, most, (number) => {
      const document = this.#read[number];
      return document !== undefined && this.#index.at(document.path) === document && isWanted(document);
    });
    return matches.flatMap(({ number, score }) => {
      const document = this.#read[number];
      return document === undefined ? [] : { document, score };
    });
  }

  async #upToDate(): Promise<void> {
    let began = performance.now();
    for (const document of this.#index.all()) {
      const number = this.#numbers.get(document.path) ?? this.#read.length;
      if (this.#read[number] === document) continue;
      this.#numbers.set(document.path, number);
      this.#read[number] = document;
      this.#words.put(number, this.#textOf(document));
      if (performance.now() - began < breath) continue;
      await setImmediate();
      began = performance.now();
    }
  }

  #textOf(document: IndexedDocument): TextItem {
    const text = this.#texts.of(document.path)?.getText() ?? '';
    return documentText(document.title, (field) => document.values(field), outline(text).prose);
  }
}
