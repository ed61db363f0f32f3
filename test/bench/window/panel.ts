import { median, p95, spread, type Bench, type Measured } from '../figure.ts';
import { sizes, windowRuns } from './windowRuns.ts';

const floor = 'an empty webview in the same window';

/** From the command to a ticket that is painted; to the next one in the same panel; and what a key costs there. */
export const panel: Bench = {
  name: 'panel',
  run: async () => {
    const { open, switch: next, typing } = await windowRuns();
    const empty = median(open.bare);
    console.log(`  empty webview: ${spread(open.bare)} ms`);
    const opening = sizes.map((size): Measured => {
      console.log(`  ${size} entries: ${spread(open[size])} ms`);
      return {
        name: 'panel.open',
        size,
        value: median(open[size]),
        unit: 'ms',
        peer: floor,
        peerValue: empty,
        target: { ratio: size === 10 ? 1.5 : 2.5 },
      };
    });
    const slow = typing.ours.filter((time) => time > 16).length;
    console.log(`  keys that took more than 16 ms: ${slow} of ${typing.ours.length}`);
    return [
      ...opening,
      {
        name: 'panel.switch',
        size: 2_000,
        value: median(next),
        unit: 'ms',
        peer: floor,
        peerValue: empty,
        target: { ratio: 1 },
      },
      {
        name: 'panel.typing-p95',
        size: 2_000,
        value: p95(typing.ours),
        unit: 'ms',
        peer: 'a text box in an empty webview',
        peerValue: p95(typing.bare),
        target: { value: 16 },
      },
    ];
  },
};
