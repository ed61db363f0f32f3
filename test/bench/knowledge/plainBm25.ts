import type { TextItem } from '../../../src/runbooks/textIndex.ts';

const saturation = 1.2;
const lengthPenalty = 0.75;

/** What every search does at least: BM25 over plain words, the title three times plus the text. Slow, and simple. */
export class PlainBm25 {
  readonly #items: Map<string, number>[];
  readonly #having = new Map<string, number>();
  readonly #lengths: number[];
  readonly #average: number;

  constructor(items: readonly TextItem[]) {
    this.#items = items.map(countsOf);
    for (const counts of this.#items)
      for (const word of counts.keys()) this.#having.set(word, (this.#having.get(word) ?? 0) + 1);
    this.#lengths = this.#items.map((counts) => [...counts.values()].reduce((sum, count) => sum + count, 0));
    this.#average = this.#lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, items.length);
  }

  /** Numbers of the items likest to one of them, best first. */
  like(number: number, most: number): number[] {
    const words = [...(this.#items[number] ?? [])];
    const scored = this.#items.map((counts, at) => ({
      at,
      score: this.#score(words, counts, this.#lengths[at] ?? 0),
    }));
    return scored
      .filter(({ at, score }) => at !== number && score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, most)
      .map(({ at }) => at);
  }

  #score(
    words: readonly (readonly [word: string, asked: number])[],
    counts: ReadonlyMap<string, number>,
    length: number,
  ): number {
    const held = saturation * (1 - lengthPenalty + (lengthPenalty * length) / this.#average);
    let score = 0;
    for (const [word, asked] of words) {
      const count = counts.get(word);
      if (count === undefined) continue;
      const having = this.#having.get(word) ?? 0;
      const rarity = Math.log(1 + (this.#items.length - having + 0.5) / (having + 0.5));
      score += (asked * rarity * count * (saturation + 1)) / (count + held);
    }
    return score;
  }
}

function countsOf({ title, text }: TextItem): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of `${title} ${title} ${title} ${text}`.toLowerCase().match(/[a-z0-9]+/g) ?? [])
    counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}
