import assert from 'node:assert/strict';
import type { FromPanel, PropertyChoices } from '../../src/webviews/messages.ts';
import { fixtureState } from '../shared/panelFixture.ts';
import { PanelBrowser, type PanelPage } from '../shared/panelPage.ts';

const ref = { accountId: 'rt', id: '1234' };
const choices: PropertyChoices = {
  statuses: ['new', 'open', 'stalled', 'resolved'],
  priorities: [
    { name: 'High', rank: 1 },
    { name: 'Medium', rank: 3 },
  ],
  teams: ['Helpdesk', 'Network'],
  tags: ['printer', 'vpn'],
  customFields: [
    { id: 'c1', name: 'Floor', type: 'text' },
    { id: 'c2', name: 'Bought', type: 'date' },
    { id: 'c3', name: 'Site', type: 'choice', choices: ['North', 'South'] },
    { id: 'c4', name: 'Seats', type: 'number', required: true },
  ],
};
const shown = {
  ...fixtureState,
  capabilities: { ...fixtureState.capabilities!, setTier: 'native' as const },
  ticket: {
    ...fixtureState.ticket,
    tags: ['vpn'],
    watchers: [{ id: 'bob', name: 'Bob Lindqvist', role: 'watcher' as const }],
    customFields: [
      { id: 'c1', name: 'Floor', values: ['1'] },
      { id: 'c4', name: 'Seats', values: ['3'] },
      { id: 'x', name: 'Made by another tool', values: ['{"a":1}'] },
    ],
  },
};

describe('the ticket panel by the keyboard alone', () => {
  let browser: PanelBrowser;
  let panel: PanelPage;

  before(async () => {
    browser = await PanelBrowser.start();
  });
  after(async () => await browser.stop());
  beforeEach(async () => {
    panel = await browser.open({ width: 1_400 });
    await panel.heard('ready');
    await panel.show(shown);
    await panel.tell({ type: 'choices', ref, choices });
  });
  afterEach(async () => {
    // The ticket itself brings styles, which the policy blocks.
    const others = panel.problems.filter((problem) => !problem.includes('Content Security Policy'));
    assert.deepEqual(others, []);
    await panel.close();
  });

  /** What has the focus, as it is read aloud. */
  async function focused(): Promise<string> {
    return await panel.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      return (active?.getAttribute('aria-label') ?? active?.textContent ?? '')
        .replace(/[\ue000-\uf8ff]/g, '')
        .replace(/\s+/g, ' ')
        .trim();
    });
  }

  /** Tabs on until something with this name has the focus. */
  async function reach(name: RegExp): Promise<string> {
    for (let steps = 0; steps < 250; steps++) {
      const now = await focused();
      if (name.test(now)) return now;
      await panel.page.keyboard.press('Tab');
    }
    return assert.fail(`${name} can't be reached by Tab`);
  }

  async function said<T extends FromPanel['type']>(type: T): Promise<Extract<FromPanel, { type: T }>[]> {
    return (await panel.said()).filter((one) => one.type === type) as Extract<FromPanel, { type: T }>[];
  }

  it('sets a status, and the focus is back where it was', async () => {
    await reach(/^Status: .*Change$/);
    await panel.page.keyboard.press('Enter');
    assert.equal(await focused(), 'Status');
    await panel.page.keyboard.type('stal');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual((await said('set')).at(-1), { type: 'set', ref, fields: { status: 'stalled' } });
    assert.match(await focused(), /^Status: .*Change$/);
  });

  it('leaves what it was with Escape', async () => {
    await reach(/^Priority: .*Change$/);
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Escape');
    assert.match(await focused(), /^Priority: .*Change$/);
    assert.deepEqual(await said('set'), []);
  });

  it('leaves Enter and Escape to an input method that is writing a word', async () => {
    await reach(/^Status: .*Change$/);
    await panel.page.keyboard.press('Enter');
    await panel.page.evaluate(() => {
      let active = document.activeElement;
      while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
      for (const key of ['Enter', 'Escape']) {
        const init = { key, isComposing: true, bubbles: true, composed: true, cancelable: true };
        active?.dispatchEvent(new KeyboardEvent('keydown', init));
      }
    });
    assert.equal(await focused(), 'Status');
    assert.deepEqual(await said('set'), []);
  });

  it('asks for people while one types, and takes the assignee away', async () => {
    await reach(/^Assignee: .*Change$/);
    await panel.page.keyboard.press('Enter');
    await panel.heard('ask-people');
    await panel.tell({ type: 'people', ref, query: '', people: [{ id: 'lena', name: 'Lena Lead' }] });
    await panel.page.keyboard.press('Home');
    const options = panel.page.getByRole('option');
    assert.deepEqual(
      (await options.allTextContents()).map((text) => text.trim()),
      ['Nobody', 'Lena Lead'],
    );
    await panel.page.keyboard.press('ArrowDown');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual((await said('set')).at(-1)?.fields, { assignee: 'lena' });
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual((await said('set')).at(-1)?.fields, { assignee: null });
  });

  it('gives a ticket to who was looked for, and not before they are found', async () => {
    await reach(/^Assignee: .*Change$/);
    await panel.page.keyboard.press('Enter');
    await panel.tell({ type: 'people', ref, query: '', people: [{ id: 'lena', name: 'Lena Lead' }] });
    await panel.page.keyboard.type('bob');
    await panel.page.keyboard.press('Enter');
    await panel.tell({ type: 'people', ref, query: 'bob', people: [{ id: 'b7', name: 'Robert Berg' }] });
    const options = panel.page.getByRole('option');
    await options.filter({ hasText: 'Robert Berg' }).waitFor();
    assert.deepEqual(
      (await options.allTextContents()).map((text) => text.trim()),
      ['Robert Berg'],
    );
    assert.deepEqual(await said('set'), []);
    await panel.page.keyboard.press('Enter');
    assert.deepEqual((await said('set')).at(-1)?.fields, { assignee: 'b7' });
  });

  it('marks tags, writes a new one, and takes them together', async () => {
    await reach(/^Tags: .*Change$/);
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.type('printer');
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.type('second floor');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual(await said('set'), []);
    await panel.page.keyboard.press('Control+Enter');
    assert.deepEqual((await said('set')).at(-1)?.fields, { tags: ['vpn', 'printer', 'second floor'] });
  });

  it('shows all of a list, with what takes the choice at its end', async () => {
    const tags = Array.from({ length: 30 }, (_, index) => `tag-${index}`);
    await panel.tell({ type: 'choices', ref, choices: { ...choices, tags } });
    const { width } = panel.page.viewportSize()!;
    const change = panel.page.getByRole('button', { name: /^Tags: .*Change$/ });
    await change.scrollIntoViewIfNeeded();
    const { y } = (await change.boundingBox())!;
    await panel.page.setViewportSize({ width, height: Math.ceil(y) + 60 });
    await change.press('Enter');
    const save = panel.page.getByRole('button', { name: 'Save', exact: true });
    await save.waitFor();
    const box = (await save.boundingBox())!;
    assert.ok(box.y + box.height <= Math.ceil(y) + 60, `Save ends at ${box.y + box.height}`);
  });

  it('shows a list above the composer where that lies over the page', async () => {
    await panel.page.setViewportSize({ width: 360, height: 640 });
    const side = panel.page.getByRole('complementary', { name: 'Properties' });
    await side.locator('summary', { hasText: /^Properties/ }).click();
    const write = panel.page.getByRole('region', { name: 'Write' });
    const subject = panel.page.getByRole('heading', { level: 1 });
    for (const name of ['Assignee', 'Status', 'Tags', 'Site']) {
      await reach(new RegExp(`^${name}: .*Change$`));
      await panel.page.keyboard.press('Enter');
      await panel.tell({ type: 'people', ref, query: '', people: [{ id: 'dora', name: 'Dora Lam' }] });
      const box = (await side.locator('deskside-choices').boundingBox())!;
      const [top, bottom] = [(await subject.boundingBox())!, (await write.boundingBox())!];
      assert.ok(box.y >= top.y + top.height, `${name} begins at ${box.y}`);
      assert.ok(box.y + box.height <= bottom.y, `${name} ends at ${box.y + box.height}, not by ${bottom.y}`);
      await panel.page.keyboard.press('Escape');
    }
  });

  for (const width of [360, 900, 1_400]) {
    it(`gives a list the whole width of the properties, at ${width} pixels`, async () => {
      await panel.page.setViewportSize({ width, height: 900 });
      const side = panel.page.getByRole('complementary', { name: 'Properties' });
      if (width < 900) await side.locator('summary', { hasText: /^Properties/ }).click();
      await side.getByRole('button', { name: /^Assignee: .*Change$/ }).press('Enter');
      const people = ['Fatima Zahra El Idrissi', 'Maximilian von Hohenberg', 'Lena Lead'].map((name) => ({
        id: name,
        name,
        email: `${name.toLowerCase().split(' ').at(-1)}@northwind.example`,
      }));
      await panel.tell({ type: 'people', ref, query: '', people });
      const label = (await side.locator('dt', { hasText: 'Assignee' }).boundingBox())!;
      const list = side.getByRole('listbox');
      const box = (await list.boundingBox())!;
      assert.ok(
        box.y >= label.y + label.height && Math.abs(box.x - label.x) <= 1,
        'it stands below its label',
      );
      const lines = await list
        .getByRole('option')
        .evaluateAll((all) =>
          all.map((one) => Math.floor(one.clientHeight / parseFloat(getComputedStyle(one).lineHeight))),
        );
      assert.ok(Math.max(...lines) <= 2, `one takes ${Math.max(...lines)} lines`);
      await panel.page.keyboard.press('Escape');

      await side.getByRole('button', { name: /^Tags: .*Change$/ }).press('Enter');
      const room = await side.getByRole('combobox', { name: 'Tags' }).evaluate((field) => {
        if (!(field instanceof HTMLInputElement)) return 0;
        const style = getComputedStyle(field);
        const pen = document.createElement('canvas').getContext('2d')!;
        pen.font = style.font;
        const inner = field.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        return inner - pen.measureText(field.placeholder).width;
      });
      assert.ok(room >= 0, `the placeholder lacks ${-room} pixels`);
    });
  }

  it('sets custom fields by their type, and says what one does not take', async () => {
    await reach(/^Floor: 1\. Change$/);
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.type('2');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual((await said('set')).at(-1)?.fields, { custom: { c1: ['2'] } });

    await reach(/^Seats: 3\. Change$/);
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.type('many');
    await panel.page.keyboard.press('Enter');
    assert.match((await panel.page.getByRole('alert').textContent()) ?? '', /A number is needed/);
    await panel.page.keyboard.press('Control+a');
    await panel.page.keyboard.press('Delete');
    await panel.page.keyboard.press('Enter');
    assert.match((await panel.page.getByRole('alert').textContent()) ?? '', /left empty/);
    await panel.page.keyboard.press('Escape');
    assert.match(await focused(), /^Seats: 3\. Change$/);

    await reach(/^Site: none\. Change$/);
    await panel.page.keyboard.press('Enter');
    await panel.page.keyboard.type('South');
    await panel.page.keyboard.press('Enter');
    assert.deepEqual((await said('set')).at(-1)?.fields, { custom: { c3: ['South'] } });
  });

  it('shows a field that nobody defined, and offers no change of it', async () => {
    const side = panel.page.getByRole('complementary', { name: 'Properties' });
    await side.getByText('{"a":1}').waitFor();
    assert.equal(await side.getByRole('button', { name: /Made by another tool/ }).count(), 0);
  });

  it('offers nothing that the ticketing system can’t do', async () => {
    const capabilities = {
      ...shown.capabilities,
      setStatus: false,
      watchers: [],
      relate: [],
      merge: false,
      logTime: false,
    };
    await panel.show({ ...shown, capabilities });
    const side = panel.page.getByRole('complementary', { name: 'Properties' });
    for (const name of [/^Status: /, /Add a watcher/, /Remove the watcher/, /Link to a problem/, /timer/]) {
      assert.equal(await side.getByRole('button', { name }).count(), 0, String(name));
    }
    await panel.page.getByRole('button', { name: 'More actions' }).click();
    assert.equal(await panel.page.getByRole('menuitem', { name: 'Merge…' }).count(), 0);
  });

  it('counts time, and goes on to what was counted', async () => {
    await reach(/^Start the timer$/);
    await panel.page.keyboard.press('Enter');
    assert.deepEqual((await said('action')).at(-1)?.action, 'startTimer');
    await panel.show({ ...shown, timer: { elapsed: 3_725_000 } });
    await panel.page.getByRole('timer').getByText('1:02:05').waitFor();
    await reach(/^Go on$/);
  });

  it('does every action of the panel', async () => {
    const buttons: [RegExp, FromPanel['type'], string?][] = [
      [/^Previous ticket of the queue$/, 'action', 'panel.previous'],
      [/^Next ticket of the queue$/, 'action', 'panel.next'],
      [/^Log call$/, 'action', 'logCallOrChat'],
      [/^Status$/, 'action', 'changeStatus'],
      [/^Assign$/, 'action', 'assign'],
      [/^Escalate$/, 'action', 'escalate'],
      [/^Resolve…$/, 'action', 'resolveWithNote'],
      [/^Start the timer$/, 'action', 'startTimer'],
      [/^Log time…$/, 'action', 'logTime'],
      [/VPN drops at rekey/, 'open-document'],
      [/^Printer queue is stuck$/, 'open-run'],
      [/^Add a watcher…$/, 'action', 'addWatcher'],
      [/^Remove the watcher Bob Lindqvist$/, 'unwatch'],
      [/RT-1200/, 'open-ticket'],
      [/^Part from RT-1200$/, 'unrelate'],
      [/^Link to a problem, change or other ticket…$/, 'action', 'relateTicket'],
      [/RT-1190/, 'open-ticket'],
      [/^Show \d+ changes in the outbox$/, 'action', 'showOutbox'],
    ];
    for (const [name, type, action] of buttons) {
      const before = (await said(type)).length;
      await reach(name);
      await panel.page.keyboard.press('Enter');
      const after = await said(type);
      assert.equal(after.length, before + 1, String(name));
      if (action !== undefined) {
        assert.equal((after.at(-1) as Extract<FromPanel, { type: 'action' }>).action, action);
      }
    }
    const menu = [
      'refresh',
      'startRun',
      'writeRunbook',
      'linkDocument',
      'logTime',
      'addWatcher',
      'relateTicket',
      'mergeTicket',
      'consult',
      'copyKey',
    ];
    for (const [index, action] of menu.entries()) {
      await reach(/^More actions$/);
      await panel.page.keyboard.press('Enter');
      for (let step = 0; step < index; step++) await panel.page.keyboard.press('ArrowDown');
      await panel.page.keyboard.press('Enter');
      assert.equal((await said('action')).at(-1)?.action, action);
    }
  });
});
