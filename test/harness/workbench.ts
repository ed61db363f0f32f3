import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext, Frame, Locator, Page } from 'playwright-core';
import { openBrowser } from './chromium.ts';
import { installExtension, quietSettings, startCodeServer, writeSettings } from './codeServer.ts';
import { childrenOf } from './descendants.ts';
import { ensureHost } from './hostInstall.ts';
import { out, temporaryFolder } from './paths.ts';
import { freePort, type Background } from './processes.ts';

export interface WorkbenchOptions {
  /** The folder to open. */
  workspace: string;
  /** The packaged extension. */
  extensionsFrom: string;
  /** The user's settings.json, over the quiet ones; written before the start. */
  settings?: Record<string, unknown>;
  /** Holds everything this VS Code remembers, its browser's profile too. Default: a fresh one, removed at the end. */
  userDataDir?: string;
  port?: number;
  /** Ask whether the workspace is trusted, as VS Code does out of the box. */
  workspaceTrust?: boolean;
  /** Environment of the extension host. */
  env?: NodeJS.ProcessEnv;
}

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

const themes = { light: 'Light Modern', dark: 'Dark Modern', hc: 'Default High Contrast' };
const themeClass = { light: '.vs', dark: '.vs-dark', hc: '.hc-black' };
const row = '.monaco-list-row';

/** Starts VS Code with the extension installed and opens it in a headless browser. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const userDataDir = options.userDataDir ?? (await temporaryFolder('workbench'));
  const workbench = new Workbench(options, userDataDir, options.port ?? (await freePort()));
  await workbench.restart();
  return workbench;
}

/** One VS Code in one browser. Every method waits for what it needs, up to 30 seconds. */
export class Workbench {
  readonly userDataDir: string;
  readonly port: number;
  readonly #options: WorkbenchOptions;
  #settings: Record<string, unknown>;
  #server: Background | undefined;
  #browser: BrowserContext | undefined;
  #page: Page | undefined;

  constructor(options: WorkbenchOptions, userDataDir: string, port: number) {
    this.#options = options;
    this.#settings = options.settings ?? {};
    this.userDataDir = userDataDir;
    this.port = port;
  }

  /** The browser's page, for what has no method here. */
  get page(): Page {
    if (this.#page === undefined) throw new Error('The workbench is not running.');
    return this.#page;
  }

  /** Ends the server and the browser if they run, and starts both on the same data. */
  async restart(): Promise<void> {
    await this.#end();
    const host = await ensureHost();
    await writeSettings(this.userDataDir, this.#settings);
    await installExtension(host, this.#options.extensionsFrom, path.join(this.userDataDir, 'extensions'));
    const { workspaceTrust, env } = this.#options;
    this.#server = await startCodeServer({
      host,
      userDataDir: this.userDataDir,
      port: this.port,
      workspaceTrust,
      env,
    });
    this.#browser = await openBrowser(path.join(this.userDataDir, 'browser'));
    this.#page = this.#browser.pages()[0] ?? (await this.#browser.newPage());
    await this.#open();
  }

  async stop(): Promise<void> {
    await this.#end();
    if (this.#options.userDataDir === undefined) await rm(this.userDataDir, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.stop();
    this.#browser = this.#server = this.#page = undefined;
  }

  async #open(): Promise<void> {
    this.page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    await this.page.goto(
      `http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(this.#options.workspace)}`,
    );
    await this.#ready();
  }

  async #ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .part.statusbar').waitFor();
    await this.page.locator('.monaco-workbench .part.activitybar').waitFor();
  }

  /** A second window on the same VS Code; close it with `page.close()`. */
  async secondWindow(): Promise<Workbench> {
    if (this.#browser === undefined) throw new Error('The workbench is not running.');
    const other = new Workbench(this.#options, this.userDataDir, this.port);
    other.#page = await this.#browser.newPage();
    await other.#open();
    return other;
  }

  /** Reloads the window. */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.#ready();
  }

  /** Changes the user's settings in VS Code's own editor for them: served to a browser, it does not watch the file. */
  async changeSettings(changes: Record<string, unknown>): Promise<void> {
    this.#settings = { ...this.#settings, ...changes };
    await this.command('Preferences: Open User Settings (JSON)');
    await this.page
      .locator('.editor-group-container.active .tab.active[data-resource-name="settings.json"]')
      .waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.type(JSON.stringify({ ...quietSettings, ...this.#settings }));
    await this.command('File: Save');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await this.command('View: Close Editor');
  }

  async setTheme(theme: keyof typeof themes): Promise<void> {
    await this.changeSettings({
      'workbench.colorTheme': themes[theme],
      'window.autoDetectColorScheme': false,
    });
    await this.page.locator(`.monaco-workbench${themeClass[theme]}`).waitFor();
  }

  /** Runs a command by its title (`Deskside: Sync Now`) from the palette. */
  async command(title: string): Promise<void> {
    const palette = this.page.locator('.quick-input-widget input[placeholder^="Type the name of a command"]');
    for (let tries = 1; ; tries++) {
      if (!(await palette.isVisible())) await this.page.keyboard.press('F1');
      try {
        await palette.fill(`>${title}`, { timeout: 2000 });
        break;
      } catch (error) {
        if (tries === 10) throw error;
      }
    }
    await this.#quickRow(new RegExp(`^${escape(title)}$`)).click();
    await palette.waitFor({ state: 'hidden' });
  }

  /** Takes the row with this label (or label part) in the open quick pick. */
  async pick(text: string | RegExp): Promise<void> {
    await this.#quickRow(text).click();
  }

  /** Fills the open input box or the filter of the open quick pick. */
  async fill(text: string): Promise<void> {
    await this.#quickBox().fill(text);
  }

  /** Fills the open input box and accepts. */
  async answer(text: string): Promise<void> {
    await this.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** Puts text where the cursor is. */
  async type(text: string): Promise<void> {
    await this.page.keyboard.insertText(text);
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
    await icon.waitFor();
    if (!(await icon.evaluate((item) => item.classList.contains('checked')))) await icon.click();
    const header = this.page.locator(`.pane-header[aria-label^="${name} "]`);
    await header.waitFor();
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
    const rows = await pane.locator(row).all();
    const read = await Promise.all(
      rows.map(async (one) => ({
        index: Number(await one.getAttribute('data-index')),
        label: await text(one.locator('.monaco-icon-name-container')),
        description: await text(one.locator('.label-description')),
        spoken: (await one.getAttribute('aria-label')) ?? '',
        level: Number(await one.getAttribute('aria-level')),
        expanded: { true: true, false: false }[(await one.getAttribute('aria-expanded')) ?? ''],
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

  /** Clicks an inline action of a tree row by its title. */
  async rowAction(contains: string | RegExp, action: string, view?: string): Promise<void> {
    const target = this.row(contains, view);
    await target.hover();
    await target.locator(`.actions .action-label[aria-label^="${action}"]`).click();
  }

  /** The document inside the visible webview whose panel or view has this title (or title part, or view type). */
  async webview(titleOrId: string): Promise<Frame> {
    const outer = this.page.locator(`iframe.webview.ready`);
    return await until(`a webview "${titleOrId}"`, async () => {
      for (const one of await outer.all()) {
        if (!(await one.isVisible())) continue;
        const frame = await one.elementHandle().then((element) => element.contentFrame());
        const inner = await frame?.$('iframe#active-frame');
        const title = (await inner?.getAttribute('title')) ?? '';
        const content = await inner?.contentFrame();
        if (content && (title.includes(titleOrId) || content.url().includes(titleOrId))) return content;
      }
      return undefined;
    });
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

  /** Saves a picture of the window; its path. */
  async screenshot(name: string): Promise<string> {
    const folder = path.join(out, 'screenshots');
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Kills the extension hosts of this VS Code at once, as a crash would; their process ids. */
  async killExtensionHost(): Promise<number[]> {
    if (this.#server === undefined) throw new Error('The workbench is not running.');
    const hosts = (await childrenOf(this.#server.pid)).filter((one) =>
      one.command.includes('--type=extensionHost'),
    );
    for (const { pid } of hosts) process.kill(pid, 'SIGKILL');
    return hosts.map(({ pid }) => pid);
  }
}

/** Asks again and again until there is an answer; fails after 30 seconds. */
export async function until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
  const end = Date.now() + 30_000;
  for (;;) {
    const value = await probe();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`Waited 30 s for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function text(locator: Locator): Promise<string> {
  const all = await locator.allTextContents();
  return all.at(0)?.trim() ?? '';
}

function escape(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
