import { median, spread, type Bench } from '../figure.ts';
import { ticketsInTree, windowRuns } from './windowRuns.ts';

/** From the command to other rows on the screen, when all of the tree changes. */
export const treeRefresh: Bench = {
  name: 'tree.refresh',
  run: async () => {
    const { refresh } = await windowRuns();
    console.log(`  ${spread(refresh.ours)} ms; 100 constant rows: ${spread(refresh.bare)} ms`);
    return [
      {
        name: 'tree.refresh',
        size: ticketsInTree,
        value: median(refresh.ours),
        unit: 'ms',
        peer: 'a refresh of 100 constant rows in the same window',
        peerValue: median(refresh.bare),
        target: { ratio: 1.5 },
      },
    ];
  },
};
