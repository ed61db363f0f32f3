import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { build } from 'esbuild';
import type { BrowserContext, Page } from 'playwright-core';
import { panelHtml } from '../../src/editor/panel/panelHtml.ts';
import { iconFont } from '../../src/webviews/iconFont.mjs';
import type { FromPanel, ToPanel } from '../../src/webviews/messages.ts';
import { openBrowser } from '../harness/chromium.ts';
import { root, temporaryFolder } from '../harness/paths.ts';
import { messagesOf, type Shown } from './panelFixture.ts';
import themes from './panelThemes.json' with { type: 'json' };

export type Theme = keyof typeof themes;

export interface OpenOptions {
  width?: number;
  height?: number;
  theme?: Theme;
  /** What the panel kept over a reload. */
  memory?: unknown;
  /** The page's clock stands still at this time until it is moved; so do those of all later pages of this browser. */
  at?: number;
  /** What the page itself is made with. */
  begin?: readonly ToPanel[];
  /** Without the policy, so that only the sanitizer stands between a ticket and the network. */
  withoutPolicy?: boolean;
}

const kinds: Record<Theme, string> = {
  light: 'vscode-light',
  light2026: 'vscode-light',
  dark2026: 'vscode-dark',
  dark: 'vscode-dark',
  hcDark: 'vscode-high-contrast',
  hcLight: 'vscode-high-contrast vscode-high-contrast-light',
};

/** The panel's bundle in a real browser, with a stand-in for VS Code around it. */
export class PanelBrowser {
  readonly #server: Server;
  readonly #context: BrowserContext;
  readonly #profile: string;
  readonly #origin: string;
  /** Requests for anything but the panel's own files, by URL. */
  readonly strayRequests: string[] = [];
  #policy = true;
  #begin: readonly ToPanel[] = [];

  private constructor(server: Server, context: BrowserContext, profile: string, origin: string) {
    this.#server = server;
    this.#context = context;
    this.#profile = profile;
    this.#origin = origin;
  }

  static async start(): Promise<PanelBrowser> {
    const bundle = await build({
      entryPoints: [path.join(root, 'src/webviews/panel/main.ts')],
      bundle: true,
      write: false,
      platform: 'browser',
      format: 'iife',
      target: 'es2023',
      plugins: [iconFont],
    });
    const files = new Map([['/panel.js', ['text/javascript', bundle.outputFiles[0]?.text ?? ''] as const]]);
    const started: { browser?: PanelBrowser } = {};
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://panel');
      const file =
        pathname === '/' ? (['text/html', started.browser?.html() ?? ''] as const) : files.get(pathname);
      if (pathname === '/favicon.ico') response.writeHead(204).end();
      else if (file === undefined) {
        started.browser?.strayRequests.push(pathname);
        response.writeHead(404).end();
      } else response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The page server has no port.');
    const profile = await temporaryFolder('panel');
    const context = await openBrowser(profile);
    started.browser = new PanelBrowser(server, context, profile, `http://127.0.0.1:${address.port}`);
    return started.browser;
  }

  /** Opens the panel as VS Code would. */
  async open(options: OpenOptions = {}): Promise<PanelPage> {
    const { width = 1000, height = 900, theme = 'dark', memory } = options;
    this.#policy = options.withoutPolicy !== true;
    this.#begin = options.begin ?? [];
    this.strayRequests.length = 0;
    const page = await this.#context.newPage();
    await page.setViewportSize({ width, height });
    page.on('request', (request) => {
      if (!request.url().startsWith(`${this.#origin}/`)) this.strayRequests.push(request.url());
    });
    const problems: string[] = [];
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    if (options.at !== undefined) {
      // It runs until it is paused, so it begins early enough for a busy machine.
      await page.clock.install({ time: options.at - 600_000 });
      await page.clock.pauseAt(options.at);
    }
    await page.addInitScript(pretendToBeVsCode, { variables: themes[theme], kind: kinds[theme], memory });
    await page.goto(this.#origin);
    return new PanelPage(page, problems);
  }

  /** The page as the extension makes it. */
  html(): string {
    const html = panelHtml({
      script: `${this.#origin}/panel.js`,
      nonce: 'test',
      begin: this.#begin,
    });
    return this.#policy ? html : html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  }

  async stop(): Promise<void> {
    await this.#context.close();
    this.#server.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** One open panel. */
export class PanelPage {
  readonly page: Page;
  /** Uncaught errors, and what the browser complained of (a violated policy, for one). */
  readonly problems: string[];

  constructor(page: Page, problems: string[]) {
    this.page = page;
    this.problems = problems;
  }

  /** The host says something; resolves when the panel has drawn it. */
  async tell(...messages: ToPanel[]): Promise<void> {
    await this.page.evaluate(async (all) => {
      for (const data of all) postMessage(data, '*');
      await new Promise((resolve) => setTimeout(resolve));
      for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    }, messages);
  }

  /** Shows this, as the host would. */
  async show(shown: Shown): Promise<void> {
    await this.tell(...messagesOf(shown));
  }

  /** What the panel has said so far. */
  async said(): Promise<FromPanel[]> {
    return await this.page.evaluate(() => window.said);
  }

  /** Waits until the panel has said something of this type, and gives the last of it. */
  async heard<T extends FromPanel['type']>(type: T): Promise<Extract<FromPanel, { type: T }>> {
    await this.page.waitForFunction((wanted) => window.said.some((message) => message.type === wanted), type);
    const message = (await this.said()).findLast((one) => one.type === type);
    return message as Extract<FromPanel, { type: T }>;
  }

  /** What the panel would find after a reload. */
  async memory(): Promise<unknown> {
    return await this.page.evaluate(() => window.kept);
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}

declare global {
  interface Window {
    said: FromPanel[];
    kept: unknown;
    acquireVsCodeApi(): unknown;
  }
}

/** Runs in the page: what VS Code gives a webview. */
function pretendToBeVsCode(given: {
  variables: Record<string, string>;
  kind: string;
  memory: unknown;
}): void {
  window.said = [];
  window.kept = given.memory;
  window.acquireVsCodeApi = () => ({
    postMessage: (message: FromPanel) => window.said.push(message),
    getState: () => window.kept,
    setState: (state: unknown) => (window.kept = state),
  });
  const variables = Object.entries(given.variables).map(([name, value]) => `${name}: ${value};`);
  const defaults = new CSSStyleSheet();
  defaults.replaceSync(`:root { ${variables.join(' ')} }
    @layer vscode-default {
      html { background: var(--vscode-editor-background);
        scrollbar-color: var(--vscode-scrollbarSlider-background) var(--vscode-editor-background); }
      body { margin: 0; padding: 0 20px; background: transparent; color: var(--vscode-editor-foreground);
        font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); }
      textarea:focus { outline: 1px solid -webkit-focus-ring-color; outline-offset: -1px; }
    }`);
  document.adoptedStyleSheets.push(defaults);
  document.addEventListener('DOMContentLoaded', () => (document.body.className = given.kind));
}
