import { TicketsModel } from '../../src/editor/tickets/ticketsModel.ts';
import { benchTicket } from './seed.ts';
import { measure, median, type Bench } from './figure.ts';
import { treeInput } from './treeInput.ts';

const size = 10_000;

/** What the tree does with its tickets once they are read: group, order, make the rows on top, find what changed. */
export const treeModel: Bench = {
  name: 'tree.model',
  run: async () => {
    const now = Date.now();
    const tickets = Array.from({ length: size }, (_, index) => benchTicket(index + 1, 'rt', now));
    const json = tickets.map((ticket) => JSON.stringify(ticket));
    const times = await measure(() => {
      const model = new TicketsModel((text, ...values) => text + values.join());
      const begin = performance.now();
      model.update(treeInput(tickets, now, 0));
      for (const root of model.roots) model.children(root);
      model.update(treeInput(tickets, now + 60_000, 0));
      const made = performance.now();
      for (const text of json) JSON.parse(text);
      return Promise.resolve({ ours: made - begin, peer: performance.now() - made });
    });
    return [
      {
        name: 'tree.model',
        size,
        value: median(times.map(({ ours }) => ours)),
        unit: 'ms',
        peer: 'JSON.parse of the same tickets',
        peerValue: median(times.map(({ peer }) => peer)),
      },
    ];
  },
};
