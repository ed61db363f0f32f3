import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../harness/chromium.ts';
import { startCodeServer, writeSettings } from '../harness/codeServer.ts';
import { ensureHost } from '../harness/hostInstall.ts';
import { ensurePackage } from '../harness/package.ts';
import { temporaryFolder } from '../harness/paths.ts';
import { freePort, type Background } from '../harness/processes.ts';
import { runs } from './figure.ts';
import { readStart, type Findings, type Start } from './readStart.ts';
import { seedTickets } from './seed.ts';
import { install, packed } from './vsixes.ts';

export const ticketsInCache = 10_000;

/** What is installed beside the probe, and where its rows are. */
interface Subject {
  id: string;
  vsix: () => Promise<string>;
  container: string;
  /** A row that is one of those asked for, not the heading of a group. */
  row: string;
  prepare(userDataDir: string): Promise<void>;
}

const deskside: Subject = {
  id: 'deskside.deskside',
  vsix: ensurePackage,
  container: 'Deskside',
  row: '.monaco-list-row[aria-level="2"]',
  prepare: async (userDataDir) => {
    // One with the code of a connector and of HTTP to load while it starts, one that is at hand.
    const accounts = [
      { id: 'rt', backend: 'rt', label: 'Request Tracker', url: `http://127.0.0.1:${await freePort()}` },
      { id: 'desk', backend: 'local', label: 'Local desk' },
    ];
    await writeSettings(userDataDir, { 'deskside.accounts': accounts });
    await seedTickets(userDataDir, 'rt', ticketsInCache);
  },
};

const bare: Subject = {
  id: 'bench.bare',
  vsix: () => packed('bare'),
  container: 'Bare',
  row: '.monaco-list-row',
  prepare: (userDataDir) => writeSettings(userDataDir, {}),
};

export interface HostRuns {
  /** Starts with Deskside, and, in turn with them, starts with the bare extension in its place. */
  deskside: Start[];
  bare: Start[];
  /** Starts with Deskside that were profiled, which makes them slower. */
  profiled: Start[];
}

const open: Host[] = [];
let done: Promise<HostRuns> | undefined;

/** The starts that all benches of the host are made of: done once. */
export function hostRuns(): Promise<HostRuns> {
  return (done ??= doRuns());
}

export async function stopHosts(): Promise<void> {
  await Promise.all(open.splice(0).map((host) => host.stop()));
}

async function doRuns(): Promise<HostRuns> {
  const probe = await packed('probe');
  const one = await Host.start(deskside, probe);
  const other = await Host.start(bare, probe);
  const result: HostRuns = { deskside: [], bare: [], profiled: [] };
  for (let number = 0; number <= runs; number++) {
    const [ours, theirs] = [await one.load(), await other.load()];
    if (number === 0) continue; // Warm-up.
    result.deskside.push(ours);
    result.bare.push(theirs);
  }
  await one.profile();
  for (let number = 0; number < runs; number++) result.profiled.push(await one.load());
  return result;
}

/** A VS Code whose window is loaded again and again, each time with a new extension host. */
class Host {
  readonly #subject: Subject;
  readonly #data: string;
  readonly #url: string;
  readonly #server: Background;
  readonly #browser: BrowserContext;
  readonly #page: Page;

  private constructor(
    subject: Subject,
    data: string,
    url: string,
    server: Background,
    browser: BrowserContext,
    page: Page,
  ) {
    this.#subject = subject;
    this.#data = data;
    this.#url = url;
    this.#server = server;
    this.#browser = browser;
    this.#page = page;
  }

  static async start(subject: Subject, probe: string): Promise<Host> {
    const data = await temporaryFolder('bench');
    await subject.prepare(data);
    await install([await subject.vsix(), probe], data);
    await mkdir(path.join(data, 'probe'));
    await mkdir(path.join(data, 'workspace'));
    const port = await freePort();
    const env = { DESKSIDE_PROBE: path.join(data, 'probe') };
    const server = await startCodeServer({ host: await ensureHost(), userDataDir: data, port, env });
    const browser = await openBrowser(path.join(data, 'browser'));
    const page = browser.pages()[0] ?? (await browser.newPage());
    await page.addInitScript(noteFirstRow, subject.row);
    const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(path.join(data, 'workspace'))}`;
    const host = new Host(subject, data, url, server, browser, page);
    open.push(host);
    await host.#showContainer();
    return host;
  }

  async load(): Promise<Start> {
    await rm(this.#file, { force: true });
    // Only a window that is loaded again opens with the container that was open.
    await this.#page.reload();
    const findings = await this.#findings();
    const firstRow = await this.#page.evaluate(() => (window as { firstRow?: number }).firstRow);
    if (firstRow === undefined) throw new Error(`No row of ${this.#subject.id} was seen.`);
    return readStart(findings, this.#subject.id, firstRow);
  }

  get #file(): string {
    return path.join(this.#data, 'probe', 'findings.json');
  }

  async #findings(): Promise<Findings> {
    const file = this.#file;
    for (let tries = 0; !existsSync(file); tries++) {
      if (tries === 600) throw new Error('The probe in the extension host said nothing in a minute.');
      await sleep(100);
    }
    const findings = JSON.parse(await readFile(file, 'utf8')) as Findings;
    if (findings.error !== undefined) throw new Error(findings.error);
    return findings;
  }

  /** From now on the probe profiles. */
  async profile(): Promise<void> {
    await writeFile(path.join(this.#data, 'probe', 'profile'), '');
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.#data, { recursive: true, force: true });
  }

  async #showContainer(): Promise<void> {
    await this.#page.goto(this.#url);
    await this.#page
      .locator(`.activitybar .action-item:has([aria-label^="${this.#subject.container}"])`)
      .click();
    await this.#page.locator(`.sidebar ${this.#subject.row}`).first().waitFor();
    await this.#findings();
    await this.#page.waitForTimeout(7000); // In a browser it is kept every five seconds only.
  }
}

/** In the page: the time of the first row that fits. */
function noteFirstRow(row: string): void {
  if (window !== window.top) return;
  const looking = setInterval(() => {
    if (document.querySelector(`.sidebar ${row}`) === null) return;
    (window as { firstRow?: number }).firstRow = Date.now();
    clearInterval(looking);
  }, 2);
}
