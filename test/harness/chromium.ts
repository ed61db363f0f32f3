import { existsSync } from 'node:fs';
import { chromium, type BrowserContext } from 'playwright-core';
import { ensurePackages } from './apt.ts';
import { Unavailable } from './processes.ts';

const places = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ...[process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .map((folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`),
];

/** The path of a Chrome or Chromium: $CHROMIUM, the usual places, or Debian's package. */
export async function ensureChromium(): Promise<string> {
  const { CHROMIUM } = process.env;
  if (CHROMIUM) {
    if (existsSync(CHROMIUM)) return CHROMIUM;
    throw new Unavailable(`CHROMIUM is set to ${CHROMIUM}, which does not exist.`);
  }
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  await ensurePackages(['chromium', 'fonts-dejavu-core'], 'The browser for UI and integration tests');
  return '/usr/bin/chromium';
}

/** How long a test waits for what will come, in milliseconds: long, since being late is no failure. */
export const patience = 90_000;

/** A headless browser over this profile folder. It waits as long as a busy machine may take. */
export async function openBrowser(profile: string): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await ensureChromium(),
    headless: true,
    reducedMotion: 'reduce',
    viewport: { width: 1400, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  context.setDefaultTimeout(patience);
  return context;
}
