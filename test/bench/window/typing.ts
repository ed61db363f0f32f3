import type { MeasuredWindow } from './measuredWindow.ts';

const sentence = 'Please try it once more after the restart, and tell me what the screen says then. ';

/** Types a sentence into a box of the webview in front: for each key, the milliseconds until all it set off was done. */
export async function typingIn(window: MeasuredWindow, selector: string): Promise<number[]> {
  const frame = await window.webview(selector);
  const box = frame.locator(selector).first();
  await box.evaluate(() => {
    const times: number[] = [];
    (window as { times?: number[] }).times = times;
    const after = new MessageChannel();
    let began = 0;
    after.port1.onmessage = () => times.push(performance.now() - began);
    addEventListener('keydown', (event) => (began = event.timeStamp), true);
    // What a key and its input set off, microtasks and all, is done when the next task begins.
    addEventListener('input', () => after.port2.postMessage(undefined), true);
  });
  await box.click();
  await window.page.keyboard.type(sentence, { delay: 30 });
  const times = await frame.evaluate(() => (window as { times?: number[] }).times ?? []);
  await box.fill('');
  return times;
}
