import { median, spread, type Bench } from './figure.ts';
import { hostRuns, ticketsInCache } from './hostRuns.ts';

/** From the start of activation to the first ticket on the screen. */
export const firstRows: Bench = {
  name: 'first-rows',
  run: async () => {
    const { deskside, bare } = await hostRuns();
    const values = deskside.map((start) => start.firstRows);
    console.log(`  ${spread(values)} ms`);
    return [
      {
        name: 'first-rows',
        size: ticketsInCache,
        value: median(values),
        unit: 'ms',
        peer: 'an extension with 100 constant rows',
        peerValue: median(bare.map((start) => start.firstRows)),
        target: { ratio: 1.5 },
      },
    ];
  },
};
