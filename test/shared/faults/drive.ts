import { strict as assert } from 'node:assert';
import { faultKinds } from './kinds.ts';
import { Resolver } from './names.ts';
import { faultRun, type RunOutcome } from './run.ts';
import { drawKinds } from './series.ts';
import type { FaultSubject } from './subject.ts';
import { faultTable } from './table.ts';

const settings = JSON.parse(process.env.DESKSIDE_FAULTS ?? '{}') as { seed?: number; runs?: number };
const seed = settings.seed ?? 20260310;

/** Declares the test: `usual` runs, shared among the servers, unless the environment wants others. */
export function survivesFaults(usual: number, lanes: readonly (() => Promise<FaultSubject>)[]): void {
  const runs = settings.runs ?? usual;
  const share = Math.ceil(runs / lanes.length);
  const outcomes: { server: string; outcome: RunOutcome }[] = [];
  const broken: string[] = [];
  let resolver: Resolver;

  before(() => {
    resolver = new Resolver();
  });
  after(() => resolver.end());

  /** At once: the whole takes long. */
  function complain(server: string, complaint: string): void {
    console.log(`    ${server}, ${complaint}`);
    broken.push(`${server}, ${complaint}`);
  }

  async function drive(lane: number): Promise<void> {
    const subject = await lanes[lane]!();
    const names = resolver.name(`lane-${lane}.desk.test`);
    for (let run = 0; run < share; run += 1) {
      const own = seed + run;
      // In the other order, so that few runs meet every fault on one server at least.
      const kinds = drawKinds(lane === 0 ? faultKinds : faultKinds.toReversed(), own);
      try {
        const outcome = await faultRun(subject, names, kinds, own);
        outcomes.push({ server: subject.name, outcome });
        for (const complaint of complaints(outcome)) complain(subject.name, complaint);
      } catch (error) {
        complain(
          subject.name,
          `seed ${own} (${kinds.map(({ name }) => name).join(' + ')}): ${String(error)}`,
        );
      }
    }
  }

  it(`lose nothing, double nothing and leave nothing behind: ${runs} runs from seed ${seed}`, async () => {
    await Promise.all(lanes.map((_, lane) => drive(lane)));
    for (const server of new Set(outcomes.map((one) => one.server))) {
      const own = outcomes.filter((one) => one.server === server).map(({ outcome }) => outcome);
      console.log(`\n${faultTable(server, own)}\n`);
    }
    assert.deepEqual(broken, [], 'one of them alone: npm run test:faults -- --seed N --runs 1');
  });
}

/** What must not be, with all it takes to see it again. */
function complaints({ seed: own, kinds, lost, doubled, wrong, differing }: RunOutcome): string[] {
  const said = [
    ...lost.map((name) => `lost ${name}`),
    ...doubled.map((name) => `doubled ${name}`),
    ...wrong,
    ...differing,
  ];
  return said.length === 0 ? [] : [`seed ${own} (${kinds.join(' + ')}): ${said.join('; ')}`];
}
