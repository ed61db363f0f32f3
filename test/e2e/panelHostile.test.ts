import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Body, Entry } from '../../src/desk/entry.ts';
import { aimedAt, hostileHtml, hostileMarkdown } from '../shared/hostileHtml.ts';
import {
  carol,
  fixtureNow,
  fixtureState,
  fixtureTicket,
  messagesOf,
  type Shown,
} from '../shared/panelFixture.ts';
import { PanelBrowser, type PanelPage } from '../shared/panelPage.ts';

/** The whole hostile set at once, aimed at a server that is there and notes every request. */
describe('a ticket panel full of hostile entries', () => {
  const asked: string[] = [];
  let server: Server;
  let browser: PanelBrowser;
  let panel: PanelPage;
  let state: Shown;

  before(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(200, { 'access-control-allow-origin': '*' }).end('window.pwned = 1');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address !== 'string');
    const origin = `http://127.0.0.1:${address.port}`;
    const html = aimedAt(origin, hostileHtml);
    const bodies: Body[] = [
      ...html.map((text): Body => ({ text, format: 'html' })),
      ...aimedAt(origin, hostileMarkdown).map((text): Body => ({ text, format: 'markdown' })),
      ...html.map((text): Body => ({ text, format: 'markdown' })),
      ...html.map((text): Body => ({ text, format: 'text' })),
      { text: `> ${'> '.repeat(99)}quoted a hundred times`, format: 'text' },
      { text: html.join('\n').repeat(20), format: 'html' },
    ];
    const trick = html[0] ?? '';
    const author = { id: 'x', name: `${trick}\u202E\u0000`, email: `"${trick}"@evil.example` };
    const entries = bodies.map((body, at): Entry => ({
      id: `h${at}`,
      at: fixtureNow - 60_000,
      author: at % 2 === 0 ? author : carol,
      kind: 'reply',
      visibility: 'public',
      body,
      changes: [{ field: trick, from: trick, to: trick }],
      attachments: [{ id: `a${at}`, name: `${trick}.png`, mediaType: 'image/png', size: 1 }],
      fromRequester: true,
    }));
    const ticket = {
      ...fixtureTicket,
      subject: html.join(' ').slice(0, 5_000),
      requester: author,
      tags: html.slice(0, 9),
      customFields: [{ id: 'c', name: trick, values: html.slice(0, 9) }],
    };
    state = { ...fixtureState, ticket, entries, firstNew: undefined };
    browser = await PanelBrowser.start();
  });

  after(async () => {
    await browser.stop();
    server.close();
  });

  const ways = [
    { how: 'with the policy' },
    { how: 'even without the policy', withoutPolicy: true },
    { how: 'even where they are in the page itself, without the policy', withoutPolicy: true, isMade: true },
  ];
  for (const { how, withoutPolicy = false, isMade = false } of ways) {
    it(`asks nobody for anything, runs nothing and stays usable ${how}`, async () => {
      panel = await browser.open({
        width: 1_400,
        withoutPolicy,
        ...(isMade && { begin: messagesOf(state) }),
      });
      const { begun } = await panel.heard('ready');
      assert.equal(begun, isMade || undefined);
      if (!isMade) await panel.show(state);
      const { page } = panel;
      await page.locator('.entries:not([aria-busy])').waitFor({ state: 'attached' });
      await page.locator('.entries').evaluate((list) => {
        for (const body of list.querySelectorAll('deskside-body')) {
          body.shadowRoot?.querySelectorAll('details').forEach((one) => (one.open = true));
          body.shadowRoot?.querySelectorAll<HTMLElement>('.link, .text, p').forEach((one) => one.click());
        }
      });
      assert.equal(await page.getByRole('article').count(), (state.entries?.length ?? 0) + 2);

      await page.keyboard.press('Control+f');
      await page.keyboard.type('quoted a hundred times');
      await page
        .getByRole('search')
        .getByText(/^1 of /)
        .waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Note', exact: true }).click();
      await page.keyboard.type('Still here.');
      await page.keyboard.press('Control+Enter');
      assert.equal((await panel.heard('send')).text, 'Still here.');

      assert.equal(await page.evaluate(() => 'pwned' in window), false);
      assert.deepEqual(asked, []);
      assert.deepEqual(browser.strayRequests, []);
      const opened = (await panel.said()).flatMap((one) => (one.type === 'open-link' ? [one.url] : []));
      assert.ok(opened.length > 0);
      assert.deepEqual(
        opened.filter((url) => !/^(https?|mailto):/.test(url)),
        [],
      );
      await panel.close();
    });
  }
});
