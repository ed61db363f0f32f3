import { setImmediate } from 'node:timers/promises';
import type { Entry } from '../desk/entry.ts';
import { plainText } from '../desk/htmlText.ts';
import { isActive, type Ticket, type TicketRef } from '../desk/ticket.ts';
import type { SimilarTicket } from '../runbooks/knowledgeMessages.ts';
import { TextIndex, type TextItem } from '../runbooks/textIndex.ts';
import { firstWords, said } from '../runbooks/timelineText.ts';
import type { TicketLookup } from './ticketLookup.ts';

const page = 200;
/** Reading goes on for so long, in milliseconds, before others get an answer. */
const breath = 15;
const solutionLength = 160;
/** Such a part of what a ticket scores against itself: two thirds of known duplicates reach it, of others a sixth. */
const alikeEnough = 0.32;
/** How much of a description tells what a ticket is about: more finds worse. */
export const tellingLength = 2000;

interface Known {
  ref: TicketRef;
  revision: string;
}

/** The tickets of the store by what they say; brought up to date whenever it is asked. */
export class TicketIndex {
  readonly #tickets: TicketLookup;
  readonly #texts = new TextIndex();
  readonly #known: Known[] = [];
  readonly #numbers = new Map<string, number>();
  #version = '';
  #reading: Promise<void> | undefined;

  constructor(tickets: TicketLookup) {
    this.#tickets = tickets;
  }

  /** The tickets likest to one, best first. */
  async similar(ticket: Ticket, most: number): Promise<SimilarTicket[]> {
    await this.#upToDate();
    const own = this.#numbers.get(nameOf(ticket));
    const matches = this.#texts.find(this.#textOf(ticket), most, (number) => number !== own);
    return matches.flatMap(({ number }) => this.#describe(number) ?? []);
  }

  /** Solved tickets without a document, each with those likest to it. */
  async undocumented(isDocumented: (ticket: Ticket) => boolean, most: number): Promise<SimilarTicket[][]> {
    await this.#upToDate();
    const solved = this.#tickets
      .tickets({ active: false, limit: most })
      .filter((ticket) => !isDocumented(ticket));
    const open = new Map(solved.map((ticket) => [this.#numbers.get(nameOf(ticket)), ticket]));
    const clusters: SimilarTicket[][] = [];
    for (const [number, ticket] of open) {
      if (number === undefined || !open.delete(number)) continue;
      const query = this.#textOf(ticket);
      const [itself, ...others] = this.#texts.find(query, 20, (one) => one === number || open.has(one));
      const alike = others.filter(({ score }) => score > (itself?.score ?? 0) * alikeEnough);
      for (const other of alike) open.delete(other.number);
      const numbers = [number, ...alike.map((other) => other.number)];
      clusters.push(numbers.flatMap((one) => this.#describe(one) ?? []));
    }
    return clusters.sort((a, b) => b.length - a.length);
  }

  #upToDate(): Promise<void> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  /** Newest first, until what is there already: after the first time that is a page or two. */
  async #read(): Promise<void> {
    const version = this.#tickets.version();
    if (version === this.#version) return;
    const isFirst = this.#version === '';
    let began = performance.now();
    for (let offset = 0; ; offset += page) {
      const tickets = this.#tickets.tickets({ order: 'recent', offset, limit: page });
      let fresh = 0;
      for (const ticket of tickets) {
        if (this.#put(ticket)) fresh++;
        if (performance.now() - began < breath) continue;
        await setImmediate();
        began = performance.now();
      }
      if (tickets.length < page || (!isFirst && fresh === 0)) break;
    }
    this.#version = version;
  }

  #put(ticket: Ticket): boolean {
    const name = nameOf(ticket);
    const number = this.#numbers.get(name) ?? this.#known.length;
    if (this.#known[number]?.revision === ticket.revision) return false;
    this.#numbers.set(name, number);
    this.#known[number] = { ref: { accountId: ticket.accountId, id: ticket.id }, revision: ticket.revision };
    this.#texts.put(number, this.#textOf(ticket));
    return true;
  }

  #textOf(ticket: Ticket): TextItem {
    const described = describedIn(this.#tickets.entries(ticket));
    return { title: ticket.subject, text: [...ticket.tags, ...ticket.assets, described].join(' ') };
  }

  #describe(number: number): SimilarTicket | undefined {
    const known = this.#known[number];
    const ticket = known && this.#tickets.ticket(known.ref);
    if (known === undefined || ticket === undefined) return undefined;
    const { key, subject, status } = ticket;
    const resolution = this.#tickets.entries(known.ref).findLast(({ kind }) => kind === 'resolution');
    const solution = firstWords(said(resolution).replace(/Documentation used:[\s\S]*/, ''), solutionLength);
    return {
      ref: known.ref,
      key,
      subject,
      status: status.name,
      isDone: !isActive(ticket),
      ...(solution !== '' && { solution }),
      ...(resolution?.link && { document: resolution.link.document, outcome: resolution.link.outcome }),
    };
  }
}

/** What the requester first wrote, or whoever wrote first. */
function describedIn(entries: readonly Entry[]): string {
  const first =
    entries.find(({ fromRequester, body }) => fromRequester && body !== undefined) ??
    entries.find(({ body }) => body !== undefined);
  return first?.body === undefined ? '' : plainText(first.body).slice(0, tellingLength);
}

function nameOf({ accountId, id }: TicketRef): string {
  return `${accountId}\0${id}`;
}
