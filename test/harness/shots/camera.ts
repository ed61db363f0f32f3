import { copyFile, mkdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { out, root } from '../paths.ts';
import type { ThemeName, Workbench } from '../workbench.ts';

/** The pictures that the README and the manual show: the name of the file there, by theme and state. */
const published: Record<ThemeName, Record<string, string>> = {
  light: {
    tickets: 'tickets-light',
    import: 'import',
    reply: 'reply',
    'hand-off': 'hand-off',
    redaction: 'redaction',
    runbook: 'runbook',
    hover: 'hover',
    run: 'run',
    resolution: 'resolution',
    resolved: 'resolved',
    outbox: 'outbox',
  },
  dark: { tickets: 'tickets-dark' },
  hc: { tickets: 'tickets-hc' },
};
const largest = 250_000;

/** Takes pictures of a window in one theme: each into out/shots/THEME, the published ones into docs/images too. */
export class Camera {
  readonly workbench: Workbench;
  readonly #theme: ThemeName;

  constructor(workbench: Workbench, theme: ThemeName) {
    this.workbench = workbench;
    this.#theme = theme;
  }

  /** Of the window, or of so many pixels of it from the left; the pointer is out of the way unless it `points`. */
  async take(state: string, { width, points = false }: { width?: number; points?: boolean } = {}) {
    const { page } = this.workbench;
    const file = path.join(out, 'shots', this.#theme, `${state}.png`);
    await mkdir(path.dirname(file), { recursive: true });
    await page.locator('.statusbar', { hasText: 'Activating' }).waitFor({ state: 'detached' });
    if (!points) {
      await page.mouse.move(0, 0);
      await page.locator('.workbench-hover:visible').waitFor({ state: 'detached' });
    }
    const clip = width === undefined ? undefined : { x: 0, y: 0, width, height: 900 };
    await page.screenshot({ path: file, animations: 'disabled', caret: 'hide', ...(clip && { clip }) });
    const { size } = await stat(file);
    console.log(
      `${(size / 1000).toFixed(0).padStart(5)} kB  ${this.#theme}/${state}${size > largest ? '  (large)' : ''}`,
    );
    const shownAs = published[this.#theme][state];
    if (shownAs !== undefined) await copyFile(file, path.join(root, 'docs', 'images', `${shownAs}.png`));
  }
}
