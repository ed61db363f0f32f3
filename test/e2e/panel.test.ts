import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Body, Entry } from '../../src/desk/entry.ts';
import type { SlaClock } from '../../src/desk/sla.ts';
import { hostileHtml, hostileMarkdown } from '../shared/hostileHtml.ts';
import {
  carol,
  composed,
  fixtureEntries,
  fixtureNow,
  fixtureState,
  fixtureTicket,
  messagesOf,
  type Shown,
} from '../shared/panelFixture.ts';
import { PanelBrowser, type OpenOptions, type PanelPage, type Theme } from '../shared/panelPage.ts';

declare global {
  interface Window {
    pageBefore?: boolean;
  }
}

const here = { accountId: 'rt', id: '1234' };
const themes: Theme[] = ['light', 'dark', 'light2026', 'dark2026', 'hcDark', 'hcLight'];
const quiet: Shown = { ...fixtureState, pending: [], firstNew: undefined };

function withBodies(...bodies: Body[]): Shown {
  const entries = bodies.map((body, index): Entry => ({
    id: `b${index}`,
    at: fixtureNow - 60_000,
    author: carol,
    kind: 'reply',
    visibility: 'public',
    body,
    changes: [],
    attachments: [],
    fromRequester: true,
  }));
  return { ...quiet, entries };
}

/** Numbers what can be pressed or scrolled, and names it; of a choice, where arrows lead to the others, what is chosen. In the page. */
function numberPressable(): string[] {
  const selector =
    'a[href], button, input, textarea, select, summary, vscode-button, [role="button"], [tabindex="0"]';
  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*')].flatMap((one) => [
      ...(one.matches(selector) ? [one] : []),
      // A button of the library is pressed as a whole.
      ...(one.shadowRoot && one.localName !== 'vscode-button' ? all(one.shadowRoot) : []),
    ]);
  return all(document)
    .filter((one) => one.checkVisibility({ visibilityProperty: true }))
    .filter((one) => !one.matches(':disabled, [disabled], input[type="radio"]:not(:checked)'))
    .map((one, index) => {
      one.setAttribute('data-pressable', String(index));
      return `${one.localName} "${one.getAttribute('aria-label') ?? one.textContent.trim()}"`;
    });
}

/** The number of what has the focus; -1 where that is none of those. In the page. */
function pressableInFocus(): number {
  let active = document.activeElement;
  while (active?.localName !== 'vscode-button' && active?.shadowRoot?.activeElement)
    active = active.shadowRoot.activeElement;
  return Number(active?.getAttribute('data-pressable') ?? -1);
}

/** What is cut off at a side of the window; a body may be wider and scroll by itself. In the page. */
function cutOff(): string[] {
  const all = (root: ParentNode): Element[] =>
    [...root.querySelectorAll('*:not(deskside-body)')].flatMap((one) => [
      one,
      ...(one.shadowRoot ? all(one.shadowRoot) : []),
    ]);
  return all(document)
    .filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      return width > 1 && (left < -0.5 || right > innerWidth + 0.5);
    })
    .map((one) => `${one.localName}.${one.className}`);
}

/** Where its top is when the page is painted next. Between two pictures it may be elsewhere. */
async function paintedAt(locator: Locator): Promise<number> {
  return await locator.evaluate(
    (element) =>
      new Promise<number>((resolve) => {
        new ResizeObserver((_, observer) => {
          observer.disconnect();
          resolve(element.getBoundingClientRect().top);
        }).observe(element);
      }),
  );
}

describe('the ticket panel', () => {
  let browser: PanelBrowser;
  let panel: PanelPage;

  async function show(state: Shown, options: OpenOptions = {}): Promise<void> {
    panel = await browser.open(options);
    await panel.heard('ready');
    await panel.show(state);
  }
  const button = (name: string | RegExp): Locator =>
    panel.page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name });
  const composer = (): Locator => panel.page.getByRole('region', { name: 'Write' });
  const field = (name: RegExp): Locator => composer().getByRole('textbox', { name });

  before(async () => {
    browser = await PanelBrowser.start();
  });
  after(async () => await browser.stop());
  afterEach(async () => {
    if (!panel.page.isClosed()) await panel.close();
  });

  describe('shows', () => {
    it('which ticket this is, and how urgent', async () => {
      await show(fixtureState);
      const { page } = panel;
      await page.getByRole('heading', { level: 1, name: fixtureTicket.subject }).waitFor();
      const banner = page.getByRole('banner');
      await banner.getByText('overdue by 2 h 12 min').waitFor();
      const header = (await banner.textContent()) ?? '';
      for (const fact of ['RT-1234', 'open', 'P2', 'from Carol Ojukwu', 'assigned to Alice Berg', 'Tier 2']) {
        assert.ok(header.includes(fact), `"${fact}" is missing in: ${header}`);
      }
    });

    it('every entry with its author, and the requester marked', async () => {
      await show(fixtureState);
      const marked = panel.page.locator('.entry:has(.requester) .author');
      assert.deepEqual(await marked.allTextContents(), ['Carol Ojukwu', 'Carol Ojukwu']);
      assert.equal(await panel.page.locator('.day article').count(), fixtureEntries.length);
      const days = await panel.page.locator('.day .day-name').allTextContents();
      assert.deepEqual(
        days.map((day) => day.trim()),
        ['Tuesday 4 March', 'Yesterday', 'Today'],
      );
    });

    it('what has not been sent yet, and why, with the way to the outbox', async () => {
      await show(fixtureState);
      const pending = panel.page.getByRole('region', { name: 'Waiting to be sent' });
      assert.deepEqual(await pending.locator('.state').allTextContents(), [
        '\ueac3Waiting to be sent',
        '\uea87Could not be sent',
      ]);
      assert.match((await pending.textContent()) ?? '', /You are not allowed to reply to this ticket/);
      await pending.getByRole('button', { name: /outbox/ }).click();
      assert.deepEqual(await panel.heard('action'), { type: 'action', action: 'showOutbox' });
    });

    it('the documents, the one a resolution names, and the custom fields', async () => {
      await show(fixtureState, { width: 1400 });
      const side = panel.page.getByRole('complementary', { name: 'Properties' });
      const text = await side.innerText();
      for (const fact of [
        'Solved it with changes',
        'Did not help',
        'Affected services',
        'File shares, ERP',
      ]) {
        assert.ok(text.includes(fact), `"${fact}" is missing in: ${text}`);
      }
      await side.getByRole('button', { name: /Reinstall the VPN client/ }).click();
      assert.deepEqual(await panel.heard('open-document'), {
        type: 'open-document',
        source: 'link',
        id: 'l2',
      });
      await panel.page.locator('.entry .resolution button').click();
      assert.deepEqual(await panel.heard('open-document'), {
        type: 'open-document',
        source: 'entry',
        id: 'e9',
      });
    });

    it('a timeline that is being fetched, that could not be, and that is empty', async () => {
      await show({ ...quiet, entries: undefined });
      const main = panel.page.getByRole('main');
      assert.match(await main.innerText(), /Fetching the timeline/);
      await panel.show({ ...quiet, entries: undefined, problem: 'No network.' });
      assert.match(await main.innerText(), /has not been fetched yet/);
      assert.match(await panel.page.getByRole('alert').innerText(), /No network\./);
      await panel.show({ ...quiet, entries: [] });
      assert.match(await main.innerText(), /Nothing has been written/);
    });

    it('2,000 entries: the newest at once, all of them soon, without moving what is in sight', async () => {
      const entries = Array.from({ length: 2_000 }, (_, at) => ({
        ...fixtureEntries[at % fixtureEntries.length]!,
        id: `n${at}`,
        at: fixtureNow - (2_000 - at) * 1_800_000,
      }));
      await show({ ...quiet, entries });
      const { page } = panel;
      const list = page.locator('.entries');
      const newest = page.locator('[data-entry=n1999]');
      const before = await paintedAt(newest);
      assert.ok(before > 0 && before < 900, 'the newest entry is in sight');
      await page.locator('.entries:not([aria-busy])').waitFor();
      const after = await paintedAt(newest);
      assert.ok(Math.abs(after - before) < 0.1, `it moved from ${before} to ${after}`);
      assert.equal(await list.locator('article').count(), 2_000);
      const session = await page.context().newCDPSession(page);
      const { nodes } = await session.send('Accessibility.getFullAXTree');
      const read = nodes.filter(({ role }) => role?.value === 'article');
      assert.equal(read.length, 2_000, 'a screen reader finds them all');
      assert.match(String(read[0]?.name?.value), /^Public message by Carol Ojukwu, /);
    });

    it('several changes in a row folded into one line, unless they are new', async () => {
      const changes = fixtureEntries.filter(({ visibility }) => visibility === 'system');
      const entries = [...changes, ...changes].map((entry, at) => ({
        ...entry,
        id: `c${at}`,
        at: fixtureNow - 1_000 + at,
      }));
      await show({ ...quiet, entries });
      await panel.page.getByText('8 changes by Request Tracker, Alice Berg, Bob Lindqvist').click();
      await panel.page
        .getByRole('article', { name: /^Status by Bob/ })
        .first()
        .waitFor();
      await panel.show({ ...quiet, entries, firstNew: 'c5' });
      await panel.page.getByText(/^5 changes by/).waitFor();
      await panel.page.getByText(/^3 changes by/).waitFor();
    });

    it('a problem, with a way to try again', async () => {
      await show({ ...quiet, problem: 'Request Tracker could not be reached.' });
      await panel.page.getByRole('alert').getByRole('button', { name: 'Try again' }).click();
      assert.deepEqual(await panel.heard('action'), { type: 'action', action: 'refresh' });
    });

    it('that the ticket is gone', async () => {
      await show(quiet);
      await panel.tell({ type: 'gone', reason: 'This ticket is not here.' });
      assert.equal((await panel.page.getByRole('main').innerText()).trim(), 'This ticket is not here.');
    });

    it('the beginning of a long body, and all of it when asked', async () => {
      await show({ ...withBodies({ text: 'first words', format: 'text' }), cut: { b0: 5_000_000 } });
      await button('Show all (5.0 MB)').click();
      assert.deepEqual(await panel.heard('show-all'), { type: 'show-all', entryId: 'b0' });
      const text = `first words ${'and more '.repeat(550_000)}the end`;
      await panel.tell({ type: 'body', entryId: 'b0', body: { text, format: 'text' } });
      const shown = panel.page.locator('deskside-body .content');
      assert.match((await shown.textContent()) ?? '', /the end\s*$/);
      assert.equal(await button(/Show all/).count(), 0);
      await panel.show({ ...withBodies({ text: 'first words', format: 'text' }), cut: { b0: 5_000_000 } });
      assert.match((await shown.textContent()) ?? '', /the end\s*$/);
    });

    it('an SLA clock that counts by itself, by the extension\u2019s time', async () => {
      const own = await PanelBrowser.start();
      try {
        panel = await own.open({ at: 0 });
        await panel.heard('ready');
        const dueAt = fixtureNow + 61_000;
        const sla: SlaClock[] = [{ target: 'resolution', state: 'running', dueAt, source: 'backend' }];
        const state = messagesOf({ ...quiet, ticket: { ...fixtureTicket, sla } });
        await panel.page.evaluate((all) => all.forEach((one) => postMessage(one, '*')), state);
        const words = panel.page.getByRole('banner').locator('deskside-clock .time');
        await words.waitFor();
        assert.equal(await words.innerText(), '1:01 min left');
        await panel.page.clock.runFor(10_500);
        assert.equal(await words.innerText(), '0:50 min left');
        await panel.page.clock.runFor(121_000);
        assert.equal(await words.innerText(), 'overdue by 1:10 min');
      } finally {
        await own.stop();
      }
    });

    it('nothing new for a message that is none', async () => {
      await show(quiet);
      const before = await panel.page.getByRole('banner').innerText();
      for (const data of [null, 'state', { type: 'state' }, { type: 'state', state: { ticket: {} } }]) {
        await panel.page.evaluate((message) => postMessage(message, '*'), data);
      }
      await panel.tell({ type: 'focus-composer', visibility: 'public' });
      assert.equal(await panel.page.getByRole('banner').innerText(), before);
      assert.deepEqual(
        panel.problems.filter((problem) => !problem.includes('inline style')),
        [],
      );
    });
  });

  describe('tells public from internal', () => {
    for (const theme of themes) {
      it(`by word, icon, border and position, in ${theme}`, async () => {
        await show(fixtureState, { theme });
        const looks = await panel.page.locator('.entry').evaluateAll((articles) =>
          articles.map((article) => ({
            visibility: article.getAttribute('data-visibility'),
            words: article.querySelector('.audience')?.textContent ?? '',
            border: getComputedStyle(article).borderTopStyle,
            width: getComputedStyle(article).borderTopWidth,
            left: article.getBoundingClientRect().left,
          })),
        );
        const seen = (visibility: string) => looks.filter((look) => look.visibility === visibility);
        assert.equal(seen('public').length, 4);
        assert.equal(seen('internal').length, 6);
        for (const look of seen('public')) {
          assert.deepEqual([look.words, look.border, look.width], ['\ueb01Public', 'solid', '1px']);
        }
        for (const look of seen('internal')) {
          assert.deepEqual([look.words, look.border, look.width], ['\uea75Internal', 'dashed', '1px']);
        }
        const edge = Math.max(...seen('public').map(({ left }) => left));
        assert.ok(seen('internal').every(({ left }) => left >= edge + 14));
        const radio = composer().getByRole('radio', { name: /Public reply/ });
        const scheme = await radio.evaluate((input) => getComputedStyle(input).colorScheme);
        const expected = ['dark', 'dark2026', 'hcDark'].includes(theme) ? 'dark' : 'light';
        assert.equal(scheme, expected, 'what is not chosen would look chosen');
      });
    }

    it('for those who listen', async () => {
      await show(fixtureState);
      const articles = panel.page.getByRole('article');
      await articles.and(panel.page.getByLabel(/^Public message by Carol Ojukwu, 4 Mar 2025/)).waitFor();
      await articles.and(panel.page.getByLabel(/^Internal call log by Alice Berg/)).waitFor();
      await articles.and(panel.page.getByLabel(/^Internal hand-off by Alice Berg/)).waitFor();
      await articles.and(panel.page.getByLabel(/^Internal resolution note by Bob Lindqvist/)).waitFor();
    });
  });

  describe('against hostile tickets', () => {
    for (const withoutPolicy of [false, true]) {
      it(`runs and loads nothing ${withoutPolicy ? 'even without' : 'with'} the content security policy`, async () => {
        const html = hostileHtml.map((text): Body => ({ text, format: 'html' }));
        const markdown = hostileMarkdown.map((text): Body => ({ text, format: 'markdown' }));
        const text = hostileHtml.map((source): Body => ({ text: source, format: 'text' }));
        await show(withBodies(...html, ...markdown, ...text), { withoutPolicy });
        const { page } = panel;
        for (const link of await page.locator('deskside-body .link').all()) await link.click();
        for (const summary of await page.locator('deskside-body summary').all()) await summary.click();
        await panel.tell({ type: 'focus-composer', visibility: 'public' });
        assert.equal(await page.evaluate(() => 'pwned' in window), false);
        assert.deepEqual(browser.strayRequests, []);
        const left = await page.locator('deskside-body .content').evaluateAll((contents) => ({
          elements: [
            ...new Set(contents.flatMap((one) => [...one.querySelectorAll('*')].map((e) => e.localName))),
          ],
          attributes: [
            ...new Set(
              contents.flatMap((one) => [...one.querySelectorAll('*')].flatMap((e) => e.getAttributeNames())),
            ),
          ],
        }));
        const harmless = new Set(
          'a b blockquote button code details div em li ol p pre q span strong summary table tbody td tr ul'.split(
            ' ',
          ),
        );
        assert.deepEqual(
          left.elements.filter((name) => !harmless.has(name) || name === 'a'),
          [],
        );
        assert.deepEqual(
          left.attributes.filter(
            (name) => !['aria-label', 'class', 'role', 'tabindex', 'title', 'type', 'open'].includes(name),
          ),
          [],
        );
        const opened = (await panel.said()).flatMap((one) => (one.type === 'open-link' ? [one.url] : []));
        assert.ok(opened.length > 0 && opened.every((url) => /^(https?|mailto):/.test(url)), opened.join());
      });
    }

    it('names the host of a picture instead of loading it', async () => {
      await show(
        withBodies({ text: '<img src="https://tracker.example/p.gif?id=7" alt="logo">', format: 'html' }),
      );
      const body = panel.page.locator('deskside-body .content');
      assert.equal(
        (await body.innerText()).trim(),
        'Picture \u201Clogo\u201D from tracker.example not loaded',
      );
      assert.deepEqual(browser.strayRequests, []);
    });

    it('opens a link only through the extension, by mouse and by keyboard', async () => {
      await show(
        withBodies({ text: 'See https://docs.example/a?b=1 or mail it@desk.example', format: 'text' }),
      );
      const link = panel.page.getByRole('link', { name: 'https://docs.example/a?b=1' });
      await link.click();
      assert.equal((await panel.heard('open-link')).url, 'https://docs.example/a?b=1');
      await link.press('Enter');
      assert.equal((await panel.said()).filter(({ type }) => type === 'open-link').length, 2);
      assert.ok(panel.page.url().startsWith('http://127.0.0.1:'));
    });

    it('says where a link really goes when its text names another place', async () => {
      const text =
        '<a href="https://evil.example/login">https://bank.example/login</a> <a href="https://ok.example/x">ok.example</a> <a href="https://ok.example">the manual</a>';
      await show(withBodies({ text, format: 'html' }));
      assert.equal(
        (await panel.page.locator('deskside-body .content').innerText()).trim(),
        'https://bank.example/login (goes to evil.example) ok.example the manual',
      );
    });

    it('shows an attached picture only when asked, from the bytes the extension gives', async () => {
      await show(quiet);
      await button('Show picture error-13801.png').click();
      assert.equal((await panel.heard('preview')).attachmentId, 'a2');
      const png = Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      );
      await panel.page.evaluate(
        (data) => {
          const bytes = Uint8Array.from(data);
          postMessage({ type: 'preview', attachmentId: 'a2', image: { bytes, mediaType: 'image/png' } }, '*');
        },
        [...png],
      );
      const picture = panel.page.getByRole('img', { name: 'error-13801.png' });
      await picture.waitFor();
      assert.equal(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth), 1);
      assert.deepEqual(
        browser.strayRequests.filter((url) => !url.startsWith('blob:')),
        [],
      );
      await button('Hide picture error-13801.png').click();
      await picture.waitFor({ state: 'detached' });
      await button('Show picture error-13801.png').click();
      await panel.tell({
        type: 'preview',
        attachmentId: 'a2',
        image: { problem: 'This file is not a picture.' },
      });
      await panel.page.getByText('This file is not a picture.').waitFor();
    });

    it('copies code', async () => {
      await show(quiet);
      await panel.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
      await panel.page.getByRole('button', { name: 'Copy code' }).first().click();
      await panel.page.getByText('Copied').waitFor();
      assert.match(await panel.page.evaluate(() => navigator.clipboard.readText()), /^IKE_AUTH failed/);
    });

    it('shows what is to be done, and what is done, as boxes', async () => {
      const text = 'Still missing:\n\n- [ ] the log\n- [x] the version\n- [link] no box\n\n[ ] nor here';
      await show(withBodies({ text, format: 'markdown' }, { text: '- [ ] as written', format: 'text' }));
      const boxes = panel.page.locator('deskside-body').getByRole('img');
      const named = await boxes.evaluateAll((all) =>
        all.map((box) => `${box.ariaLabel}: ${box.nextSibling?.textContent}`),
      );
      assert.deepEqual(named, ['To do: the log', 'Done: the version']);
    });

    it('reads each paragraph in the direction of its first letter', async () => {
      const html = '<p>שלום, see ticket</p><p>1. Hello שלום</p><ul><li>مرحبا</li></ul>';
      await show(withBodies({ text: html, format: 'html' }, { text: 'שלום', format: 'text' }));
      const directions = await panel.page
        .locator('deskside-body')
        .locator('p, li, .text')
        .evaluateAll((blocks) => blocks.map((block) => getComputedStyle(block).direction));
      assert.deepEqual(directions, ['rtl', 'ltr', 'rtl', 'rtl']);
    });

    it('shows the words of a huge page without its format', async () => {
      const text = `<title>t</title><p>first</p><style>p { color: red }</style>${'<p>and <b>more</b></p>'.repeat(30_000)}<script>window.pwned = 1</script>`;
      await show(withBodies({ text, format: 'html' }));
      const content = panel.page.locator('deskside-body .content');
      assert.match((await content.textContent()) ?? '', /^first\nand more\nand more\n/);
      assert.equal(await content.locator('b').count(), 0);
      assert.equal(await panel.page.evaluate(() => 'pwned' in window), false);
    });

    it('shows what would reorder the text around it', async () => {
      const trick = 'invoice\u202Efdp.exe';
      const [first] =
        withBodies({ text: trick, format: 'html' }, { text: trick, format: 'text' }).entries ?? [];
      assert.ok(first);
      const attachments = [{ id: 'a', name: trick, mediaType: 'application/pdf' }];
      const state = withBodies({ text: trick, format: 'html' }, { text: trick, format: 'text' });
      await show({
        ...state,
        ticket: { ...fixtureTicket, subject: trick, requester: { id: 'x', name: trick } },
        entries: state.entries?.map((entry) => ({ ...entry, attachments, author: { id: 'x', name: trick } })),
      });
      const all = await panel.page.locator('body').evaluate((body) => {
        const texts: string[] = [];
        const visit = (root: ParentNode): void => {
          for (const element of root.querySelectorAll('*')) {
            texts.push(...element.getAttributeNames().map((name) => element.getAttribute(name) ?? ''));
            if (element.shadowRoot !== null) visit(element.shadowRoot);
            for (const node of element.childNodes) if (node instanceof Text) texts.push(node.data);
          }
        };
        visit(body);
        return texts;
      });
      assert.deepEqual(
        all.filter((one) => one.includes('\u202E')),
        [],
      );
      assert.ok(all.filter((one) => one.includes('invoice\u27E8U+202E\u27E9fdp.exe')).length >= 6);
    });

    it('violates no policy by its own styles', async () => {
      await show({ ...fixtureState, entries: fixtureEntries.filter(({ body }) => body?.format !== 'html') });
      await button('More actions').click();
      await composer()
        .getByRole('radio', { name: /Public reply/ })
        .check();
      assert.deepEqual(panel.problems, []);
    });
  });

  describe('its composer', () => {
    it('names who will read it, in the choice, the field and the button', async () => {
      await show(quiet);
      await composer()
        .getByRole('radio', { name: /Internal note/ })
        .and(panel.page.locator(':checked'))
        .waitFor();
      await composer().getByRole('button', { name: 'Add internal note' }).waitFor();
      assert.match(await composer().innerText(), /Only colleagues can read this/);
      await button('Reply').click();
      await field(/Public reply to Carol Ojukwu/)
        .and(panel.page.locator(':focus'))
        .waitFor();
      await composer().getByRole('button', { name: 'Send public reply to Carol Ojukwu' }).waitFor();
      assert.match(await composer().innerText(), /Carol Ojukwu will read this/);
    });

    it('never takes text from one visibility to the other', async () => {
      await show(quiet);
      await button('Note').click();
      await panel.page.keyboard.type('She shares her password with the intern.');
      assert.deepEqual(await panel.heard('draft'), {
        type: 'draft',
        ref: here,
        visibility: 'internal',
        text: 'She shares her password with the intern.',
        turn: 1,
      });
      await composer()
        .getByRole('radio', { name: /Public reply/ })
        .check();
      assert.equal(await field(/Public reply/).inputValue(), '');
      assert.equal(
        await composer()
          .getByRole('button', { name: /^Send public reply/ })
          .isDisabled(),
        true,
      );
      await field(/Public reply/).fill('Hello Carol');
      await composer()
        .getByRole('radio', { name: /Internal note/ })
        .check();
      assert.equal(await field(/Internal note/).inputValue(), 'She shares her password with the intern.');
      await composer().getByRole('button', { name: 'Add internal note' }).click();
      assert.deepEqual(await panel.heard('send'), {
        type: 'send',
        ref: here,
        visibility: 'internal',
        text: 'She shares her password with the intern.',
      });
      const drafts = (await panel.said()).filter((one) => one.type === 'draft');
      assert.deepEqual(
        drafts.map(({ visibility, text }) => [visibility, text]),
        [
          ['internal', 'She shares her password with the intern.'],
          ['public', 'Hello Carol'],
        ],
      );
    });

    it('sends with the keyboard, clears what was queued, and says so', async () => {
      await show(quiet);
      await button('Reply').click();
      await panel.page.keyboard.type('Done.');
      await panel.page.keyboard.press('Control+Enter');
      assert.deepEqual(await panel.heard('send'), {
        type: 'send',
        ref: here,
        visibility: 'public',
        text: 'Done.',
      });
      await panel.tell({ type: 'sent', ref: here, visibility: 'public' });
      assert.equal(await field(/Public reply/).inputValue(), '');
      assert.match(
        await composer().getByRole('status').innerText(),
        /Public reply queued\. It is on its way/,
      );
      await panel.tell({ type: 'sent', ref: here, visibility: 'public', waits: 'signed-out' });
      assert.match(await composer().getByRole('status').innerText(), /waits in the outbox until you sign in/);
      await panel.tell({ type: 'arrived', intent: 'reply' });
      assert.match(await composer().getByRole('status').innerText(), /Reply sent\.$/);
      assert.equal((await panel.said()).filter(({ type }) => type === 'send').length, 1);
    });

    it('keeps the text when it could not be queued, and goes on keeping it as a draft', async () => {
      await show(quiet);
      await button('Note').click();
      await panel.page.keyboard.type('Kept?');
      await panel.page.keyboard.press('Control+Enter');
      await panel.heard('send');
      await panel.show(quiet);
      await panel.tell({ type: 'sent', ref: here, visibility: 'internal', error: 'The disk is full.' });
      assert.equal(await field(/Internal note/).inputValue(), 'Kept?');
      assert.match(await composer().getByRole('status').innerText(), /not queued: The disk is full/);
      assert.equal((await panel.heard('draft')).text, 'Kept?');
    });

    it('sends nothing twice while the first is on its way, and nothing blank', async () => {
      await show(quiet);
      await button('Note').click();
      await panel.page.keyboard.type('  ');
      await panel.page.keyboard.press('Control+Enter');
      await panel.page.keyboard.type('once');
      await panel.page.keyboard.press('Control+Enter');
      await panel.page.keyboard.press('Control+Enter');
      await panel.heard('send');
      assert.equal((await panel.said()).filter(({ type }) => type === 'send').length, 1);
    });

    it('says when nobody listens any more, which takes it back as soon as somebody does', async () => {
      const own = await PanelBrowser.start();
      try {
        panel = await own.open({ at: 0 });
        await panel.heard('ready');
        await panel.page.evaluate((all) => all.forEach((one) => postMessage(one, '*')), messagesOf(quiet));
        const status = composer().getByRole('status');
        await field(/Internal note/).fill('Kept?');
        await field(/Internal note/).press('Control+Enter');
        await panel.heard('send');
        assert.equal(await status.innerText(), '');
        await panel.page.clock.runFor(15_000);
        assert.match(await status.innerText(), /does not answer.*copy your text/s);
        assert.equal(await field(/Internal note/).inputValue(), 'Kept?');
        await panel.page.evaluate((message) => postMessage(message, '*'), {
          type: 'sent',
          ref: here,
          visibility: 'internal',
        });
        await status.getByText('Internal note queued').waitFor();
        await panel.page.clock.runFor(15_000);
        assert.match(await status.innerText(), /Internal note queued/);
      } finally {
        await own.stop();
      }
    });

    it('takes over what was written elsewhere, but never over what it has not told yet', async () => {
      await show({
        ...quiet,
        composer: { public: composed('from the editor'), internal: composed('') },
      });
      await button('Reply').click();
      assert.equal(await field(/Public reply/).inputValue(), 'from the editor');
      await panel.page.keyboard.press('End');
      await panel.page.keyboard.type(' and here');
      const state = (text: string, turn: number): Shown => ({
        ...quiet,
        composer: { public: composed(text, { turn }), internal: composed('') },
      });
      await panel.show(state('from the editor', 0));
      assert.equal(await field(/Public reply/).inputValue(), 'from the editor and here');
      assert.equal((await panel.heard('draft')).turn, 1);
      await panel.show(state('from the editor', 0));
      assert.equal(await field(/Public reply/).inputValue(), 'from the editor and here');
      await panel.show(state('changed in another window', 1));
      assert.equal(await field(/Public reply/).inputValue(), 'changed in another window');
    });

    it('tells what was typed before it goes on in the editor', async () => {
      await show(quiet);
      await button('Note').click();
      await panel.page.keyboard.type('long story');
      await composer().getByRole('button', { name: 'Open in editor' }).click();
      const said = (await panel.said()).filter(({ type }) => type === 'draft' || type === 'action');
      assert.deepEqual(said, [
        { type: 'draft', ref: here, visibility: 'internal', text: 'long story', turn: 1 },
        { type: 'action', action: 'addNote' },
      ]);
    });

    it('offers no note where the ticketing system would publish it', async () => {
      const { capabilities } = quiet;
      assert.ok(capabilities);
      await show({ ...quiet, capabilities: { ...capabilities, internalNote: false } });
      assert.equal(await button('Note').count(), 0);
      assert.match(await composer().innerText(), /can\u2019t keep a note internal/);
      await field(/Internal note/).press('a');
      assert.equal(await field(/Internal note/).inputValue(), '');
    });
  });

  describe('turns to another ticket', () => {
    const other: Shown = {
      ...quiet,
      ticket: { ...fixtureTicket, id: '1190', key: 'RT-1190', subject: 'New headset' },
      entries: fixtureEntries.slice(0, 1),
      composer: { public: composed(''), internal: composed('of the other') },
    };

    it('in the same page, and what was being written stays with its own ticket', async () => {
      await show(quiet);
      await panel.page.evaluate(() => (window.pageBefore = true));
      await button('Note').click();
      await panel.page.keyboard.type('for the first');
      await panel.show(other);
      await panel.page.getByRole('heading', { level: 1, name: 'New headset' }).waitFor();
      assert.equal(await panel.page.evaluate(() => window.pageBefore), true);
      assert.deepEqual(await panel.heard('draft'), {
        type: 'draft',
        ref: here,
        visibility: 'internal',
        text: 'for the first',
        turn: 1,
      });
      assert.equal(await field(/Internal note/).inputValue(), 'of the other');
      assert.equal(await panel.page.getByRole('main').getByRole('article').count(), 1);
      await field(/Internal note/).press('Control+Enter');
      assert.deepEqual((await panel.heard('send')).ref, { accountId: 'rt', id: '1190' });
      await panel.tell({ type: 'sent', ref: here, visibility: 'internal' });
      assert.equal(
        await field(/Internal note/).inputValue(),
        'of the other',
        'that was another ticket\u2019s',
      );
    });

    it('by the arrows, and by the other tickets of the requester', async () => {
      await show(quiet, { width: 1_400 });
      await button('Next ticket of the queue').press('Enter');
      assert.equal((await panel.heard('action')).action, 'panel.next');
      await button(/RT-1190 New headset/).press('Enter');
      assert.deepEqual((await panel.heard('open-ticket')).ref, { accountId: 'rt', id: '1190' });
    });

    it('which is solved, and is not resolved again', async () => {
      await show({
        ...quiet,
        ticket: { ...fixtureTicket, status: { name: 'resolved', category: 'resolved' } },
      });
      await button('Reply').waitFor();
      assert.equal(await button('Resolve\u2026').count(), 0);
    });
  });

  describe('by keyboard', () => {
    for (const width of [360, 1400]) {
      it(`everything that a mouse can press is reached, at ${width} pixels`, async () => {
        await show(quiet, { width });
        const pressable = await panel.page.evaluate(numberPressable);
        for (const name of [
          ...['Reply', 'Note', 'Log call', 'Status', 'Assign', 'Escalate', 'Resolve\u2026', 'More actions'],
          ...['Properties', 'VPN drops at rekey after a certificate renewal', 'our intranet page'],
          ...['Save attachment vpn-client-log.txt 48 kB', 'Quoted text', 'Internal note', 'Open in editor'],
        ]) {
          assert.ok(
            pressable.some((one) => one.includes(name)),
            `${name} is not among ${pressable.join(' | ')}`,
          );
        }
        const reached = new Set<number>();
        for (let step = 0; step < pressable.length + 10; step++) {
          await panel.page.keyboard.press('Tab');
          reached.add(await panel.page.evaluate(pressableInFocus));
        }
        assert.deepEqual(
          pressable.filter((_, index) => !reached.has(index)),
          [],
        );
      });
    }

    it('the menu follows the rules of menus', async () => {
      await show(quiet);
      const { page } = panel;
      await button('More actions').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowUp');
      const last = page.getByRole('menuitem', { name: 'Open in browser' });
      await last.and(page.locator(':focus')).waitFor();
      await page.keyboard.press('Escape');
      await button('More actions').and(page.locator(':focus')).waitFor();
      assert.equal(await page.getByRole('menu').count(), 0);
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      assert.deepEqual(await panel.heard('action'), { type: 'action', action: 'startRun' });
      await button('More actions').click();
      await page.keyboard.press('Tab');
      assert.equal(await page.getByRole('menu').count(), 0);
    });

    it('every button does what it says', async () => {
      await show(quiet);
      for (const [name, action] of Object.entries({
        'Log call': 'logCallOrChat',
        Status: 'changeStatus',
        Assign: 'assign',
        Escalate: 'escalate',
        'Resolve\u2026': 'resolveWithNote',
      })) {
        await button(name).press('Enter');
        const said = await panel.said();
        assert.deepEqual(said.at(-1), { type: 'action', action });
      }
      await button('Save attachment error-13801.png 213 kB').press('Enter');
      assert.equal((await panel.heard('save-attachment')).attachmentId, 'a2');
    });
  });

  describe('its layout', () => {
    const wordy: Shown = {
      ...fixtureState,
      ticket: {
        ...fixtureTicket,
        requester: { id: 'fatima', name: 'Fatima Zahra El Idrissi' },
        status: { name: 'waiting for the change board', category: 'open' },
      },
    };
    for (const width of [210, 300, 360, 600, 800, 900, 1_400]) {
      it(`fits ${width} pixels`, async () => {
        const memory = { ref: here, visibility: 'public' };
        await show(wordy, { width, height: 800, memory });
        const { page } = panel;
        assert.deepEqual(await page.evaluate(cutOff), []);
        const heading = page.getByRole('heading', { level: 1 });
        const [title, write] = [await heading.boundingBox(), await composer().boundingBox()];
        assert.ok(title && title.y >= 0 && title.y + title.height < 800 / 3, 'the subject is in sight');
        assert.ok(write && Math.abs(write.y + write.height - 800) < 1, 'the composer is at the bottom');
        assert.equal(await page.evaluate(() => document.scrollingElement?.scrollTop), 0);
        const side = await page.getByRole('complementary').boundingBox();
        const main = await page.getByRole('main').boundingBox();
        assert.ok(side && main);
        assert.equal(
          side.x >= main.x + main.width - 1,
          width >= 900,
          'properties stand beside the timeline when wide',
        );
      });
    }

    for (const width of [300, 700, 1_400]) {
      it(`gives a low window of ${width} pixels to what is read`, async () => {
        await show(quiet, { width, height: 450 });
        await panel.page.locator('[data-entry=e1]').evaluate((entry) => entry.scrollIntoView());
        const { y } = (await panel.page.getByRole('heading', { level: 1 }).boundingBox())!;
        assert.ok(y < 0, 'the subject has scrolled away');
        assert.ok((await composer().boundingBox())!.y >= 450, 'the composer comes after the last entry');
        await button('Reply').press('Enter');
        const write = (await field(/Public reply/).boundingBox())!;
        assert.ok(
          write.y >= 0 && write.y + write.height <= 450,
          'the field is in sight when it is asked for',
        );
      });
    }

    for (const [width, height] of [
      [300, 800],
      [300, 450],
      [700, 800],
      [1_400, 450],
    ] as const) {
      it(`keeps the bar of the search in sight, at ${width} by ${height} pixels`, async () => {
        await show(quiet, { width, height });
        await panel.page.keyboard.press('Control+f');
        const find = panel.page.getByRole('search', { name: 'Find in timeline' });
        await panel.page.keyboard.type('a');
        for (let match = 0; match < 8; match++) {
          const { y, height: high } = (await find.boundingBox())!;
          assert.ok(y >= 0 && y + high <= height, `at match ${match} it is at ${y}`);
          await panel.page.keyboard.press('Shift+Enter');
        }
        assert.deepEqual(await panel.page.evaluate(cutOff), []);
      });
    }

    it('opens at what is new, otherwise at the end, otherwise where it was left', async () => {
      const scrolled = async (): Promise<number> =>
        Math.round(await panel.page.getByRole('main').evaluate((main) => main.scrollTop));
      await show(fixtureState, { height: 700 });
      const mark = await panel.page.getByText('New since you last looked').boundingBox();
      const main = await panel.page.getByRole('main').boundingBox();
      assert.ok(mark && main && mark.y >= main.y && mark.y < main.y + 60);
      await panel.close();

      await show(quiet, { height: 700 });
      const end = await panel.page.getByRole('main').evaluate((one) => one.scrollHeight - one.clientHeight);
      assert.ok(Math.abs((await scrolled()) - end) <= 1);
      const more = [...fixtureEntries, { ...fixtureEntries[0]!, id: 'new' }];
      await panel.show({ ...quiet, entries: more });
      assert.ok((await scrolled()) > end, 'it stays at the end');
      await panel.close();

      const memory = { ref: here, visibility: 'public', anchor: { entryId: 'e4', offset: -20 } };
      const place = async (): Promise<number> =>
        Math.round(
          (await panel.page.locator('[data-entry=e4]').boundingBox())!.y -
            (await panel.page.getByRole('main').boundingBox())!.y,
        );
      await show(quiet, { height: 700, memory });
      assert.equal(await place(), -20);
      await panel.show({ ...quiet, entries: more });
      assert.equal(await place(), -20);
      assert.deepEqual(await panel.memory(), memory);
      await composer()
        .getByRole('button', { name: /^Send public reply/ })
        .waitFor();
    });

    it('stays where the user reads when the window changes, and at the top or the end', async () => {
      await show(quiet);
      const { page } = panel;
      const resize = async (width: number, height = 900): Promise<void> => {
        await page.setViewportSize({ width, height });
        await panel.tell();
      };
      const sizes = [[1_000], [500], [420], [1_000, 420], [1_400], [300]] as const;
      const note = page.locator('[data-entry=e8]');
      await note.evaluate((entry) => entry.scrollIntoView());
      await panel.tell();
      for (const [width, height] of [...sizes, ...sizes.toReversed()]) {
        await resize(width, height);
        const top = await note.evaluate((entry) => {
          const { bottom } = entry.closest('.page')!.querySelector('.identity')!.getBoundingClientRect();
          const { top } = entry.closest('.timeline')!.getBoundingClientRect();
          return Math.round(entry.getBoundingClientRect().top - Math.max(0, top, bottom));
        });
        assert.ok(Math.abs(top) <= 2, `at ${width} pixels the note is ${top} below the top`);
      }

      await page.locator('[data-entry=e1]').evaluate((entry) => entry.scrollIntoView({ block: 'center' }));
      await page
        .locator('.page, .timeline')
        .evaluateAll((all) => all.forEach((one) => one.scrollTo({ top: 0 })));
      await panel.tell();
      for (const [width, height] of sizes) {
        await resize(width, height);
        const tops = await page
          .locator('.page, .timeline')
          .evaluateAll((all) => all.map((one) => one.scrollTop));
        assert.deepEqual(tops, [0, 0]);
      }

      await page
        .locator('.page, .timeline')
        .evaluateAll((all) => all.forEach((one) => one.scrollTo({ top: 1e6 })));
      await panel.tell();
      for (const [width, height] of sizes) {
        await resize(width, height);
        const left = await page
          .locator('.page, .timeline')
          .evaluateAll((all) => all.map((one) => one.scrollHeight - one.clientHeight - one.scrollTop));
        assert.ok(Math.max(...left) <= 1, `at ${width} pixels ${left.join()} are left to the end`);
      }
    });
  });
});
