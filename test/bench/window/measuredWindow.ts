import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Frame, Page } from 'playwright-core';
import { openBrowser } from '../../harness/chromium.ts';
import { startCodeServer, writeSettings } from '../../harness/codeServer.ts';
import { ensureHost } from '../../harness/hostInstall.ts';
import { ensurePackage } from '../../harness/package.ts';
import { temporaryFolder } from '../../harness/paths.ts';
import { freePort, type Background } from '../../harness/processes.ts';
import { install, packed } from '../vsixes.ts';
import { watchPage, type Painted } from './watchPage.ts';

export interface MeasuredWindowOptions {
  settings: Record<string, unknown>;
  /** Commands by the keys that run them: a key is one stroke (`ctrl+alt+1`). */
  keys: Record<string, { command: string; args?: unknown }>;
  /** Fills the store. */
  seed(userDataDir: string): Promise<void>;
}

/** A window with Deskside and the bare extension, in which the time from a key to what it shows is taken. */
export class MeasuredWindow {
  readonly page: Page;
  readonly #data: string;
  readonly #server: Background;
  readonly #browser: BrowserContext;
  #painted: Painted[] = [];

  private constructor(data: string, server: Background, browser: BrowserContext, page: Page) {
    this.#data = data;
    this.#server = server;
    this.#browser = browser;
    this.page = page;
  }

  static async start(options: MeasuredWindowOptions): Promise<MeasuredWindow> {
    const data = await temporaryFolder('bench');
    await writeSettings(data, options.settings);
    const bindings = Object.entries(options.keys).map(([key, what]) => ({ key, ...what }));
    await writeFile(path.join(data, 'User', 'keybindings.json'), JSON.stringify(bindings));
    await options.seed(data);
    await install([await ensurePackage(), await packed('bare')], data);
    await mkdir(path.join(data, 'workspace'));
    const port = await freePort();
    const server = await startCodeServer({ host: await ensureHost(), userDataDir: data, port });
    const browser = await openBrowser(path.join(data, 'browser'));
    const page = browser.pages()[0] ?? (await browser.newPage());
    const window = new MeasuredWindow(data, server, browser, page);
    await browser.exposeBinding('painted', (_, painted: Painted) => void window.#painted.push(painted));
    await browser.addInitScript(watchPage);
    await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(path.join(data, 'workspace'))}`);
    await window.container('Deskside');
    return window;
  }

  /** Brings the view container of this name to the front, with rows in it. */
  async container(name: string): Promise<void> {
    const icon = this.page.locator(`.activitybar .action-item:has([aria-label^="${name}"])`);
    await icon.waitFor();
    if (!(await icon.evaluate((item) => item.classList.contains('checked')))) await icon.click();
    await this.page.locator('.sidebar .monaco-list-row').nth(3).waitFor();
    await this.quiet();
  }

  /** Waits until nothing was painted for a second. */
  async quiet(): Promise<void> {
    for (let before = -1; before !== this.#painted.length;) {
      before = this.#painted.length;
      await this.page.waitForTimeout(1000);
    }
  }

  /** Presses the key; the milliseconds until something that `isIt` was on the screen. */
  async timed(key: string, isIt: (what: string) => boolean): Promise<number> {
    await this.quiet();
    this.#painted = [];
    const pressed = key
      .split('+')
      .map((part) => ({ ctrl: 'Control', alt: 'Alt', shift: 'Shift' })[part] ?? part)
      .join('+');
    await this.page.keyboard.press(pressed);
    const began = await this.page.evaluate(() => (window as { pressedAt?: number }).pressedAt);
    if (began === undefined) throw new Error('The window saw no key.');
    for (let tries = 0; tries < 600; tries++) {
      const found = this.#painted.find(({ what }) => isIt(what));
      if (found !== undefined) return found.at - began;
      await this.page.waitForTimeout(50);
    }
    const seen = this.#painted.map(({ what }) => what).join(' | ');
    throw new Error(`${key} did not show what it should in half a minute, but: ${seen}`);
  }

  /** The document of the webview in front in which this can be found. */
  async webview(selector: string): Promise<Frame> {
    for (const frame of this.page.frames()) {
      if ((await frame.locator(selector).count()) > 0) return frame;
    }
    throw new Error(`No webview has ${selector}.`);
  }

  async closeEditors(): Promise<void> {
    await this.page.keyboard.press('Control+K');
    await this.page.keyboard.press('Control+W');
    await this.page.locator('.editor-group-container .tab').first().waitFor({ state: 'detached' });
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.#data, { recursive: true, force: true });
  }
}
