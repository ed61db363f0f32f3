import { strict as assert } from 'node:assert';
import { serve } from '../../shared/kill/httpBackend.ts';
import { generator, killRepeatedly } from '../../shared/kill/run.ts';
import { FakeDesk } from './fakeDesk.ts';

describe('a window that is killed while it sends', function () {
  this.timeout(600_000);

  it('loses nothing and sends nothing twice, 20 times over', async () => {
    const seed = 20260310;
    const random = generator(seed);
    const desk = new FakeDesk(Date.now());
    const ticketIds = [1, 2, 3].map(() => desk.open());
    const slow = () => new Promise<void>((resolve) => setTimeout(resolve, random() * 20));
    const server = await serve(desk.as('alice', 'kill'), slow);
    try {
      const { kept, unsaid, hits } = await killRepeatedly({
        server: { type: 'http', base: server.base },
        ticketIds,
        seed,
        kills: 20,
        turns: 2,
        longestMs: 250,
        settleMs: 1_000,
      });
      assert.ok(hits >= 15, `${hits} of 20 windows had something unfinished`);
      const arrived = ticketIds.map((id) => desk.texts(id));
      for (const { text } of kept) {
        assert.equal(arrived.flat().filter((one) => one === text).length, 1, `exactly once: ${text}`);
      }
      for (const { text } of unsaid) {
        assert.ok(arrived.flat().filter((one) => one === text).length <= 1, `at most once: ${text}`);
      }
      for (const [index, id] of ticketIds.entries()) {
        const sent = kept.filter(({ ticketId }) => ticketId === id).map(({ text }) => text);
        assert.deepEqual(
          arrived[index]!.filter((text) => sent.includes(text)),
          sent,
          'in order',
        );
      }
      const reclaimed = desk.callsOf('landed').length;
      assert.ok(reclaimed > 0, 'some of it had to be looked for');
    } finally {
      await server.close();
    }
  });
});
