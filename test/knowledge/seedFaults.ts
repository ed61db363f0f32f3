import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { generator } from '../shared/kill/run.ts';
import { faultKinds } from './faultKinds.ts';
import { Seeding, type Expected, type Fault } from './seeding.ts';
import { checkWorkspace, writeDesk, type CheckedWorkspace, type Found } from './workspaceChecks.ts';

export interface FoundFault extends Fault {
  verdict: 'found' | 'elsewhere' | 'missed';
}

export interface SeededRun {
  /** What the checks say of the folder as it is. */
  untouched: CheckedWorkspace;
  faults: FoundFault[];
  /** What the checks say of the copy, but neither of the folder nor of a fault. */
  besides: Found[];
}

/** Copies a folder, puts faults into the copy, and looks which of them the language server's checks find, and where. */
export async function seedFaults(
  folder: string,
  options: { scratch: string; runbooks: string; faults: number; seed: number },
): Promise<SeededRun> {
  const { scratch, runbooks, faults, seed } = options;
  const storeFolder = path.join(scratch, 'store');
  await mkdir(storeFolder, { recursive: true });
  await writeDesk(storeFolder);
  const copy = path.join(scratch, 'copy');
  await cp(folder, copy, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !/[\\/](?:\.git|node_modules)$/.test(file),
  });
  const untouched = await checkWorkspace(copy, { storeFolder, runbooks });
  const seeding = new Seeding(untouched.texts, generator(seed));
  putFaults(seeding, faults);
  for (const [from, to] of seeding.moves) await rename(path.join(copy, from), path.join(copy, to));
  for (const [file, text] of seeding.texts)
    if (untouched.texts.get(file) !== text) await writeFile(path.join(copy, file), text);
  const touched = await checkWorkspace(copy, { storeFolder, runbooks });
  await rm(copy, { recursive: true, force: true });
  return judge(untouched, touched, seeding);
}

function putFaults(seeding: Seeding, count: number): void {
  const kinds = Object.entries(faultKinds);
  let idle = 0;
  for (let at = 0; seeding.faults.length < count && idle < kinds.length * 20; at++) {
    const [kind, put] = kinds[at % kinds.length] ?? kinds[0]!;
    const fault = put(seeding);
    if (fault === undefined) idle++;
    else {
      idle = 0;
      seeding.faults.push({ kind, ...fault });
    }
  }
}

function judge(untouched: CheckedWorkspace, touched: CheckedWorkspace, seeding: Seeding): SeededRun {
  const used = new Set<Found>();
  const faults = seeding.faults.map((fault): FoundFault => {
    const seen = fault.expected.map((expected) => {
      const right = touched.found.filter((one) => fits(one, expected));
      for (const one of right) used.add(one);
      if (right.length > 0) return 'found';
      const near = touched.found.some(
        (one) => one.file === expected.file && one.code === expected.code && !used.has(one),
      );
      return near ? 'elsewhere' : 'missed';
    });
    const verdict = seen.includes('missed') ? 'missed' : seen.includes('elsewhere') ? 'elsewhere' : 'found';
    return { ...fault, verdict };
  });
  const before = new Set(untouched.found.map((one) => keyOf(seeding.moves.get(one.file) ?? one.file, one)));
  const besides = touched.found.filter((one) => !used.has(one) && !before.has(keyOf(one.file, one)));
  return { untouched, faults, besides };
}

function keyOf(file: string, { code, message }: Found): string {
  return [file, code, message].join('\n');
}

function fits(found: Found, expected: Expected): boolean {
  const { start, end, fit } = expected;
  if (found.file !== expected.file || found.code !== expected.code) return false;
  if (fit === 'exact') return found.start === start && found.end === end;
  if (fit === 'around')
    return found.start <= start && end <= found.end && found.end - found.start <= end - start + 2;
  return found.start >= start && found.start <= end && found.end > found.start;
}
