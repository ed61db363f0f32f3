import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { contentOf } from '../../../src/backends/rt/content.ts';

function inChunks(text: string, sizes: readonly number[]): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let at = 0;
  let turn = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) {
        controller.close();
        return;
      }
      const size = sizes[turn++ % sizes.length]!;
      controller.enqueue(bytes.slice(at, at + size));
      at += size;
    },
  });
}

/** As RT writes it: base64 in lines of 76 within pretty-printed JSON, among other fields. */
function asJson(content: Uint8Array): string {
  const lines = Buffer.from(content).toString('base64').replace(/.{76}/g, '$&\n');
  return JSON.stringify(
    { Headers: 'X: "Content" : "no"', Subject: 'Grüße', Content: lines, id: 7 },
    undefined,
    3,
  );
}

describe('RT: the content of an attachment', () => {
  it('comes out as it went in, however it is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 500 }),
        fc.array(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 5 }),
        async (content, sizes) => {
          const stream = contentOf(inChunks(asJson(content), sizes));
          assert.deepEqual(new Uint8Array(await new Response(stream).arrayBuffer()), content);
        },
      ),
    );
  });

  it('that is cut off is an error, not a shorter file', async () => {
    const json = asJson(new Uint8Array(300));
    for (const cut of [json.slice(0, 200), '{"id": 7}', '']) {
      await assert.rejects(new Response(contentOf(inChunks(cut, [50]))).arrayBuffer());
    }
  });
});
