import assert from 'node:assert/strict';
import { shownOnceSlow, type Progress, type ShownTask, type Step } from '../../../src/editor/slowWork.ts';

/** Work that goes on until the test ends it. */
class Work {
  report: (progress: Progress) => void = () => assert.fail('It has not begun.');
  end: (how: string | Promise<string>) => void = () => assert.fail('It has not begun.');

  readonly begin = (_: AbortSignal, report: (progress: Progress) => void): Promise<string> => {
    this.report = report;
    return new Promise((resolve) => (this.end = resolve));
  };
}

/** Shows work as VS Code does, and says so with what the Cancel there does. */
function display(onShown: (cancel: () => void) => void) {
  const steps: Step[] = [];
  const show = <T>(task: ShownTask<T>): Promise<T> => {
    let cancel = () => assert.fail('It can’t be cancelled.');
    const done = task(
      { report: (step) => steps.push(step) },
      { onCancellationRequested: (listener) => (cancel = listener as typeof cancel) },
    );
    onShown(cancel);
    return done;
  };
  return { steps, show };
}

const never = () => assert.fail('It was shown.');

describe('work that is shown once it is slow', () => {
  it('is not shown where it is done at once, whatever it reports', async () => {
    const done = shownOnceSlow((_, report) => {
      report({ part: 0.5 });
      return Promise.resolve('done');
    }, never);
    assert.equal(await done, 'done');
  });

  it('is not shown where it fails at once', async () => {
    const broken = () => Promise.reject(new Error('broken'));
    await assert.rejects(shownOnceSlow(broken, never), /broken/);
  });

  it('begins when it is called', async () => {
    const work = new Work();
    const done = shownOnceSlow(work.begin, never);
    work.end('done');
    assert.equal(await done, 'done');
  });

  it('is shown with the latest of what was reported before', async () => {
    const work = new Work();
    const { steps, show } = display(() => {
      work.report({ part: 0.4, message: '4/10' });
      work.end('done');
    });
    const done = shownOnceSlow(work.begin, show);
    work.report({ message: 'Signed in' });
    work.report({ part: 0.2, message: '2/10' });
    work.report({ part: 0.3, message: '3/10' });
    assert.equal(await done, 'done');
    assert.deepEqual(steps, [
      { message: '3/10', increment: 30 },
      { message: '4/10', increment: 10 },
    ]);
  });

  it('is shown with a percentage that never goes back, or with what it is at', async () => {
    const work = new Work();
    const { steps, show } = display(() => {
      for (const part of [0.299, 0.1, 1]) work.report({ part });
      work.report({ message: 'Reading people' });
      work.end('done');
    });
    await shownOnceSlow(work.begin, show);
    assert.deepEqual(steps, [
      { message: '29 %', increment: 29 },
      { message: '29 %', increment: 0 },
      { message: '100 %', increment: 71 },
      { message: 'Reading people' },
    ]);
  });

  it('is told when the user cancels it', async () => {
    const { show } = display((cancel) => cancel());
    const done = shownOnceSlow(
      (signal) => new Promise((resolve) => signal.addEventListener('abort', () => resolve('cancelled'))),
      show,
    );
    assert.equal(await done, 'cancelled');
  });

  it('tells how it failed after it was shown', async () => {
    const work = new Work();
    const { show } = display(() => work.end(Promise.reject(new Error('broken'))));
    await assert.rejects(shownOnceSlow(work.begin, show), /broken/);
  });
});
