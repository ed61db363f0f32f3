import { rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { faultKinds } from '../knowledge/faultKinds.ts';
import { seedFaults, type FoundFault } from '../knowledge/seedFaults.ts';
import type { CheckedWorkspace, Found } from '../knowledge/workspaceChecks.ts';
import { main } from './main.ts';
import { temporaryFolder } from './paths.ts';

/** The part of all faults that must be found at their place. */
const enough = 0.95;

/** `npm run test:docs -- FOLDER [--runbooks FOLDER] [--faults N] [--seed N]`: what the checks say of real documents. */
await main(import.meta, async () => {
  const { values, positionals } = parseArgs({
    options: {
      runbooks: { type: 'string', default: '.' },
      faults: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
    },
    allowPositionals: true,
  });
  const [folder] = positionals;
  if (folder === undefined) {
    console.error('Which folder? npm run test:docs -- FOLDER');
    return false;
  }
  const scratch = await temporaryFolder('docs');
  try {
    const run = await seedFaults(path.resolve(folder), {
      scratch,
      runbooks: values.runbooks,
      faults: Number(values.faults),
      seed: Number(values.seed),
    });
    report(run.untouched);
    for (const kind of Object.keys(faultKinds))
      line(
        kind,
        run.faults.filter((one) => one.kind === kind),
      );
    const rest = run.faults.filter(({ verdict }) => verdict !== 'found');
    for (const { kind, what, verdict, expected } of rest)
      console.log(`  ${verdict}: ${kind}: ${what} (${expected.map(({ file }) => file).join(', ')})`);
    console.log(`${run.besides.length} more were reported after the faults were put in.`);
    for (const one of run.besides) console.log(`  ${place(one)}`);
    line('all', run.faults);
    return run.faults.length - rest.length >= run.faults.length * enough;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});

function report({ texts, found, leftOut }: CheckedWorkspace): void {
  console.log(`${texts.size} Markdown files, ${leftOut.length} left out, ${found.length} diagnostics:`);
  for (const one of found) {
    const text = (texts.get(one.file) ?? '').slice(one.start, one.end);
    console.log(`  ${place(one)}  [${text.replace(/\s+/g, ' ').slice(0, 100)}]`);
  }
}

function place({ file, code, message }: Found): string {
  return `${file}: ${code}: ${message}`;
}

function line(name: string, faults: readonly FoundFault[]): void {
  const count = (verdict: FoundFault['verdict']) => faults.filter((one) => one.verdict === verdict).length;
  console.log(
    `${name.padEnd(24)} ${String(faults.length).padStart(4)} put in, ${String(count('found')).padStart(4)} found at their place, ${count('elsewhere')} elsewhere, ${count('missed')} missed`,
  );
}
