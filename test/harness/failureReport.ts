import { sightings } from './reporter.ts';
import { openWindows } from './workbench.ts';

/** After a UI test that failed: what its windows showed, in the output, at its end, and as pictures in out/screenshots. */
export const mochaHooks = {
  async afterEach(this: Mocha.Context): Promise<void> {
    const { currentTest } = this;
    // One that is tried again has no state yet.
    if (currentTest === undefined || currentTest.state === 'passed' || currentTest.isPending()) return;
    const name = currentTest
      .fullTitle()
      .replaceAll(/[^a-z0-9]+/gi, '-')
      .slice(0, 100);
    if (currentTest.err) console.log(`        ${currentTest.err.message.split('\n').slice(0, 4).join(' ')}`);
    for (const [index, window] of openWindows().entries()) {
      try {
        const seen = await window.glance();
        sightings.push(`${currentTest.fullTitle()}:`, ...seen.map((line) => `  ${line}`));
        console.log(seen.map((line) => `        ${line}`).join('\n'));
        console.log(`        picture: ${await window.screenshot(`failed-${name}-${index + 1}`)}`);
      } catch (error) {
        console.log(`        no picture: ${String(error)}`);
      }
    }
  },
};
