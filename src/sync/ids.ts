import { randomBytes } from 'node:crypto';
import type { Instant } from '../desk/ticket.ts';

/**
 * Makes UUIDs of version 7 whose text order is the order of making, also within a millisecond and when the machine's
 * clock is set back.
 */
export function idMaker(now: () => Instant): () => string {
  let last = 0;
  let sequence = 0;
  return () => {
    const at = now();
    if (at > last) {
      last = at;
      sequence = 0;
    } else {
      sequence += 1;
      if (sequence > 0xfff) {
        last += 1;
        sequence = 0;
      }
    }
    const time = last.toString(16).padStart(12, '0');
    const random = randomBytes(8);
    random.writeUInt8((random.readUInt8(0) & 0x3f) | 0x80, 0);
    const tail = random.toString('hex');
    const count = sequence.toString(16).padStart(3, '0');
    return `${time.slice(0, 8)}-${time.slice(8)}-7${count}-${tail.slice(0, 4)}-${tail.slice(4)}`;
  };
}
