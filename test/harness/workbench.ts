import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { BrowserContext } from 'playwright-core';
import { openBrowser } from './chromium.ts';
import { changedSettings, startCodeServer, writeSettings } from './codeServer.ts';
import { childrenOf } from './descendants.ts';
import { extensionsFolder } from './extensions.ts';
import { ensureHost } from './hostInstall.ts';
import { temporaryFolder } from './paths.ts';
import { freePort, type Background } from './processes.ts';
import { WorkbenchWindow } from './workbenchWindow.ts';

export { until, type QuickInput, type TreeRow } from './workbenchWindow.ts';

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

/** What a test would have to wait for, or be disturbed by, and nobody would look at. */
const calmSettings = {
  // A page that is shown late takes the focus when it comes, and would close what was asked meanwhile.
  'workbench.quickOpen.closeOnFocusLost': false,
  // A browser without a graphics card is busy with nothing else.
  'workbench.reduceMotion': 'on',
  'editor.cursorBlinking': 'solid',
};

/** What `workbench.colorTheme` calls the themes that Deskside is looked at in. */
export const themes = { light: 'Light Modern', dark: 'Dark Modern', hc: 'Default High Contrast' };
export type ThemeName = keyof typeof themes;

/** Starts VS Code with the extension installed and opens it in a headless browser. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const userDataDir = options.userDataDir ?? (await temporaryFolder('workbench'));
  await writeSettings(userDataDir, { ...calmSettings, ...options.settings });
  const workbench = new Workbench(options, userDataDir, options.port ?? (await freePort()));
  await workbench.start();
  return workbench;
}

const running = new Set<Workbench>();

/** The windows that are open now. */
export function openWindows(): WorkbenchWindow[] {
  return [...running].flatMap((workbench) => workbench.windows);
}

/** A VS Code of its own with its first window. */
export class Workbench extends WorkbenchWindow {
  readonly userDataDir: string;
  readonly port: number;
  readonly #options: WorkbenchOptions;
  #server: Background | undefined;
  #browser: BrowserContext | undefined;

  constructor(options: WorkbenchOptions, userDataDir: string, port: number) {
    super();
    this.#options = options;
    this.userDataDir = userDataDir;
    this.port = port;
  }

  /** Ends the server and the browser, and starts both on the same data. */
  async restart(): Promise<void> {
    await this.layoutKept();
    await this.#end();
    await this.start();
  }

  async start(): Promise<void> {
    const host = await ensureHost();
    await extensionsFolder(this.#options.extensionsFrom, path.join(this.userDataDir, 'extensions'));
    const { workspaceTrust, env } = this.#options;
    this.#server = await startCodeServer({
      host,
      userDataDir: this.userDataDir,
      port: this.port,
      workspaceTrust,
      // Its shells read nobody's start-up files: they take their time, and may say something.
      env: { HOME: this.userDataDir, ...env },
    });
    this.#browser = await openBrowser(path.join(this.userDataDir, 'browser'));
    this.page = this.#browser.pages()[0] ?? (await this.#browser.newPage());
    running.add(this);
    await this.#open(this);
  }

  async stop(): Promise<void> {
    await this.#end();
    if (this.#options.userDataDir === undefined) await rm(this.userDataDir, { recursive: true, force: true });
  }

  /** All its windows. */
  get windows(): WorkbenchWindow[] {
    return this.#browser?.pages().map((page) => new WorkbenchWindow(page)) ?? [];
  }

  async #end(): Promise<void> {
    running.delete(this);
    await this.#browser?.close();
    await this.#server?.stop();
    this.#browser = this.#server = this.page = undefined;
  }

  async #open(window: WorkbenchWindow): Promise<void> {
    const { page } = window;
    page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    await page.goto(`http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(this.#options.workspace)}`);
    await window.ready();
  }

  /** A second window on the same VS Code; close it with `page.close()`. */
  async secondWindow(): Promise<WorkbenchWindow> {
    if (this.#browser === undefined) throw new Error('The workbench is not running.');
    const other = new WorkbenchWindow(await this.#browser.newPage());
    await this.#open(other);
    return other;
  }

  /** Changes the user's settings in VS Code's own editor for them: served to a browser, it does not watch the file. */
  async changeSettings(changes: Record<string, unknown>): Promise<void> {
    const settings = await changedSettings(this.userDataDir, changes);
    await this.command('Preferences: Open User Settings (JSON)');
    await this.page
      .locator('.editor-group-container.active .tab.active[data-resource-name="settings.json"]')
      .waitFor();
    await this.page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await this.page.keyboard.press('ControlOrMeta+A');
    await this.paste(JSON.stringify(settings));
    await this.command('File: Save');
    await this.page.locator('.tab.active.dirty').waitFor({ state: 'detached' });
    await this.command('View: Close Editor');
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
