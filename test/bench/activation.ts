import { median, spread, type Bench } from './figure.ts';
import { hostRuns, ticketsInCache } from './hostRuns.ts';

/**
 * Load, call and finish, as the host measures them, and the work on the host's thread that follows until the first
 * row: against load, call and finish of VS Code's own extension for Git in the same starts.
 */
export const activation: Bench = {
  name: 'activation',
  run: async () => {
    const { deskside, profiled } = await hostRuns();
    const values = deskside.map((start) => start.activation);
    const afterwards = median(profiled.map((start) => start.afterwards));
    console.log(`  ${spread(values)} ms, and ${afterwards.toFixed(0)} ms until the first row`);
    return [
      {
        name: 'activation',
        size: ticketsInCache,
        value: median(values) + afterwards,
        unit: 'ms',
        peer: 'vscode.git in the same start',
        peerValue: median(deskside.map((start) => start.git)),
        target: { ratio: 0.5 },
      },
    ];
  },
};
