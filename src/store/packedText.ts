/** UTF-8; the whole of its buffer is ours. */
export type PackedText = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const firstSize = 256 * 1024;

/** Rooms that were filled before, for the texts to come: to make a new large one costs more than to fill it. */
const spare: ArrayBuffer[] = [];
const mostSpare = 2;

/** The room of a text that nobody needs any more. */
export function reuse(room: ArrayBuffer): void {
  if (spare.length < mostSpare) spare.push(room);
}

/** Texts one after the other in one buffer. */
export class TextPacker {
  #room = new Uint8Array(spare.pop() ?? new ArrayBuffer(firstSize));
  #end = 0;

  /** Gives where it ends. */
  add(text: string): number {
    for (;;) {
      const { read, written } = encoder.encodeInto(text, this.#room.subarray(this.#end));
      if (read === text.length) return (this.#end += written);
      const larger = new Uint8Array(2 * Math.max(this.#room.length, text.length));
      larger.set(this.#room.subarray(0, this.#end));
      this.#room = larger;
    }
  }

  get bytes(): PackedText {
    return this.#room.subarray(0, this.#end);
  }
}
