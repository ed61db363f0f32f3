import { median, spread, type Bench } from './figure.ts';
import { hostRuns, ticketsInCache as size } from './hostRuns.ts';

/** Whether others can work in the first five seconds of an extension host with Deskside. */
export const eventLoop: Bench = {
  name: 'event-loop',
  run: async () => {
    const { deskside, bare, profiled } = await hostRuns();
    const longest = profiled.map((start) => start.longest);
    console.log(`  longest of Deskside: ${spread(longest)} ms`);
    const peer = 'the host with the bare extension instead';
    const of = (name: 'max' | 'p99') => ({
      value: median(deskside.map(({ loop }) => loop[name])),
      peerValue: median(bare.map(({ loop }) => loop[name])),
    });
    return [
      { name: 'event-loop', size, unit: 'ms', peer, ...of('max') },
      { name: 'event-loop.p99', size, unit: 'ms', peer, ...of('p99') },
      {
        name: 'event-loop.ours',
        size,
        value: median(longest),
        unit: 'ms',
        peer: 'longest delay of the host without it',
        peerValue: median(bare.map(({ loop }) => loop.max)),
        target: { value: 50 },
      },
    ];
  },
};
