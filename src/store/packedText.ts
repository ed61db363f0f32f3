/** UTF-8; the whole of its buffer is ours. */
export type PackedText = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const firstSize = 256 * 1024;

/** Texts one after the other in one buffer. To make a new large one costs more than to fill it. */
export class TextPacker {
  #room: PackedText;
  #end = 0;

  constructor(spare: ArrayBuffer = new ArrayBuffer(firstSize)) {
    this.#room = new Uint8Array(spare);
  }

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
