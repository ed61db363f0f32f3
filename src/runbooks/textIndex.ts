import { wordsOf } from './words.ts';

/**
 * BM25's constants: how soon a repeated word stops counting, and how much a long text is held back. These, the weight of
 * titles and the power of rarity were chosen in the middle of what did best on three sets of bug reports (SeaMonkey,
 * Hadoop, mobile Firefox) and tried on two more, once.
 */
const saturation = 2;
const lengthPenalty = 0.9;
/** A word of the title counts as if it were said so often. */
const titleWeight = 4;
/** How far a rare word outweighs common ones: 1 in plain BM25. */
const rarityPower = 1.5;
/** How much of a text counts: beyond, it is logs and quoted mail. */
const longestText = 20_000;
/** Words of a query that are looked up: the rarest say the most. */
const mostWords = 100;

export interface TextItem {
  title: string;
  text: string;
}

export interface Match {
  number: number;
  score: number;
}

/**
 * Finds texts that say the same as another: BM25 over titles and texts. Items are numbered by whoever adds them, from 0;
 * postings lie in typed arrays, so that fifty thousand texts are asked in milliseconds.
 */
export class TextIndex {
  readonly #terms = new Map<string, Postings>();
  readonly #lengths: number[] = [];
  /** Terms of each item, to take it out again. */
  readonly #termsOf: (string[] | undefined)[] = [];
  #total = 0;
  #count = 0;
  #scores = new Float32Array(0);

  get size(): number {
    return this.#count;
  }

  /** Adds an item, or puts it in the place of the one that had its number. */
  put(number: number, item: TextItem): void {
    this.remove(number);
    const { weights, length } = read(item);
    const terms: string[] = [];
    for (const [word, weight] of weights) {
      let postings = this.#terms.get(word);
      if (postings === undefined) this.#terms.set(word, (postings = new Postings()));
      postings.add(number, weight);
      terms.push(word);
    }
    this.#termsOf[number] = terms;
    this.#lengths[number] = length;
    this.#total += length;
    this.#count++;
  }

  remove(number: number): void {
    const terms = this.#termsOf[number];
    if (terms === undefined) return;
    for (const word of terms) this.#terms.get(word)?.remove(number);
    this.#termsOf[number] = undefined;
    this.#total -= this.#lengths[number] ?? 0;
    this.#count--;
  }

  /** The items likest to a text, best first. */
  find(query: TextItem, most: number, isWanted: (number: number) => boolean = () => true): Match[] {
    const size = this.#termsOf.length;
    if (this.#scores.length < size) this.#scores = new Float32Array(size * 2);
    const scores = this.#scores.fill(0, 0, size);
    const average = this.#total / Math.max(1, this.#count);
    for (const { postings, weight } of this.#asked(query)) {
      const { numbers, weights, length } = postings;
      for (let at = 0; at < length; at++) {
        const number = numbers[at] ?? 0;
        const said = weights[at] ?? 0;
        const held =
          saturation * (1 - lengthPenalty + (lengthPenalty * (this.#lengths[number] ?? 0)) / average);
        scores[number] = (scores[number] ?? 0) + (weight * said * (saturation + 1)) / (said + held);
      }
    }
    return best(scores, size, most, isWanted);
  }

  /** The words of a query with what each is worth, the dearest first. */
  #asked(query: TextItem): { postings: Postings; weight: number }[] {
    const asked: { postings: Postings; weight: number }[] = [];
    for (const [word, said] of read(query).weights) {
      const postings = this.#terms.get(word);
      if (postings === undefined || postings.length === 0) continue;
      const rarity = Math.log(1 + (this.#count - postings.length + 0.5) / (postings.length + 0.5));
      asked.push({ postings, weight: said * rarity ** rarityPower });
    }
    return asked.sort((a, b) => b.weight - a.weight).slice(0, mostWords);
  }
}

function best(
  scores: Float32Array,
  size: number,
  most: number,
  isWanted: (number: number) => boolean,
): Match[] {
  const found: Match[] = [];
  let least = 0;
  for (let number = 0; number < size; number++) {
    const score = scores[number] ?? 0;
    if (score <= least || !isWanted(number)) continue;
    found.push({ number, score });
    if (found.length < most * 4) continue;
    found.sort((a, b) => b.score - a.score).length = most;
    least = found.at(-1)?.score ?? 0;
  }
  return found.sort((a, b) => b.score - a.score).slice(0, most);
}

function read({ title, text }: TextItem): { weights: Map<string, number>; length: number } {
  const weights = new Map<string, number>();
  let length = 0;
  const add = (from: string, weight: number) => {
    for (const word of wordsOf(from)) {
      weights.set(word, (weights.get(word) ?? 0) + weight);
      length += weight;
    }
  };
  add(title, titleWeight);
  add(text.slice(0, longestText), 1);
  return { weights, length };
}

/** Who says a word, and how often. */
class Postings {
  numbers = new Uint32Array(2);
  weights = new Uint16Array(2);
  length = 0;

  add(number: number, weight: number): void {
    if (this.length === this.numbers.length) {
      const numbers = new Uint32Array(this.length * 2);
      const weights = new Uint16Array(this.length * 2);
      numbers.set(this.numbers);
      weights.set(this.weights);
      this.numbers = numbers;
      this.weights = weights;
    }
    this.numbers[this.length] = number;
    this.weights[this.length] = Math.min(weight, 65_535);
    this.length++;
  }

  remove(number: number): void {
    const at = this.numbers.indexOf(number);
    if (at === -1 || at >= this.length) return;
    this.length--;
    this.numbers[at] = this.numbers[this.length] ?? 0;
    this.weights[at] = this.weights[this.length] ?? 0;
  }
}
