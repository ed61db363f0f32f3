import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type * as vscode from 'vscode';
import { OrderlyMemory } from '../../../src/editor/orderlyMemory.ts';

/** As VS Code does it (1.139): all values are written at once, and the echo of a write replaces what is known here. */
class EchoingMemory implements vscode.Memento {
  stored: Record<string, unknown> = {};
  refuses = false;
  #known: Record<string, unknown> = {};

  keys = () => Object.keys(this.#known);
  get = (key: string) => this.#known[key] as never;

  async update(key: string, value: unknown): Promise<void> {
    this.#known[key] = value;
    await turn();
    const sent = JSON.stringify(this.#known);
    await turn();
    if (this.refuses) throw new Error('No room.');
    this.stored = JSON.parse(sent) as Record<string, unknown>;
    this.#known = JSON.parse(sent) as Record<string, unknown>;
    await turn();
  }
}

describe('what is remembered for all windows', () => {
  /** Each is set while the one before is on its way. */
  async function setInTurn(memory: vscode.Memento): Promise<void> {
    const writes: Thenable<void>[] = [];
    for (let number = 0; number < 12; number++) {
      writes.push(memory.update(`choice ${number}`, number));
      for (let turns = 0; turns < number % 4; turns++) await turn();
    }
    await Promise.all(writes);
  }

  it('would be forgotten by VS Code where several things are at once', async () => {
    const memory = new EchoingMemory();
    await setInTurn(memory);
    assert.ok(Object.keys(memory.stored).length < 12);
  });

  it('is all kept', async () => {
    const memory = new EchoingMemory();
    await setInTurn(new OrderlyMemory(memory));
    assert.equal(Object.keys(memory.stored).length, 12);
  });

  it('is known at once, and as it was set last', async () => {
    const memory = new OrderlyMemory(new EchoingMemory());
    const first = memory.update('a', 1);
    assert.equal(memory.get('a'), 1);
    const second = memory.update('a', 2);
    await first;
    assert.equal(memory.get('a'), 2);
    assert.deepEqual(memory.keys(), ['a']);
    const third = memory.update('a', undefined);
    assert.equal(memory.get('a', 'none'), 'none');
    assert.deepEqual(memory.keys(), []);
    await Promise.all([second, third]);
    assert.equal(memory.get('a'), undefined);
  });

  it('goes on where something could not be written', async () => {
    const memory = new EchoingMemory();
    const orderly = new OrderlyMemory(memory);
    memory.refuses = true;
    await assert.rejects(orderly.update('a', 1), /No room/);
    memory.refuses = false;
    await orderly.update('b', 2);
    assert.equal(memory.stored.b, 2);
  });
});
