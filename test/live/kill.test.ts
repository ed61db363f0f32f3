import { strict as assert } from 'node:assert';
import { killRepeatedly } from '../shared/kill/run.ts';
import { RawRt, rtServer } from './rtServer.ts';

describe('a window that is killed while it sends to Request Tracker', function () {
  this.timeout(600_000);

  it('loses nothing and sends nothing twice, 20 times over', async () => {
    const server = rtServer();
    const raw = new RawRt(server);
    const subject = `Killed ${process.pid}-${Date.now().toString(36)}`;
    const ticketIds = await Promise.all(
      [1, 2].map((n) =>
        raw.create('alice', { Subject: `${subject} ${n}`, Content: 'It does not work.', Owner: 'alice' }),
      ),
    );
    const { kept, unsaid, hits } = await killRepeatedly({
      server: { type: 'live', kind: 'rt', base: server.base, token: server.tokens.alice },
      ticketIds,
      seed: 20260311,
      kills: 20,
      turns: 1,
      longestMs: 1_000,
      settleMs: 5_000,
    });
    assert.ok(hits >= 15, `${hits} of 20 windows had something unfinished`);
    for (const ticketId of ticketIds) {
      const texts: { text: string; type: string }[] = [];
      for (const { id, Type } of await raw.spoken(ticketId)) {
        for (const part of await raw.parts(id)) texts.push({ text: part.text.trim(), type: Type });
      }
      const found = (wanted: string) => texts.filter(({ text }) => text === wanted);
      const ofTicket = kept.filter((operation) => operation.ticketId === ticketId);
      for (const { text, visibility } of ofTicket) {
        const types = found(text).map(({ type }) => type);
        assert.deepEqual(types, [visibility === 'public' ? 'Correspond' : 'Comment'], text);
      }
      for (const { text } of unsaid) assert.ok(found(text).length <= 1, text);
      const sent = new Set(ofTicket.map(({ text }) => text));
      assert.deepEqual(
        texts.map(({ text }) => text).filter((text) => sent.has(text)),
        [...sent],
        'in order',
      );
    }
  });
});
