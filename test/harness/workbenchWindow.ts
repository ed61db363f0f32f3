import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame, Locator, Page } from 'playwright-core';
import { patience } from './chromium.ts';
import { out } from './paths.ts';

export interface TreeRow {
  /** Its place among the rows that are not hidden in a collapsed parent. */
  index: number;
  label: string;
  description: string;
  /** What a screen reader says. */
  spoken: string;
  level: number;
  /** Undefined: it has no children. */
  expanded: boolean | undefined;
}

export interface QuickInput {
  title: string;
  placeholder: string;
  value: string;
  message: string;
  rows: string[];
}

const row = '.monaco-list-row';

/** Drives one window of VS Code as a user would. Every method waits for what it needs. */
export class WorkbenchWindow {
  #page: Page | undefined;

  constructor(page?: Page) {
    this.#page = page;
  }

  /** The browser's page, for what has no method here. */
  get page(): Page {
    if (this.#page === undefined) throw new Error('The workbench is not running.');
    return this.#page;
  }

  protected set page(page: Page | undefined) {
    this.#page = page;
  }

  /** Waits until the window is there. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor();
  }

  /** Waits until VS Code has kept the layout and the open editors: in a browser it does so every five seconds only. */
  async layoutKept(): Promise<void> {
    await this.page.waitForTimeout(7000);
  }

  /** Reloads the window, with its layout as it is now. */
  async reload(): Promise<void> {
    await this.layoutKept();
    await this.page.reload();
    await this.ready();
  }

  /** Runs a command by its title (`Deskside: Sync Now`) from the palette. */
  async command(title: string): Promise<void> {
    const palette = this.page.locator('.quick-input-widget input[placeholder^="Type the name of a command"]');
    const label = new RegExp(`^${escape(title)}$`);
    await this.#settled();
    // The palette lists the commands of the moment it was opened, so it is opened anew until this one is there.
    await until(`the command "${title}"`, async () => {
      if (!(await palette.isVisible())) await this.page.keyboard.press('F1');
      try {
        await palette.fill(`>${title}`, { timeout: 5000 });
        await this.#quickRow(label).waitFor({ timeout: 5000 });
        if (await this.#clickAtOnce(this.#quickRow(label))) return true;
      } catch {
        await this.page.keyboard.press('Escape');
      }
      return undefined;
    });
    await palette.waitFor({ state: 'hidden' });
  }

  /** Clicks where this is now, once; false where it is not, or is covered. Playwright's own click may have clicked though it failed. */
  async #clickAtOnce(target: Locator): Promise<boolean> {
    await this.page.mouse.move(0, 0);
    const point = await target.evaluate((element) => {
      const { x, y, height } = element.getBoundingClientRect();
      const inside = { x: x + 40, y: y + height / 2 };
      return element.contains(document.elementFromPoint(inside.x, inside.y)) ? inside : undefined;
    });
    if (point === undefined) return false;
    await this.page.mouse.click(point.x, point.y);
    return true;
  }

  /** Waits while the panel in front loads: it takes the focus when it has, and with it closes a question. */
  async #settled(): Promise<void> {
    const panel = '.editor-group-container.active .tab.active[data-resource-name^="webview-"]';
    if ((await this.page.locator(panel).count()) === 0) return;
    const page = this.page.locator('iframe.webview:visible').last().contentFrame();
    // One that is dead never loads, and is none that takes the focus.
    await page
      .locator('iframe#active-frame')
      .waitFor({ timeout: 10_000 })
      .catch(() => undefined);
  }

  /** Takes the row with this label (or label part) in the open quick pick. */
  async pick(text: string | RegExp, timeout?: number): Promise<void> {
    await this.page.mouse.move(0, 0); // Where the pointer rests, a hover may cover the rows.
    await this.#quickRow(text).click({ timeout });
  }

  /** Presses Enter once the row with this in its label is the one that Enter takes. A click may meet another row where the list is still filling. */
  async accept(text: string, timeout?: number): Promise<void> {
    const taken = this.page.locator(`.quick-input-list ${row}.focused .label-name`, { hasText: text });
    await taken.first().waitFor({ timeout });
    await this.key('Enter');
  }

  /** Presses a key in the open question, which a page that was shown late may have taken the focus from. */
  async key(name: 'Enter' | 'Escape'): Promise<void> {
    await this.#quickBox().press(name);
  }

  /** Fills the open input box or the filter of the open quick pick. */
  async fill(text: string, timeout?: number): Promise<void> {
    await this.#quickBox().fill(text, { timeout });
  }

  /** Fills the open input box and accepts. */
  async answer(text: string): Promise<void> {
    await this.fill(text);
    await this.key('Enter');
  }

  /** Types text where the cursor is; an editor may close brackets and quotes by itself. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
  }

  /** Puts exactly this text where the cursor is. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((content) => navigator.clipboard.writeText(content), text);
    await this.page.keyboard.press('ControlOrMeta+V');
  }

  /** What the open quick pick or input box shows. */
  async quickInput(): Promise<QuickInput> {
    const widget = this.page.locator('.quick-input-widget');
    const box = this.#quickBox();
    await box.waitFor();
    return {
      title: await text(widget.locator('.quick-input-title')),
      placeholder: (await box.getAttribute('placeholder')) ?? '',
      value: await box.inputValue(),
      message: await text(widget.locator('.quick-input-message')),
      rows: await widget.locator(`${row} .label-name`).allTextContents(),
    };
  }

  /** The row of the open quick pick that Enter takes. */
  async quickFocus(): Promise<{ index: number; label: string } | undefined> {
    const focused = await this.page.locator(`.quick-input-list ${row}.focused`).evaluateAll((rows) =>
      rows.map((one) => ({
        index: Number(one.getAttribute('data-index')),
        label: one.querySelector('.label-name')?.textContent.trim() ?? '',
      })),
    );
    return focused.at(0);
  }

  #quickBox(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  #quickRow(label: string | RegExp): Locator {
    const name = this.page.locator('.label-name', { hasText: label });
    return this.page.locator(`.quick-input-list ${row}`).filter({ has: name }).first();
  }

  /** Shows a view of the Deskside container by its name (`Tickets`), expanded. */
  async openView(name: string): Promise<Locator> {
    const icon = this.page.locator('.activitybar .action-item:has([aria-label^="Deskside"])');
    const header = this.page.locator(`.pane-header[aria-label^="${name} "]`);
    // While a window is being restored, a click may meet a container that has just been shown, and hides it.
    await until(`the view "${name}"`, async () => {
      if (await header.isVisible()) return true;
      await icon.click({ timeout: 10_000 }).catch(() => undefined);
      await header.waitFor({ timeout: 5000 }).catch(() => undefined);
      return undefined;
    });
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    return this.#pane(name);
  }

  #pane(view: string): Locator {
    return this.page
      .locator('.pane')
      .filter({ has: this.page.locator(`.pane-header[aria-label^="${view} "]`) });
  }

  /** The rows of a view that are on the screen. */
  async treeRows(view: string): Promise<TreeRow[]> {
    const pane = await this.openView(view);
    // All at once: VS Code may draw the tree anew at any moment.
    const read = await pane.locator(row).evaluateAll((rows) =>
      rows.map((one) => ({
        index: Number(one.getAttribute('data-index')),
        label: one.querySelector('.monaco-icon-name-container')?.textContent.trim() ?? '',
        description: one.querySelector('.label-description')?.textContent.trim() ?? '',
        spoken: one.getAttribute('aria-label') ?? '',
        level: Number(one.getAttribute('aria-level')),
        expanded: { true: true, false: false }[one.getAttribute('aria-expanded') ?? ''],
      })),
    );
    return read.sort((a, b) => a.index - b.index);
  }

  /** The first row that contains the text, in the view or in any. */
  row(contains: string | RegExp, view?: string): Locator {
    const scope = view === undefined ? this.page.locator('.pane') : this.#pane(view);
    return scope.locator(row).filter({ hasText: contains }).first();
  }

  /** Clicks a tree row: opens it, or expands or collapses it. */
  async clickRow(contains: string | RegExp, view?: string): Promise<void> {
    await this.row(contains, view).click();
  }

  /** Scrolls a view to its first row. */
  async toTop(view: string): Promise<void> {
    await this.#pane(view).locator('.monaco-list').hover();
    await this.page.mouse.wheel(0, -100_000);
    await this.#pane(view).locator(`${row}[data-index="0"]`).waitFor();
  }

  /** Drags a tree row onto something, near its left edge; `key` is held when it is dropped. */
  async drag(row: Locator, onto: Locator, key?: 'Shift'): Promise<void> {
    const { mouse, keyboard } = this.page;
    const [from, to] = await Promise.all([pointOf(row, 80), pointOf(onto, 5)]);
    await mouse.move(from.x, from.y);
    await mouse.down();
    await mouse.move(from.x + 10, from.y + 10, { steps: 5 });
    if (key) await keyboard.down(key);
    await mouse.move(to.x, to.y, { steps: 10 });
    await mouse.move(to.x + 2, to.y);
    await mouse.up();
    if (key) await keyboard.up(key);
  }

  /** Clicks an inline action of a tree row by its title. */
  async rowAction(contains: string | RegExp, action: string, view?: string): Promise<void> {
    const target = this.row(contains, view);
    await target.hover();
    await target.locator(`.actions .action-label[aria-label^="${action}"]`).click();
  }

  /** The document inside the visible webview whose panel or view has this title (or title part, or view type). */
  async webview(titleOrId: string, seconds?: number): Promise<Frame> {
    const outer = this.page.locator(`iframe.webview.ready`);
    const find = async () => {
      for (const one of await outer.all()) {
        // One that is just being replaced is gone while it is looked at, or never says what is in it.
        const looking = inside(one, titleOrId).catch(() => undefined);
        const found = await Promise.race([looking, delay(2000)]);
        if (found) return found;
      }
      return undefined;
    };
    return await until(`a webview "${titleOrId}"`, find, seconds);
  }

  /** The titles of the open editor tabs. */
  async tabs(): Promise<string[]> {
    return await this.#tabTitles('.tab');
  }

  /** The title of the editor in front. */
  async activeTab(): Promise<string> {
    const titles = await this.#tabTitles('.editor-group-container.active .tab.active');
    return titles.at(0) ?? '';
  }

  async #tabTitles(selector: string): Promise<string[]> {
    const parts = '.monaco-icon-name-container, .monaco-icon-suffix-container';
    return await this.page
      .locator(selector)
      .evaluateAll(
        (tabs, inside) =>
          tabs.map((tab) => [...tab.querySelectorAll(inside)].map((part) => part.textContent).join('')),
        parts,
      );
  }

  /** The lines of the text editor in front that are on the screen. */
  async editorLines(): Promise<string[]> {
    const lines = this.page.locator('.editor-group-container.active .view-lines .view-line');
    await lines.first().waitFor();
    const positioned = await lines.evaluateAll((all) =>
      all.map((line) => ({
        top: Number.parseFloat((line as HTMLElement).style.top),
        text: line.textContent,
      })),
    );
    return positioned.sort((a, b) => a.top - b.top).map((line) => line.text.replaceAll('\u00a0', ' '));
  }

  /** The texts of the notifications that are shown. */
  async notifications(): Promise<string[]> {
    return await this.page.locator('.notifications-toasts .notification-list-item-message').allTextContents();
  }

  /** Presses a button of a notification or a dialog. */
  async press(button: string): Promise<void> {
    const places = '.notifications-toasts .monaco-button, .monaco-dialog-box .monaco-button';
    await this.page.locator(places).filter({ hasText: button }).first().click();
  }

  /** The text of the modal dialog. */
  async dialog(): Promise<string> {
    return (await this.page.locator('.monaco-dialog-box .dialog-message-container').textContent()) ?? '';
  }

  /** What a user would see of the window, in a few lines: for the report of a test that failed. */
  async glance(): Promise<string[]> {
    const { page } = this;
    const webviews = await Promise.all(
      (await page.locator('iframe.webview').all()).map(async (one) => {
        const inner = await one.contentFrame().locator('iframe#active-frame').elementHandle({ timeout: 500 });
        const title = (await inner.getAttribute('title')) ?? '';
        return `${title}${(await one.isVisible()) ? '' : ' (hidden)'}`;
      }),
    ).catch((error: unknown) => [String(error)]);
    const seen = {
      tabs: await this.tabs(),
      'in front': [await this.activeTab()],
      webviews,
      notifications: await this.notifications(),
      dialog: await page.locator('.monaco-dialog-box').allInnerTexts(),
      question: await page.locator('.quick-input-widget:visible').allInnerTexts(),
      rows: await page.locator(`.pane ${row}:visible`).allInnerTexts(),
      focus: [await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160) ?? '')],
    };
    return Object.entries(seen)
      .filter(([, texts]) => texts.some((one) => one !== ''))
      .map(([what, texts]) => `${what}: ${texts.map((one) => one.replaceAll(/\s+/g, ' ')).join(' | ')}`);
  }

  /** Saves a picture of the window; its path. */
  async screenshot(name: string): Promise<string> {
    const folder = path.join(out, 'screenshots');
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }
}

/** Asks again and again until there is an answer; fails after so many seconds. */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined>,
  seconds = patience / 1000,
): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s for ${what}.`);
    await delay(50);
  }
}

async function text(locator: Locator): Promise<string> {
  const all = await locator.allTextContents();
  return all.at(0)?.trim() ?? '';
}

async function pointOf(locator: Locator, right: number): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('It is not on the screen.');
  return { x: box.x + Math.min(right, box.width / 2), y: box.y + box.height / 2 };
}

function escape(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The document of a webview if it is visible and has this title (or title part, or view type). */
async function inside(webview: Locator, titleOrId: string): Promise<Frame | undefined> {
  if (!(await webview.isVisible())) return undefined;
  const frame = await webview.elementHandle({ timeout: 1000 }).then((element) => element.contentFrame());
  const inner = await frame?.$('iframe#active-frame');
  const title = (await inner?.getAttribute('title')) ?? '';
  const content = await inner?.contentFrame();
  return content && (title.includes(titleOrId) || content.url().includes(titleOrId)) ? content : undefined;
}
