import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import * as vscode from 'vscode';
import { createGateway } from '../../src/backends/axiosGateway.ts';
import type { Account } from '../../src/desk/account.ts';
import { clientCertificate, selfSigned } from '../unit/gateway/certificate.ts';

/** A name that only the proxy can resolve: VS Code's proxy support leaves loopback alone. */
const name = 'desk.deskside.test';
const passphrase = 'correct horse';
const calm = new AbortController().signal;

/** What only VS Code's own network code can show: its proxy settings, and what becomes of certificates under them. */
describe('the gateway behind a proxy', function () {
  this.timeout(60_000);
  const own = selfSigned(`DNS:${name}`);
  const person = clientCertificate(passphrase);
  const asked: string[] = [];
  const servers: http.Server[] = [];
  let plainPort: number;
  let securePort: number;

  before(async () => {
    const answer: http.RequestListener = (request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const { socket } = request;
      const subject =
        'getPeerCertificate' in socket ? (socket as Peer).getPeerCertificate().subject : undefined;
      response.end(JSON.stringify({ host: request.headers.host, who: subject?.CN ?? null }));
    };
    plainPort = await listen(http.createServer(answer));
    const asking = { requestCert: true, rejectUnauthorized: false, ca: person.cert };
    securePort = await listen(https.createServer({ key: own.key, cert: own.cert, ...asking }, answer));
    const proxyPort = await listen(forwardProxy());
    await setProxy(`http://127.0.0.1:${proxyPort}`);
  });

  after(async () => {
    await setProxy(undefined);
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
  });

  beforeEach(() => asked.splice(0));

  async function listen(server: http.Server): Promise<number> {
    servers.push(server);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as net.AddressInfo).port;
  }

  /** Knows the name, and notes what it was asked for. */
  function forwardProxy(): http.Server {
    const proxy = http.createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      const { port, pathname } = new URL(request.url ?? '');
      const onward = http.request(
        { host: '127.0.0.1', port, path: pathname, headers: request.headers },
        (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        },
      );
      onward.on('error', () => response.destroy());
      request.pipe(onward);
    });
    proxy.on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      asked.push(`CONNECT ${request.url}`);
      const port = Number(request.url?.split(':')[1]);
      const onward = net.connect(port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
      onward.on('error', () => socket.destroy());
      socket.on('error', () => onward.destroy());
    });
    return proxy;
  }

  function gateway(account: Partial<Account>) {
    return createGateway({
      account: { id: 'a', backend: 'rt', label: 'A', ...account },
      token: () => Promise.resolve('secret'),
      passphrase: () => Promise.resolve(passphrase),
      authorise: (token) => ({ authorization: `token ${token}` }),
      log: () => undefined,
      now: () => Date.now(),
      tuning: { retries: 0, deadlineMs: 20_000 },
    });
  }

  async function ask(account: Partial<Account>) {
    return gateway(account).request({ method: 'GET', path: '/thing', signal: calm });
  }

  it('goes through the one in VS Code’s settings', async () => {
    const answer = await ask({ url: `http://${name}:${plainPort}` });
    assert.ok(answer.ok, JSON.stringify(answer));
    assert.deepEqual(answer.value.body, { host: `${name}:${plainPort}`, who: null });
    assert.deepEqual(asked, [`GET http://${name}:${plainPort}/thing`]);
  });

  it('trusts the account’s own authority there, and nobody else', async () => {
    const url = `https://${name}:${securePort}`;
    const distrust = await ask({ url });
    assert.equal(!distrust.ok && distrust.error.reason, 'tls');
    const answer = await ask({ url, caFile: own.file });
    assert.ok(answer.ok, JSON.stringify(answer));
    assert.deepEqual(new Set(asked), new Set([`CONNECT ${name}:${securePort}`]));
  });

  it('shows the account’s client certificate there', async () => {
    const { file: certFile, keyFile } = person;
    const url = `https://${name}:${securePort}`;
    const answer = await ask({ url, caFile: own.file, certFile, keyFile });
    assert.ok(answer.ok, JSON.stringify(answer));
    assert.deepEqual(answer.value.body, { host: `${name}:${securePort}`, who: 'alice' });
  });
});

interface Peer {
  getPeerCertificate(): { subject?: { CN?: string } };
}

/** The host learns of its settings a moment later. */
async function setProxy(url: string | undefined): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    const listening = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('http.proxy')) return;
      listening.dispose();
      resolve();
    });
  });
  await vscode.workspace.getConfiguration('http').update('proxy', url, vscode.ConfigurationTarget.Global);
  await changed;
}
