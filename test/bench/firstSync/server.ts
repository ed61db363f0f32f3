import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pageSize, wirePageOf } from './wire.ts';

/** A ticketing system that does nothing but hand out pages it has made beforehand; a process of its own. */
const count = Number(process.argv[2]);
const pages = Array.from({ length: count / pageSize }, (_, page) =>
  Buffer.from(JSON.stringify(wirePageOf(page, count))),
);
const server = createServer((request, response) => {
  const page = pages[Number(new URL(request.url ?? '/', 'http://desk').searchParams.get('page'))];
  if (page === undefined) response.writeHead(404).end();
  else
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': page.length }).end(page);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  process.send?.({
    port: (server.address() as AddressInfo).port,
    bytes: pages.reduce((sum, one) => sum + one.length, 0),
  });
});
process.on('disconnect', () => process.exit());
