import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { composed, fixtureState, type Shown } from '../shared/panelFixture.ts';
import { PanelBrowser, type PanelPage } from '../shared/panelPage.ts';

const here = { accountId: 'rt', id: '1234' };
const quiet: Shown = { ...fixtureState, pending: [], firstNew: undefined };
const picture = { id: 'f1', name: 'error on screen.png', mediaType: 'image/png', size: 48_200 };

describe('the composer of the ticket panel', () => {
  let browser: PanelBrowser;
  let panel: PanelPage;

  before(async () => {
    browser = await PanelBrowser.start();
  });
  after(async () => await browser.stop());
  beforeEach(async () => {
    panel = await browser.open();
    await panel.heard('ready');
    await panel.show(quiet);
  });
  afterEach(async () => await panel.close());

  const composer = (): Locator => panel.page.getByRole('region', { name: 'Write' });
  const field = (name: RegExp): Locator => composer().getByRole('textbox', { name });
  const options = (): Locator => composer().getByRole('option');
  const button = (name: string): Locator => composer().getByRole('button', { name });

  /** Something with a file in it happens in the page, as the browser would do it. */
  async function withFile(event: 'paste' | 'drop', name: string, bytes: number): Promise<void> {
    await field(/Internal note|Public reply/).evaluate(
      (target, given) => {
        const data = new DataTransfer();
        data.items.add(new File([new Uint8Array(given.bytes)], given.name, { type: 'image/png' }));
        const init = { bubbles: true, composed: true, cancelable: true };
        target.dispatchEvent(
          given.event === 'paste'
            ? new ClipboardEvent('paste', { ...init, clipboardData: data })
            : new DragEvent('drop', { ...init, dataTransfer: data }),
        );
      },
      { event, name, bytes },
    );
  }

  /** The last file that the page handed over. */
  async function handedOver(): Promise<{ name: string; visibility: string; length: number }> {
    await panel.heard('attach-bytes');
    return await panel.page.evaluate(() => {
      const message = window.said.findLast((one) => one.type === 'attach-bytes');
      if (message?.type !== 'attach-bytes') throw new Error('nothing');
      return { name: message.name, visibility: message.visibility, length: message.bytes.length };
    });
  }

  it('takes what is pasted and what is dropped as files of the field that is chosen', async () => {
    await withFile('paste', 'image.png', 70_000);
    assert.deepEqual(await handedOver(), { name: 'image.png', visibility: 'internal', length: 70_000 });
    await panel.page.getByRole('radio', { name: /Public reply/ }).check();
    await withFile('drop', 'trace.png', 3);
    assert.deepEqual(await handedOver(), { name: 'trace.png', visibility: 'public', length: 3 });
  });

  it('refuses what is too large, and says why', async () => {
    await withFile('drop', 'film.mp4', 20 * 1024 * 1024 + 1);
    await composer().getByText('film.mp4 is too large to be attached').waitFor();
    assert.ok(!(await panel.said()).some(({ type }) => type === 'attach-bytes'));
  });

  it('shows the files of each field, takes them away, and sends them without a text', async () => {
    const drafts = { public: composed(''), internal: composed('', { files: [picture] }) };
    await panel.show({ ...quiet, composer: drafts });
    const files = composer().getByRole('list', { name: 'Attached files' });
    assert.match(await files.innerText(), /error on screen\.png\s*48 kB/);
    await panel.page.getByRole('radio', { name: /Public reply/ }).check();
    assert.equal(await files.count(), 0);
    await panel.page.getByRole('radio', { name: /Internal note/ }).check();
    await field(/Internal note/).press('Control+Enter');
    assert.deepEqual(await panel.heard('send'), {
      type: 'send',
      ref: here,
      visibility: 'internal',
      text: '',
    });
    await panel.tell({ type: 'sent', ref: here, visibility: 'internal', kept: true });
    await button('Remove error on screen.png').press('Enter');
    assert.equal((await panel.heard('detach')).fileId, 'f1');
  });

  it('offers no files for a note where everybody would see them', async () => {
    const { capabilities } = quiet;
    assert.ok(capabilities);
    await panel.show({ ...quiet, capabilities: { ...capabilities, attach: 'public' } });
    assert.equal(await button('Attach files\u2026').count(), 0);
    await withFile('drop', 'a.png', 3);
    await composer().getByText('show them to everybody').waitFor();
    assert.ok(!(await panel.said()).some(({ type }) => type === 'attach-bytes'));
    await panel.page.getByRole('radio', { name: /Public reply/ }).check();
    await button('Attach files\u2026').click();
    assert.deepEqual(await panel.heard('attach'), { type: 'attach', ref: here, visibility: 'public' });
  });

  it('completes by the keyboard alone, and can be undone', async () => {
    await field(/Internal note/).focus();
    await panel.page.keyboard.type('see @bo');
    const { turn } = await panel.heard('suggest');
    const asked = (await panel.said()).filter(({ type }) => type === 'suggest');
    assert.deepEqual(
      asked.map((one) => one.type === 'suggest' && [one.kind, one.typed]),
      [
        ['person', ''],
        ['person', 'b'],
        ['person', 'bo'],
      ],
    );
    await panel.tell(
      {
        type: 'suggestions',
        turn,
        suggestions: [
          { label: 'Bo Ek', detail: 'bo', text: '@bo ' },
          { label: 'Bob Lindqvist', detail: 'bob', text: '@bob ' },
        ],
      },
      { type: 'suggestions', turn: turn - 1, suggestions: [{ label: 'late', detail: '', text: 'late' }] },
    );
    assert.deepEqual(await options().allInnerTexts(), ['Bo Ek\nbo', 'Bob Lindqvist\nbob']);
    await panel.page.keyboard.press('ArrowDown');
    const active = await field(/Internal note/).getAttribute('aria-activedescendant');
    assert.equal(await options().nth(1).getAttribute('id'), active);
    await panel.page.keyboard.press('Enter');
    assert.equal(await field(/Internal note/).inputValue(), 'see @bob ');
    assert.equal(await options().count(), 0);
    await panel.page.keyboard.press('Control+z');
    assert.equal(await field(/Internal note/).inputValue(), 'see @bo');
  });

  it('closes the list with Escape, and Ctrl+Enter sends while it is open', async () => {
    await field(/Internal note/).focus();
    await panel.page.keyboard.type('/');
    const suggestions = [{ label: 'Reset', detail: 'Hello', text: 'Hello' }];
    await panel.tell({ type: 'suggestions', turn: (await panel.heard('suggest')).turn, suggestions });
    assert.equal(await options().count(), 1);
    await panel.page.keyboard.press('Escape');
    assert.equal(await options().count(), 0);
    await panel.page.keyboard.type('x');
    await panel.tell({ type: 'suggestions', turn: (await panel.heard('suggest')).turn, suggestions });
    await panel.page.keyboard.press('Control+Enter');
    assert.equal((await panel.heard('send')).text, '/x');
  });

  it('puts a macro where the cursor was, and says what is not filled in', async () => {
    await field(/Internal note/).fill('Hello, bye');
    await field(/Internal note/).evaluate((area) => {
      if (area instanceof HTMLTextAreaElement) area.setSelectionRange(7, 7);
    });
    await button('Insert macro\u2026').click();
    assert.equal((await panel.heard('insert-macro')).visibility, 'internal');
    const text = 'order {{order.number}} is here, ';
    await panel.tell({ type: 'insert', ref: here, visibility: 'internal', text });
    assert.equal(await field(/Internal note/).inputValue(), `Hello, ${text}bye`);
    const { turn } = await panel.heard('draft');
    const draft = composed(`Hello, ${text}bye`, { turn, open: ['{{order.number}}'] });
    await panel.show({ ...quiet, composer: { public: composed(''), internal: draft } });
    await composer().getByText('Not filled in: {{order.number}}').waitFor();
  });

  for (const [width, height] of [
    [1_000, 900],
    [360, 800],
    [700, 450],
  ] as const) {
    it(`hides nothing of the last message when it grows, in ${width} \u00D7 ${height} pixels`, async () => {
      await panel.page.setViewportSize({ width, height });
      const draft = composed('one\ntwo\nthree');
      await panel.show({ ...quiet, composer: { public: composed(''), internal: draft } });
      await field(/Internal note/).fill('');
      const { turn } = await panel.heard('draft');
      await panel.show({ ...quiet, composer: { public: composed(''), internal: composed('', { turn }) } });
      const text = 'Hello Carol,\n\nplease restart.\n\nThanks\nAlice';
      await panel.tell({ type: 'insert', ref: here, visibility: 'internal', text });
      const message = (await panel.page.locator('[data-entry]').last().boundingBox())!;
      const { y } = (await composer().boundingBox())!;
      assert.ok(message.y + message.height <= y, `the message ends ${message.y + message.height - y} below`);
    });
  }

  it('answers a command about the field that is chosen', async () => {
    await panel.page.getByRole('radio', { name: /Public reply/ }).check();
    await panel.tell({ type: 'ask-for', what: 'insert-macro' });
    assert.equal((await panel.heard('insert-macro')).visibility, 'public');
  });
});
