import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it arrived, to be made again. */
export interface Recorded {
  method: string;
  path: string;
  body: string;
}

export interface PushServer {
  base: string;
  /** What arrived since it was last emptied. */
  recorded: Recorded[];
  close(): Promise<void>;
}

interface Said {
  id: number;
  type: string;
  field: string;
  to: string;
  text: string;
}

const at = '2026-01-01T12:00:00Z';
const me = {
  id: 'lead',
  Name: 'lead',
  RealName: 'Lena Lead',
  EmailAddress: 'lead@example.test',
  Privileged: 1,
};
const links = ['correspond', 'comment', 'lifecycle'].map((ref) => ({ ref, to: 'open' }));
const queue = {
  id: '1',
  Name: 'Helpdesk',
  Lifecycle: 'default',
  Disabled: 0,
  SLADisabled: 1,
  _hyperlinks: [],
};

/** As much of Request Tracker's REST 2 as a push touches, from memory, so that what is measured is ours. */
export async function startPushServer(): Promise<PushServer> {
  const tickets = new Map<string, Said[]>();
  const recorded: Recorded[] = [];
  let last = 1_000;
  const saidOn = (id: string): Said[] => {
    const known = tickets.get(id) ?? [{ id: (last += 1), type: 'Create', field: '', to: '', text: 'Help.' }];
    tickets.set(id, known);
    return known;
  };
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [method, path] = [request.method ?? '', request.url ?? ''];
      const body = Buffer.concat(chunks).toString();
      recorded.push({ method, path, body });
      const url = new URL(path, 'http://bench');
      const [, id, part] = /^\/REST\/2\.0\/ticket\/(\d+)(?:\/(\w+))?$/.exec(url.pathname) ?? [];
      const said = id === undefined ? undefined : saidOn(id);
      if (said && method !== 'GET' && part !== 'attachments') said.push(write(part, body, (last += 1)));
      const answer = said && id !== undefined ? about(id, part, said, url, method) : elsewhere(url);
      const etag = said ? { etag: `"${said.at(-1)?.id}"` } : {};
      response.writeHead(200, { 'content-type': 'application/json', ...etag }).end(JSON.stringify(answer));
    });
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    recorded,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function write(part: string | undefined, body: string, id: number): Said {
  const { Content = '', Priority } = JSON.parse(body) as { Content?: string; Priority?: number };
  if (part === undefined) return { id, type: 'Set', field: 'Priority', to: String(Priority), text: '' };
  return { id, type: part === 'comment' ? 'Comment' : 'Correspond', field: '', to: '', text: Content };
}

function about(
  id: string,
  part: string | undefined,
  said: readonly Said[],
  url: URL,
  method: string,
): unknown {
  const first = (url.searchParams.get('page') ?? '1') === '1';
  const texts = said.filter(({ text }) => text !== '');
  if (part === 'history') {
    return listed(first ? said.map(({ id, type, field, to }) => transaction(id, type, field, to)) : []);
  }
  if (part === 'attachments') {
    if (method === 'POST') return listed(texts.map((one) => ({ id: `9${one.id}`, Content: one.text })));
    return listed(first ? texts.map(attachment) : []);
  }
  const set = said.findLast(({ field }) => field === 'Priority')?.to ?? '0';
  return {
    id,
    Subject: `Ticket ${id}`,
    Status: 'open',
    Queue: queue,
    Owner: me,
    Requestor: [{ id: 'carol', RealName: 'Carol Customer' }],
    Priority: set,
    Created: at,
    LastUpdated: at,
    CustomFields: [],
    _hyperlinks: links,
  };
}

function attachment({ id, text }: Said) {
  return { id: `9${id}`, TransactionId: id, ContentType: 'text/plain', ContentLength: text.length };
}

function transaction(id: number, Type: string, Field: string, NewValue: string) {
  return { id, Type, Field, OldValue: '0', NewValue, Created: at, Creator: me };
}

function elsewhere(url: URL): unknown {
  const first = (url.searchParams.get('page') ?? '1') === '1';
  switch (url.pathname.replace('/REST/2.0', '')) {
    case '/rt':
      return { Version: '5.0.3' };
    case '/queues/all':
      return listed(first ? [queue] : []);
    case '/queue/1':
      return queue;
    case '/tickets':
      return listed([{ id: '1', _hyperlinks: links }]);
    default:
      return url.pathname.includes('/user/') ? me : listed([]);
  }
}

function listed(items: readonly unknown[]) {
  return { items, count: items.length };
}
