import { once } from 'node:events';
import { createServer } from 'node:http';

/** A server on loopback that understands nothing, and remembers what was said to it. */
export interface Listener {
  url: string;
  /** The `Authorization` of each request. */
  heard: (string | undefined)[];
  /** Everything it was sent: request lines, headers and bodies. */
  everything(): string;
  stop(): Promise<void>;
}

export async function startListener(): Promise<Listener> {
  const heard: (string | undefined)[] = [];
  const all: string[] = [];
  const server = createServer((request, response) => {
    heard.push(request.headers.authorization);
    all.push(`${request.method} ${request.url} ${JSON.stringify(request.headers)}`);
    request.setEncoding('utf8').on('data', (body: string) => all.push(body));
    request.on('end', () => response.writeHead(503, { 'content-type': 'application/json' }).end('{}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The listener has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    heard,
    everything: () => all.join('\n'),
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
