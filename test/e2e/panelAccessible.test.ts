import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import { fixtureState } from '../shared/panelFixture.ts';
import { PanelBrowser, type PanelPage, type Theme } from '../shared/panelPage.ts';

const themes: Theme[] = ['light2026', 'dark2026', 'hcDark', 'hcLight'];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

declare global {
  interface Window {
    axe: { run(options: RunOptions): Promise<AxeResults> };
  }
}

describe('the ticket panel for everybody', () => {
  let browser: PanelBrowser;
  let panel: PanelPage;

  before(async () => {
    browser = await PanelBrowser.start();
  });
  after(async () => await browser.stop());
  afterEach(async () => await panel.close());

  /** What is wrong with the page as it is, one line each. */
  async function violations(): Promise<string[]> {
    await panel.page.evaluate(axe);
    const { violations: found } = await panel.page.evaluate(() =>
      window.axe.run({ resultTypes: ['violations'] }),
    );
    return found.flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id}: ${JSON.stringify(target)} ${failureSummary ?? ''}`),
    );
  }

  for (const theme of themes) {
    it(`has nothing that axe-core objects to, in ${theme}`, async () => {
      panel = await browser.open({ theme, width: 1_400 });
      await panel.heard('ready');
      await panel.show(fixtureState);
      assert.deepEqual(await violations(), []);
      await panel.page.getByRole('button', { name: 'More actions' }).click();
      await panel.page.keyboard.press('Control+f');
      await panel.page.getByRole('textbox', { name: 'Find in timeline' }).fill('gateway');
      await panel.page.getByRole('radio', { name: /Public reply/ }).check();
      assert.deepEqual(await violations(), []);
    });
  }

  it('has nothing that axe-core objects to where it is narrow', async () => {
    panel = await browser.open({ theme: 'dark2026', width: 320 });
    await panel.heard('ready');
    await panel.show(fixtureState);
    await panel.page.getByText(/^Properties and/).click();
    assert.deepEqual(await violations(), []);
  });

  it('reads its timeline as a person would say it', async () => {
    panel = await browser.open({ width: 1_000 });
    await panel.heard('ready');
    await panel.show(fixtureState);
    const timeline = panel.page.getByRole('main', { name: 'Timeline' });
    const headings = await timeline.getByRole('heading', { level: 3 }).allTextContents();
    assert.deepEqual(
      headings.map((text) => text.trim()),
      ['Tuesday 4 March', 'Yesterday', 'Today', 'Waiting to be sent'],
    );
    const spoken = await timeline.getByRole('article').evaluateAll((all) => all.map((one) => one.ariaLabel));
    assert.deepEqual(spoken, [
      'Public message by Carol Ojukwu, 4 Mar 2025, 12:20',
      'Change by Request Tracker, 4 Mar 2025, 12:22',
      'Public reply by Alice Berg, 4 Mar 2025, 13:10',
      'Internal call log by Alice Berg, 4 Mar 2025, 13:40',
      'Status by Alice Berg, 4 Mar 2025, 13:45',
      'Internal hand-off by Alice Berg, 5 Mar 2025, 11:20',
      'Change by Alice Berg, 5 Mar 2025, 11:20',
      'Internal note by Bob Lindqvist, 5 Mar 2025, 13:00',
      'Internal resolution note by Bob Lindqvist, 5 Mar 2025, 13:30',
      'Status by Bob Lindqvist, 5 Mar 2025, 13:32',
      'Public message by Carol Ojukwu, 6 Mar 2025, 11:15',
      'Internal note by Bob Lindqvist, 6 Mar 2025, 13:58',
      'Note: Waiting to be sent',
      'Reply: Could not be sent',
    ]);
    const call = await timeline.getByRole('article', { name: /^Internal call log/ }).ariaSnapshot();
    for (const words of ['Alice Berg', 'Internal', 'Call log', '14 min', 'Called Carol.']) {
      assert.ok(call.includes(words), `"${words}" is missing in ${call}`);
    }
  });

  it('finds what is written, also in what is folded, and shows where', async () => {
    panel = await browser.open({ width: 1_000 });
    await panel.heard('ready');
    await panel.show(fixtureState);
    const { page } = panel;
    await page.keyboard.press('Control+f');
    const find = page.getByRole('search', { name: 'Find in timeline' });
    await page.keyboard.type('GATEWAY');
    await find.getByText('1 of 3').waitFor();
    for (const count of ['2 of 3', '3 of 3']) {
      await page.keyboard.press('Enter');
      await find.getByText(count).waitFor();
    }
    await page.getByText('we have moved you to our first').waitFor();
    await page.keyboard.press('Shift+Enter');
    await find.getByText('2 of 3').waitFor();
    await page.keyboard.press('Escape');
    await find.waitFor({ state: 'detached' });
    await page.getByRole('main').and(page.locator(':focus')).waitFor();
  });
});
