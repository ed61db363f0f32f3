import * as vscode from 'vscode';
import { groupings, orders, type Grouping, type Order } from './grouping.ts';

/** How a queue's tickets are arranged. */
export interface Layout {
  by: Grouping;
  order: Order;
}

const key = 'deskside.tickets.layouts';

/** The arrangement of each queue, as the user left it. */
export class Layouts {
  readonly #memory: vscode.Memento;

  constructor(memory: vscode.Memento) {
    this.#memory = memory;
  }

  of(queueId: string): Layout {
    const kept = this.#all()[queueId];
    const usual = vscode.workspace.getConfiguration('deskside.tickets').get<string>('groupBy');
    return {
      by: groupings.find((by) => by === kept?.by) ?? groupings.find((by) => by === usual) ?? 'sla',
      order: orders.find((order) => order === kept?.order) ?? 'urgent',
    };
  }

  async set(queueId: string, change: Partial<Layout>): Promise<void> {
    await this.#memory.update(key, { ...this.#all(), [queueId]: { ...this.#all()[queueId], ...change } });
  }

  #all(): Record<string, Partial<Layout>> {
    return this.#memory.get<Record<string, Partial<Layout>>>(key, {});
  }
}
