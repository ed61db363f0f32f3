import type * as vscode from 'vscode';
import type { TicketRef } from '../../desk/ticket.ts';

/** What of a ticket's hand-off was ticked off on this computer: of the one that stands, older ones are forgotten. */
export class Ticks {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  of(ref: TicketRef, entryId: string): readonly string[] {
    const kept = this.#memory.get<{ entryId: string; done: string[] }>(keyOf(ref));
    return kept?.entryId === entryId ? kept.done : [];
  }

  async set(ref: TicketRef, entryId: string, text: string, done: boolean): Promise<void> {
    const others = this.of(ref, entryId).filter((one) => one !== text);
    const now = done ? [...others, text] : others;
    await this.#memory.update(keyOf(ref), now.length === 0 ? undefined : { entryId, done: now });
  }
}

function keyOf({ accountId, id }: TicketRef): string {
  return `deskside.ticks.${accountId}/${id}`;
}
