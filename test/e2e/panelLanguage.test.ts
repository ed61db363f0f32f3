import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import type { Words } from '../../src/webviews/messages.ts';
import { root } from '../harness/paths.ts';
import { fixtureState } from '../shared/panelFixture.ts';
import { PanelBrowser, type PanelPage } from '../shared/panelPage.ts';

/** A language in which every sentence of the panel stands in brackets. */
function pseudoLanguage(): Words {
  const words: Words = {};
  for (const file of globSync('src/webviews/**/*.ts', { cwd: root })) {
    const text = readFileSync(path.join(root, file), 'utf8');
    const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest);
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText(source) === 't') {
        const [message] = node.arguments;
        assert.ok(message && ts.isStringLiteralLike(message), `${file}: t() takes a plain sentence`);
        words[message.text] = `\u27E6${message.text}\u27E7`;
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return words;
}

describe('the ticket panel in another language', () => {
  let browser: PanelBrowser;
  let panel: PanelPage;

  before(async () => {
    browser = await PanelBrowser.start();
  });
  after(async () => await browser.stop());

  it('says nothing in English by itself', async () => {
    panel = await browser.open({ width: 1_400 });
    await panel.heard('ready');
    const words = pseudoLanguage();
    assert.ok(Object.keys(words).length > 100);
    await panel.tell({ type: 'language', language: 'de', words });
    const missed: string[] = [];
    const look = async () => missed.push(...englishIn(await allTexts(panel)));
    await panel.show({ ...fixtureState, problem: 'RT' });
    await look();
    await panel.page.getByRole('button', { name: /More actions/ }).click();
    await panel.page.keyboard.press('Control+f');
    await panel.page.keyboard.type('x');
    await look();
    await panel.page.getByRole('radio', { name: /Public reply/ }).check();
    await look();
    await panel.show({ ...fixtureState, entries: undefined });
    await look();
    await panel.show({ ...fixtureState, entries: [] });
    await look();
    assert.deepEqual([...new Set(missed)], []);
    await panel.close();
  });
});

/** Everything a user of the panel reads or hears. */
async function allTexts({ page }: PanelPage): Promise<string[]> {
  return await page.locator('body').evaluate((body) => {
    const texts: string[] = [];
    const visit = (node: Node): void => {
      if (node instanceof Text) texts.push(node.data);
      if (node instanceof Element) {
        if (node.matches('script, style, deskside-body, [aria-hidden=true]')) return;
        for (const name of ['title', 'aria-label', 'placeholder', 'alt', 'aria-description']) {
          texts.push(node.getAttribute(name) ?? '');
        }
        if (node.shadowRoot) visit(node.shadowRoot);
      }
      node.childNodes.forEach(visit);
    };
    visit(body);
    return texts;
  });
}

/** What is neither translated nor part of the ticket: dates are written in the language by the browser. */
function englishIn(texts: readonly string[]): string[] {
  const data = JSON.stringify(fixtureState);
  return texts.flatMap((text) => {
    let rest = text;
    for (let before = ''; before !== rest;) {
      before = rest;
      rest = rest.replace(/\u27E6[^\u27E6\u27E7]*\u27E7/g, ' ');
    }
    return rest
      .split(/[\s.,:()\u203A]+/)
      .filter((word) => /\p{L}{2,}/u.test(word) && !data.includes(word) && !germanTime.test(word));
  });
}

const germanTime = /^(vor|Std|Min|gestern|vorgestern|Tagen?|heute|Dienstag|M\u00E4rz|M\u00E4r|P[1-4])$/;
