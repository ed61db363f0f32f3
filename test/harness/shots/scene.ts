import type { Locator } from 'playwright-core';
import { until, type Workbench } from '../workbench.ts';
import type { Camera } from './camera.ts';

/** Brings the window into a state, or several, and takes their pictures. */
export type Scene = (camera: Camera, workspace: string) => Promise<void>;

/** Waits until the text editor in front has this title (or title part) and the focus. */
export async function editing(workbench: Workbench, title: string): Promise<void> {
  await until(`"${title}"`, async () => (await workbench.activeTab()).includes(title) || undefined);
  await workbench.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
  await workbench.editorLines();
}

/** Writes all of it where the cursor is. */
export async function writeAll(workbench: Workbench, text: string): Promise<void> {
  await workbench.paste(text);
  const end = text.trim().slice(-12);
  await until(
    'the text in the editor',
    async () => (await workbench.editorLines()).join('\n').includes(end) || undefined,
  );
}

/** Drags the border between the side bar and the editors. */
export async function widenSideBar(workbench: Workbench, width: number): Promise<void> {
  const { page } = workbench;
  const box = await page.locator('.part.sidebar').boundingBox();
  if (!box) throw new Error('There is no side bar.');
  const [x, y] = [box.x + box.width, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(box.x + width, y, { steps: 10 });
  await page.mouse.up();
  await page.mouse.move(0, 0);
}

/** Moves the pointer over a word of a line of text. */
export async function overWord(line: Locator, word: string): Promise<void> {
  const at = await line.evaluate((element, text) => {
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const start = node.textContent?.indexOf(text) ?? -1;
      if (start === -1) continue;
      const range = document.createRange();
      range.setStart(node, start);
      range.setEnd(node, start + text.length);
      const { x, y, width, height } = range.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    }
    return undefined;
  }, word);
  if (!at) throw new Error(`"${word}" is not in one piece in the line.`);
  await line.page().mouse.move(at.x - 5, at.y);
  await line.page().mouse.move(at.x, at.y, { steps: 3 });
  await line.page().waitForTimeout(800);
}
