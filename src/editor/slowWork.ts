import { setTimeout as sleep } from 'node:timers/promises';

/** What it is at, or how much of it is done, 0 to 1; without a message that is shown as a percentage. */
export type Progress = { message: string } | { part: number; message?: string };

/** Work that ends early once its signal says so, and may tell how far it is. */
export type Work<T> = (signal: AbortSignal, report: (progress: Progress) => void) => Promise<T>;

/** What VS Code is told of a step. */
export interface Step {
  message?: string;
  /** How much was done since the last one, in percent. */
  increment?: number;
}

/** What VS Code shows: the part of `withProgress` that is used. */
export type ShownTask<T> = (
  shown: { report(step: Step): void },
  token: { onCancellationRequested(listener: () => void): unknown },
) => Promise<T>;

/** In milliseconds. */
const barelyNoticed = 300;

/**
 * Begins the work at once, and has it shown if it is not done before anybody could read of it. VS Code shows three
 * notifications at a time and each for a while: one too many, and what came of the work would be hidden.
 */
export async function shownOnceSlow<T>(
  work: Work<T>,
  show: (task: ShownTask<T>) => PromiseLike<T>,
): Promise<T> {
  const controller = new AbortController();
  let latest: Progress | undefined;
  let display: (progress: Progress) => void = () => undefined;
  const working = work(controller.signal, (progress) => {
    latest = progress;
    display(progress);
  });
  if (await isDoneWithin(barelyNoticed, working)) return working;
  return show((shown, token) => {
    token.onCancellationRequested(() => controller.abort());
    display = displayOn(shown);
    if (latest) display(latest);
    return working;
  });
}

/** How it ends is left to whoever awaits it. */
async function isDoneWithin(milliseconds: number, work: Promise<unknown>): Promise<boolean> {
  const ended = work.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, sleep(milliseconds, false)]);
}

function displayOn(shown: { report(step: Step): void }): (progress: Progress) => void {
  let reached = 0;
  return (progress) => {
    if (!('part' in progress)) {
      shown.report(progress);
      return;
    }
    const percent = Math.max(reached, Math.floor(progress.part * 100));
    shown.report({ message: progress.message ?? `${percent} %`, increment: percent - reached });
    reached = percent;
  };
}
