import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Entry } from '../../../src/desk/entry.ts';
import { TimelineFeed } from '../../../src/editor/panel/timelineFeed.ts';
import type { ToPanel } from '../../../src/webviews/messages.ts';
import { fixtureEntries } from '../../shared/panelFixture.ts';

const ref = { accountId: 'rt', id: '1' };
const base = fixtureEntries[0]!;
const numbered = (count: number, minutes = 0): Entry[] =>
  Array.from({ length: count }, (_, at) => ({ ...base, id: `n${at}`, minutes }));

/** Long lists are compared by a short text. */
const outline = (entries: readonly (Entry | undefined)[]): string =>
  entries.map((entry) => `${entry?.id ?? '?'}:${entry?.minutes ?? ''}`).join(' ');

/** Puts a timeline together from the parts, as the page does. */
class Page {
  parts: Extract<ToPanel, { type: 'entries' }>[] = [];
  readonly feed = new TimelineFeed((message) => {
    if (message.type === 'entries') this.parts.push(message);
  });

  get entries(): (Entry | undefined)[] {
    let all: (Entry | undefined)[] = [];
    for (const { at, total, entries } of this.parts) {
      all = Array.from({ length: total }, (_, index) => entries[index - at] ?? all[index]);
    }
    return all;
  }
}

const allSent = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await new Promise(setImmediate);
};

describe('the feed of a timeline', () => {
  it('gives the newest entries at once and the others soon', async () => {
    const page = new Page();
    page.feed.tell(ref, numbered(2_000), []);
    assert.deepEqual([page.parts.length, page.parts[0]?.at], [1, 1_960]);
    await allSent();
    assert.equal(outline(page.entries), outline(numbered(2_000)));
  });

  it('begins where the page is going to open', () => {
    const page = new Page();
    page.feed.tell(ref, numbered(2_000), [undefined, 'n1500', 'unknown']);
    assert.equal(page.parts[0]?.at, 1_490);
  });

  it('gives only what changed after that', async () => {
    const page = new Page();
    page.feed.tell(ref, numbered(300), []);
    await allSent();
    page.parts = [];
    page.feed.tell(ref, numbered(300), []);
    assert.equal(page.parts.length, 0);
    page.feed.tell(ref, numbered(301), []);
    assert.deepEqual([page.parts.length, page.parts[0]?.at, page.parts[0]?.total], [1, 300, 301]);
  });

  it('leaves the page with the timeline as it is, whatever happens to it meanwhile', async () => {
    const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 600 }), fc.boolean()), {
      minLength: 1,
      maxLength: 6,
    });
    await fc.assert(
      fc.asyncProperty(sizes, async (steps) => {
        const page = new Page();
        for (const [size, wait] of steps) {
          page.feed.tell(ref, numbered(size, size % 2), []);
          if (wait) await new Promise(setImmediate);
        }
        await allSent();
        const [size] = steps.at(-1)!;
        assert.equal(outline(page.entries), outline(numbered(size, size % 2)));
      }),
      { numRuns: 30 },
    );
  });
});
