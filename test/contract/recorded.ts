import type { Exchange } from '../fakes/http/server.ts';
import { FaultProxy } from '../shared/faultProxy.ts';

/** A way to a live server that keeps what was asked and answered on it. */
export interface Recorded {
  base: string;
  exchanges: Exchange[];
  close: () => Promise<void>;
}

export async function recorded(target: string): Promise<Recorded> {
  const exchanges: Exchange[] = [];
  const proxy = new FaultProxy(target);
  await proxy.open();
  proxy.add({
    wants: () => true,
    skip: 0,
    times: Infinity,
    async act({ asked, forward, reply }) {
      const answer = await forward();
      reply(answer);
      const url = new URL(asked.path, target);
      const headers = Object.fromEntries(
        Object.entries(asked.headers).map(([name, value]) => [name, String(value)]),
      );
      const isJson = /json/.test(answer.headers['content-type'] ?? '') && answer.body.length > 0;
      exchanges.push({
        request: {
          method: asked.method,
          path: url.pathname,
          query: url.searchParams,
          headers,
          body: asked.body,
        },
        answer: {
          status: answer.status,
          ...(isJson && { body: JSON.parse(answer.body.toString('utf8')) as unknown }),
        },
      });
    },
  });
  return { base: `http://127.0.0.1:${proxy.port}`, exchanges, close: () => proxy.close() };
}
