import { strict as assert } from 'node:assert';
import { RedmineClient } from '../../../src/backends/redmine/client.ts';
import { Markup } from '../../../src/backends/redmine/markup.ts';
import { fail, ok, type Result } from '../../../src/desk/errors.ts';

const calm = new AbortController().signal;

describe('Redmine: Markdown or Textile', () => {
  function markup(...pages: (string | Error | undefined)[]) {
    const asked: string[] = [];
    const client = new RedmineClient({
      identity: () => Promise.resolve(undefined),
      request: () => Promise.resolve(fail({ reason: 'server', message: 'not asked here' })),
      stream({ path }): Promise<Result<ReadableStream<Uint8Array>>> {
        asked.push(path);
        const page = pages.shift();
        if (page === undefined) return Promise.resolve(fail({ reason: 'server', message: 'down' }));
        return Promise.resolve(
          ok(
            new ReadableStream({
              start(controller) {
                if (page instanceof Error) {
                  controller.error(page);
                  return;
                }
                for (const character of page) controller.enqueue(new TextEncoder().encode(character));
                controller.close();
              },
            }),
          ),
        );
      },
    });
    return { asked, markup: new Markup(client) };
  }
  const toolbar = (name: string) => `<script src="/javascripts/jstoolbar/${name}.js?17"></script>`;

  it('is told by the toolbar that a page loads, however it arrives, and asked for once', async () => {
    for (const [name, markdown] of [
      ['common_mark', true],
      ['markdown', true],
      ['textile', false],
    ] as const) {
      const { asked, markup: one } = markup(`<html>${toolbar(name)}`);
      assert.deepEqual(await one.isMarkdown('7', calm), ok(markdown));
      assert.deepEqual(await one.isMarkdown('8', calm), ok(markdown));
      assert.deepEqual(asked, ['/issues/7']);
    }
  });

  it('is plain text where the page does not say', async () => {
    const { asked, markup: one } = markup('<html>no toolbar');
    assert.deepEqual(await one.isMarkdown('7', calm), ok(false));
    assert.deepEqual(await one.isMarkdown('7', calm), ok(false));
    assert.equal(asked.length, 1);
  });

  it('is not decided by an outage', async () => {
    const { markup: one } = markup(undefined, new Error('reset'), toolbar('common_mark'));
    for (const reason of ['server', 'offline']) {
      const answer = await one.isMarkdown('7', calm);
      assert.equal(!answer.ok && answer.error.reason, reason);
    }
    assert.deepEqual(await one.isMarkdown('7', calm), ok(true));
  });
});
