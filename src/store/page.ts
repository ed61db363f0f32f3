import type { Entry } from '../desk/entry.ts';
import type { Scope } from '../desk/scope.ts';
import { isActive, type Instant, type Ticket } from '../desk/ticket.ts';
import { dueAt } from '../desk/urgency.ts';
import { TextPacker, type PackedText } from './packedText.ts';
import { searchRow } from './searchText.ts';

/**
 * Tickets as they cross to the writer's thread: a few long columns instead of many objects, which would be copied one by
 * one, and texts as the bytes that are written. Made by a `TicketPacker`, read by `unpack`.
 */
export interface PackedTickets {
  accountId: string;
  /** Of each ticket its id, its key and its team. */
  names: (string | undefined)[];
  /** Of each ticket whether it is active, mine and assigned, its times and its rank, as `unpack` reads them. */
  numbers: Float64Array<ArrayBuffer>;
  /** Where the texts of a ticket end, one after the other: the JSON, what it is found by, the JSON of its timeline. */
  ends: Uint32Array<ArrayBuffer>;
  text: PackedText;
  /** Which of them are not to be written any more. */
  dropped: Set<number>;
}

/** Changes of a scope, and the cursor that follows them. */
export interface PackedPage extends PackedTickets {
  scope: Scope;
  /** Ids of tickets that are in the scope, and in the store as they are. */
  unchanged?: string[];
  cursor: string;
}

/** A ticket as the database takes it. */
export interface UnpackedTicket {
  id: string;
  key: string;
  team: string | undefined;
  active: number;
  mine: number;
  assigned: number;
  dueAt: Instant;
  rank: number;
  createdAt: Instant;
  updatedAt: Instant;
  json: Uint8Array;
  /** What it is found by, if it came with its whole timeline, or has none: a text for each column of the index. */
  search: Uint8Array[];
  /** Absent: it keeps the one it has. */
  timeline: { json: Uint8Array; requesterAt: Instant } | undefined;
}

const namesEach = 3;
const numbersEach = 8;
const searchColumns = 6;
const textsEach = searchColumns + 2;

/** Packs tickets one by one, as they come. */
export class TicketPacker {
  readonly #names: (string | undefined)[] = [];
  readonly #numbers: number[] = [];
  readonly #ends: number[] = [];
  readonly #text = new TextPacker();
  readonly #dropped = new Set<number>();

  get count(): number {
    return this.#names.length / namesEach;
  }

  /** A ticket without a timeline keeps the one it has in the store. Gives which of them it is. */
  add(ticket: Ticket, entries: readonly Entry[] | undefined): number {
    const index = this.count;
    this.#names.push(ticket.id, ticket.key, ticket.team);
    this.#numbers.push(
      Number(isActive(ticket)),
      Number(ticket.mine),
      Number(ticket.assignee !== undefined),
      Math.min(dueAt(ticket), Number.MAX_SAFE_INTEGER),
      ticket.priority.rank,
      ticket.createdAt,
      ticket.updatedAt,
      entries?.findLast((entry) => entry.fromRequester)?.at ?? 0,
    );
    this.#addText(JSON.stringify(ticket));
    for (const column of searchRow(ticket, entries ?? [])) this.#addText(column);
    this.#addText(entries ? JSON.stringify(entries) : '');
    return index;
  }

  /** Takes one out again. */
  drop(index: number): void {
    this.#dropped.add(index);
  }

  pack(accountId: string): PackedTickets {
    return {
      accountId,
      names: this.#names,
      numbers: new Float64Array(this.#numbers),
      ends: new Uint32Array(this.#ends),
      text: this.#text.bytes,
      dropped: this.#dropped,
    };
  }

  #addText(text: string): void {
    this.#ends.push(this.#text.add(text));
  }
}

/** The tickets of a page, in their order. */
export function* unpack({ names, numbers, ends, text, dropped }: PackedTickets): Generator<UnpackedTicket> {
  for (let index = 0; index * namesEach < names.length; index++) {
    if (dropped.has(index)) continue;
    const textAt = (which: number) => {
      const at = index * textsEach + which;
      return text.subarray(ends[at - 1] ?? 0, ends[at]);
    };
    const [id = '', key = '', team] = names.slice(index * namesEach, (index + 1) * namesEach);
    const first = index * numbersEach;
    const number = (which: number) => numbers[first + which] ?? 0;
    const timeline = textAt(textsEach - 1);
    yield {
      id,
      key,
      team,
      active: number(0),
      mine: number(1),
      assigned: number(2),
      dueAt: number(3),
      rank: number(4),
      createdAt: number(5),
      updatedAt: number(6),
      json: textAt(0),
      search: Array.from({ length: searchColumns }, (_, column) => textAt(1 + column)),
      timeline: timeline.length === 0 ? undefined : { json: timeline, requesterAt: number(7) },
    };
  }
}
