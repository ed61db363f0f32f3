import type { Frame } from 'playwright-core';
import type { Workbench } from './workbench.ts';
import { until } from './workbenchWindow.ts';

/** Opens a ticket by its key, as the palette does it. */
export async function open(workbench: Workbench, key: string): Promise<Frame> {
  return await ask(workbench, 'Deskside: Go to Ticket…', async () => {
    await workbench.fill(key, 10_000);
    await workbench.accept(key, 10_000);
    return await shown(workbench, key, 30);
  });
}

/** Runs a command and answers it; again, where what is just being shown took the focus, and with it closed the list. */
export async function ask<T>(workbench: Workbench, command: string, answer: () => Promise<T>): Promise<T> {
  const { value } = await until(`an answer to "${command}"`, async () => {
    await workbench.command(command);
    try {
      return { value: await answer() };
    } catch {
      return undefined;
    }
  });
  return value;
}

/** The panel of a ticket, with its timeline. */
export async function shown(workbench: Workbench, key: string, seconds?: number): Promise<Frame> {
  const timeline = async () => {
    const panel = await workbench.webview(key, seconds);
    try {
      await panel.getByRole('article').first().waitFor({ timeout: 10_000 });
      return panel;
    } catch {
      return undefined; // A page that is just being restored is loaded twice: first without its content.
    }
  };
  return until(`the timeline of ${key}`, timeline, seconds);
}

/** Writes where the cursor is. Pasting takes a moment: VS Code asks its extensions how. */
export async function write(workbench: Workbench, text: string): Promise<void> {
  await workbench.paste(text);
  const [start = ''] = text.split(' ', 1);
  await until(
    'the text in the editor',
    async () => (await workbench.editorLines()).some((line) => line.startsWith(start)) || undefined,
  );
}

/** Waits until the editor in front has this title (or title part) and text. */
export async function untilTab(workbench: Workbench, title: string): Promise<void> {
  await until(
    `the editor "${title}"`,
    async () => (await workbench.activeTab()).includes(title) || undefined,
  );
  await workbench.editorLines();
}

/** Waits for a notification. */
export async function told(workbench: Workbench, pattern: RegExp): Promise<void> {
  await until(
    `a notification ${pattern.source}`,
    async () => (await workbench.notifications()).some((text) => pattern.test(text)) || undefined,
  );
}

/** Waits until the open question has this title. */
export async function question(workbench: Workbench, title: RegExp): Promise<void> {
  await until(
    `the question ${title.source}`,
    async () => title.test((await workbench.quickInput()).title) || undefined,
  );
}
