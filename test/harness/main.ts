import { Unavailable } from './processes.ts';

/** Runs a program of the harness when its file was started itself; it exits 1 unless `work` gives true. */
export async function main(meta: ImportMeta, work: () => Promise<boolean>): Promise<void> {
  if (!meta.main) return;
  try {
    process.exitCode = (await work()) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof Unavailable ? error.message : error);
    process.exitCode = 1;
  }
}
