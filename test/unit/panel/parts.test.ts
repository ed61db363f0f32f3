import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { safeFileName } from '../../../src/desk/fileName.ts';
import { panelHtml } from '../../../src/editor/panel/panelHtml.ts';
import { safeLink } from '../../../src/webviews/safeLink.ts';
import { DraftText } from '../../../src/webviews/panel/draftText.ts';
import { byteSize, dayName, duration, since, untilNextTick } from '../../../src/webviews/panel/format.ts';
import glyphs from '../../../src/webviews/glyphs.json' with { type: 'json' };
import { visibleText } from '../../../src/webviews/panel/visibleText.ts';

describe('the panel\u2019s icons', () => {
  it('are the codicons of those names', () => {
    const sheet = readFileSync(
      path.resolve(import.meta.dirname, '../../../node_modules/@vscode/codicons/dist/codicon.css'),
      'utf8',
    );
    for (const [name, glyph] of Object.entries(glyphs)) {
      const point = new RegExp(`\\.codicon-${name}:before \\{ content: "\\\\([0-9a-f]+)"`).exec(sheet)?.[1];
      assert.equal(glyph, String.fromCharCode(Number.parseInt(point ?? '0', 16)), name);
    }
  });
});

describe('the panel\u2019s page', () => {
  it('allows only its own script, by a policy without holes', () => {
    const html = panelHtml({ script: 'p.js', nonce: 'N1' });
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? '';
    assert.match(policy, /^default-src 'none'; script-src 'nonce-N1'; img-src data: blob:;/);
    assert.ok(!/unsafe|\*|https:/.test(policy), policy);
    assert.ok(!/\son\w+=|style=/.test(html));
  });
});

describe('links of a ticket', () => {
  it('are web and mail addresses, nothing else', () => {
    assert.equal(safeLink('HTTPS://Example.org/a b')?.href, 'https://example.org/a%20b');
    assert.equal(safeLink('mailto:a@b.example')?.href, 'mailto:a@b.example');
    for (const bad of ['java\nscript:alert(1)', 'command:x', 'vscode:x', 'file:///x', '//x', 'x', '']) {
      assert.equal(safeLink(bad), undefined, bad);
    }
  });
});

describe('a file name', () => {
  it('stays what it was when it is harmless', () => {
    for (const name of ['report.pdf', 'Übersicht 2025.xlsx', '.env.txt'.slice(1)]) {
      assert.equal(safeFileName(name), name);
    }
  });

  it('never leads anywhere, hides its ending or is reserved', () => {
    assert.equal(safeFileName('../../x'), 'x');
    assert.equal(safeFileName('C:\\Windows\\system32\\evil.dll'), 'evil.dll');
    assert.equal(safeFileName('invoice\u202Efdp.exe'), 'invoice_fdp.exe');
    assert.equal(safeFileName('con.txt'), '_con.txt');
    assert.equal(safeFileName('...'), 'attachment');
    assert.equal(safeFileName('a\u0000b\n.txt'), 'a_b_.txt');
    assert.ok(safeFileName(`${'x'.repeat(500)}.tar.gz`).endsWith('.gz'));
    const report = safeFileName(`${'報告𠮷'.repeat(60)}.xlsx`);
    assert.ok(report.endsWith('.xlsx') && !/\p{Cs}/u.test(report));
    assert.ok(Buffer.byteLength(report) > 150 && Buffer.byteLength(report) <= 180, 'a file system takes it');
  });

  it('is always one plain segment of bearable length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
        const safe = safeFileName(name);
        assert.ok(safe.length > 0 && Buffer.byteLength(safe) <= 181);
        assert.ok(!/[/\\\p{Cc}]/u.test(safe) && safe !== '.' && safe !== '..');
      }),
    );
  });
});

describe('visible text', () => {
  it('keeps what reads right to left, and shows what reorders', () => {
    assert.equal(visibleText('שלום \u200F ok'), 'שלום \u200F ok');
    assert.equal(visibleText('a\u202Eb\u2066c'), 'a\u27E8U+202E\u27E9b\u27E8U+2066\u27E9c');
  });
});

describe('lengths and times', () => {
  const minute = 60_000;
  it('read like a person would say them', () => {
    assert.equal(duration(9 * minute + 5_400), '9:05 min');
    assert.equal(duration(42 * minute), '42 min');
    assert.equal(duration(132 * minute), '2 h 12 min');
    assert.equal(duration(3_000 * minute), '2 d 2 h');
    assert.equal(byteSize(48_213), '48 kB');
    const now = new Date(2025, 2, 6, 14, 20).getTime();
    assert.equal(since(now - 10_000, now), 'just now');
    assert.equal(since(now - 12 * minute, now), '12 min ago');
    assert.equal(since(now - 40 * 24 * 60 * minute, now), '25 Jan 2025');
    assert.equal(dayName(new Date(2025, 2, 6, 0, 1).getTime(), now), 'Today');
    assert.equal(dayName(new Date(2025, 2, 5, 23, 59).getTime(), now), 'Yesterday');
    assert.match(dayName(new Date(2024, 2, 5).getTime(), now), /^Tuesday,? 5 March 2024$/);
  });

  it('are drawn again when they read differently, not before', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5_000_000, max: 5_000_000 }), (left) => {
        const words = (at: number) => `${at > 0 ? 'left' : 'over'} ${duration(Math.abs(at))}`;
        const wait = untilNextTick(left);
        assert.ok(wait > 0);
        // One millisecond before the tick it still reads as now (or the tick was at once).
        if (wait > 2) assert.equal(words(left - (wait - 2)), words(left));
      }),
    );
  });
});

describe('a draft in the composer', () => {
  it('takes over what the extension says, but never over what it has not heard of', () => {
    const told: { text: string; turn: number }[] = [];
    const draft = new DraftText((one) => told.push(one));
    draft.receive({ text: 'kept', turn: 0 });
    assert.equal(draft.current, 'kept');
    draft.write('kept and more');
    draft.receive({ text: 'kept', turn: 0 });
    draft.flush();
    draft.receive({ text: 'kept', turn: 0 });
    assert.equal(draft.current, 'kept and more');
    assert.deepEqual(told, [{ text: 'kept and more', turn: 1 }]);
    draft.receive({ text: 'from elsewhere', turn: 1 });
    assert.equal(draft.current, 'from elsewhere');
  });

  it('tells nothing while it is being sent, and goes on when that failed', () => {
    const told: string[] = [];
    const draft = new DraftText(({ text }) => told.push(text));
    draft.write('text');
    draft.hold();
    draft.flush();
    draft.receive({ text: '', turn: 9 });
    assert.deepEqual([told, draft.current], [[], 'text']);
    draft.resume();
    draft.flush();
    assert.deepEqual(told, ['text']);
    draft.hold();
    draft.clear();
    assert.equal(draft.current, '');
    draft.flush();
    assert.deepEqual(told, ['text']);
  });
});
