import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { createGateway, type GatewayOptions } from '../../../src/backends/axiosGateway.ts';
import type { Gateway, GatewayRequest } from '../../../src/backends/gateway.ts';
import type { Account } from '../../../src/desk/account.ts';
import type { DeskError, Result } from '../../../src/desk/errors.ts';
import { clientCertificate, selfSigned } from './certificate.ts';
import { json, serve, type Handler, type TestServer } from './server.ts';

const token = 'secret-token-31';
const calm = new AbortController().signal;
const get: GatewayRequest = { method: 'GET', path: '/thing', signal: calm };
const post: GatewayRequest = { method: 'POST', path: '/thing', body: { text: 'hello' }, signal: calm };

describe('gateway', function () {
  this.timeout(20_000);
  const servers: TestServer[] = [];
  const lines: string[] = [];
  const tuning = { pauseMs: 5, deadlineMs: 5_000, idleMs: 5_000 };

  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close()));
    const said = lines.splice(0).join('\n');
    assert.ok(!said.includes(token), 'no token in the log');
  });

  async function start(handler: Handler, certificate?: Parameters<typeof serve>[1]): Promise<TestServer> {
    const server = await serve(handler, certificate);
    servers.push(server);
    return server;
  }

  type Files = Pick<Account, 'caFile' | 'certFile' | 'keyFile'>;

  function gatewayTo(url: string, more: Partial<GatewayOptions> & Files = {}): Gateway {
    const { caFile, certFile, keyFile, ...options } = more;
    return createGateway({
      account: { id: 'a', backend: 'rt', label: 'A', url, caFile, certFile, keyFile },
      token: () => Promise.resolve(token),
      authorise: (secret) => ({ authorization: `token ${secret}` }),
      log: (line) => lines.push(line),
      now: () => Date.now(),
      ...options,
      tuning: { ...tuning, ...options.tuning },
    });
  }

  function refusal(result: Result<unknown>): DeskError {
    assert.ok(!result.ok, 'it should have failed');
    assert.ok(!JSON.stringify(result.error).includes(token), 'no token in an error');
    return result.error;
  }

  async function reasonOf(handler: Handler, request: GatewayRequest, more?: Partial<GatewayOptions>) {
    const server = await start(handler);
    const result = await gatewayTo(server.url, more).request(request);
    return { error: refusal(result), requests: server.requests.length };
  }

  describe('asks', () => {
    it('with bytes as they are, where they are the body', async () => {
      const server = await start((_, response) => json(response, 200, {}));
      const body = Uint8Array.from([0, 255, 10, 13]);
      const headers = { 'content-type': 'application/octet-stream' };
      const answer = await gatewayTo(server.url).request({ ...post, body, headers });
      assert.ok(answer.ok);
      const [request] = server.requests;
      assert.equal(request?.headers['content-type'], 'application/octet-stream');
      assert.equal(request.headers['content-length'], '4');
    });

    it('with the token, the query and a JSON body, below the account', async () => {
      const server = await start((_, response) => json(response, 200, { fine: true }, { etag: '"7"' }));
      const gateway = gatewayTo(`${server.url}/rt/`);
      const result = await gateway.request({
        ...post,
        path: '/REST/2.0/tickets',
        query: { orderby: ['LastUpdated', 'id'], page: 2, query: "Owner = 'ä&b'" },
        headers: { 'if-match': '"6"' },
      });
      assert.ok(result.ok);
      assert.deepEqual(result.value.body, { fine: true });
      assert.equal(result.value.headers.etag, '"7"');
      const [request] = server.requests;
      const url = new URL(request!.url, server.url);
      assert.equal(url.pathname, '/rt/REST/2.0/tickets');
      assert.deepEqual(url.searchParams.getAll('orderby'), ['LastUpdated', 'id']);
      assert.equal(url.searchParams.get('query'), "Owner = 'ä&b'");
      assert.equal(request!.headers.authorization, `token ${token}`);
      assert.equal(request!.headers['if-match'], '"6"');
      assert.equal(request!.headers['content-type'], 'application/json');
      assert.doesNotMatch(request!.headers['user-agent'] ?? '', /Mozilla/);
      assert.equal(request!.headers.cookie, undefined);
      assert.equal(request!.body, '{"text":"hello"}');
    });

    it('and takes an answer without a body', async () => {
      const server = await start((_, response) => response.writeHead(204).end());
      const result = await gatewayTo(server.url).request(post);
      assert.ok(result.ok);
      assert.equal(result.value.status, 204);
      assert.equal(result.value.body, undefined);
    });

    it('and logs method, path, names of the query, status, time and size, no values', async () => {
      const server = await start((_, response) => json(response, 200, {}));
      await gatewayTo(server.url).request({ ...get, query: { email: 'carol@example.test' } });
      assert.equal(lines.length, 1);
      assert.match(lines[0]!, /^GET \/thing\?email 200 \d+ ms 2 bytes$/);
    });

    it('nothing without a token', async () => {
      const server = await start((_, response) => json(response, 200, {}));
      for (const missing of [undefined, '', ' \n']) {
        const gateway = gatewayTo(server.url, { token: () => Promise.resolve(missing) });
        assert.equal(refusal(await gateway.request(get)).reason, 'unauthorised');
      }
      assert.equal(server.requests.length, 0);
    });

    it('nothing with a token that would break out of its header', async () => {
      const server = await start((_, response) => json(response, 200, {}));
      const gateway = gatewayTo(server.url, { token: () => Promise.resolve('a\r\nx-evil: 1') });
      assert.equal(refusal(await gateway.request(get)).reason, 'unauthorised');
      assert.equal(server.requests.length, 0);
    });

    it('nothing outside the account', async () => {
      const server = await start((_, response) => json(response, 200, {}));
      const gateway = gatewayTo(`${server.url}/rt`);
      const paths = [
        '/../admin',
        '/%2e%2e/admin',
        '@evil.test/',
        'x',
        '\\\\evil.test',
        '/a?b',
        '/a#b',
        '/..\\admin',
      ];
      for (const path of paths) {
        assert.equal(refusal(await gateway.request({ ...get, path })).reason, 'rejected', path);
      }
      assert.equal(server.requests.length, 0);
      const odd = await gateway.request({ ...get, path: '//evil.test/x' });
      assert.ok(odd.ok, 'merely an odd path on the same server');
    });

    it('nothing of an account without a usable URL', async () => {
      for (const url of ['not a url', 'file:///etc/passwd', 'ftp://example.test']) {
        const error = refusal(await gatewayTo(url).request(get));
        assert.equal(error.reason, 'rejected');
        assert.equal(error.field, 'url');
      }
    });

    it('nothing once cancelled', async () => {
      const server = await start((_, response) => json(response, 200, {}));
      const signal = AbortSignal.abort();
      const gateway = gatewayTo(server.url);
      for (const request of [get, post]) {
        assert.equal(refusal(await gateway.request({ ...request, signal })).reason, 'cancelled');
      }
      assert.equal(server.requests.length, 0);
    });

    it('a write over a connection of its own: one that went stale would leave its outcome unknown', async () => {
      const ports: (number | undefined)[] = [];
      const server = await start((request, response) => {
        ports.push(request.socket.remotePort);
        json(response, 200, {});
      });
      const gateway = gatewayTo(server.url);
      for (const request of [get, get, post, post]) assert.ok((await gateway.request(request)).ok);
      assert.equal(ports[1], ports[0], 'reads share one');
      assert.equal(new Set(ports).size, 3);
    });

    it('four at a time', async () => {
      const held: (() => void)[] = [];
      let arrived = (): void => undefined;
      const server = await start((_, response) => {
        held.push(() => json(response, 200, {}));
        arrived();
      });
      const gateway = gatewayTo(server.url);
      const four = new Promise<void>((resolve) => {
        arrived = () => {
          if (held.length === 4) resolve();
        };
      });
      const controller = new AbortController();
      const first = Array.from({ length: 4 }, () => gateway.request(get));
      await four;
      const fifth = gateway.request(get);
      const leaving = gateway.request({ ...get, signal: controller.signal });
      controller.abort();
      assert.equal(refusal(await leaving).reason, 'cancelled', 'a waiting one can leave');
      assert.equal(server.requests.length, 4);
      const fifthArrived = new Promise<void>((resolve) => (arrived = resolve));
      held[0]!();
      await fifthArrived;
      for (const answer of held.slice(1)) answer();
      for (const result of await Promise.all([...first, fifth])) assert.ok(result.ok);
    });

    it('who the token belongs to only of the token', async () => {
      const gateway = gatewayTo('http://127.0.0.1:1', { identify: (secret) => secret.slice(-2) });
      assert.equal(await gateway.identity(), '31');
    });
  });

  describe('turns into a reason', () => {
    const statuses: [number, DeskError['reason']][] = [
      [400, 'rejected'],
      [401, 'unauthorised'],
      [403, 'forbidden'],
      [404, 'not-found'],
      [409, 'conflict'],
      [410, 'not-found'],
      [412, 'conflict'],
      [422, 'rejected'],
      [500, 'server'],
      [501, 'server'],
      [502, 'server'],
      [503, 'server'],
    ];
    for (const [status, reason] of statuses) {
      it(`status ${status}: ${reason}`, async () => {
        const { error } = await reasonOf(
          (_, response) => json(response, status, { message: `no ${token}!` }),
          get,
        );
        assert.equal(error.reason, reason);
      });
    }

    it('what the server said, in one line', async () => {
      const { error } = await reasonOf(
        (_, response) => json(response, 422, { errors: ['Subject\ncan not be blank', 'Tracker is invalid'] }),
        post,
      );
      assert.match(error.message, /Subject can not be blank; Tracker is invalid/);
      const html = await reasonOf((_, response) => {
        response.writeHead(400, { 'content-type': 'text/html' }).end('<h1>Oops</h1>');
      }, post);
      assert.doesNotMatch(html.error.message, /</);
    });

    it('a server that is not there: offline, for a reply too', async () => {
      const server = await start((_, response) => json(response, 200, {}));
      await server.close();
      for (const request of [get, post]) {
        assert.equal(refusal(await gatewayTo(server.url).request(request)).reason, 'offline');
      }
    });

    it('a name nobody knows: offline', async () => {
      const gateway = gatewayTo('http://no-such-host.invalid');
      for (const request of [get, post])
        assert.equal(refusal(await gateway.request(request)).reason, 'offline');
    });

    it('a web page: protocol', async () => {
      const { error } = await reasonOf((_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>');
      }, get);
      assert.equal(error.reason, 'protocol');
    });

    it('another content type, or JSON that is none: protocol', async () => {
      const text = await reasonOf((_, response) => {
        response.writeHead(200, { 'content-type': 'text/plain' }).end('{}');
      }, get);
      assert.equal(text.error.reason, 'protocol');
      const broken = await reasonOf((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"a":');
      }, get);
      assert.equal(broken.error.reason, 'protocol');
    });

    it('something that does not speak HTTP: protocol', async () => {
      const { error } = await reasonOf((request) => request.socket.end('SSH-2.0-OpenSSH_9.9\r\n'), get);
      assert.equal(error.reason, 'protocol');
    });

    it('an answer that is too large: protocol', async () => {
      const { error, requests } = await reasonOf(
        (_, response) => json(response, 200, 'x'.repeat(5000)),
        get,
        {
          tuning: { maxBytes: 1000 },
        },
      );
      assert.equal(error.reason, 'protocol');
      assert.equal(requests, 1, 'and does not ask for it again');
    });

    it('a redirect: protocol, and the token goes nowhere', async () => {
      const other = await start((_, response) => json(response, 200, {}));
      for (const location of [`${other.url}/login?back=1`, '/login']) {
        for (const status of [301, 302, 307, 308]) {
          const { error, requests } = await reasonOf(
            (_, response) => response.writeHead(status, { location }).end('Moved'),
            get,
          );
          assert.equal(error.reason, 'protocol');
          assert.equal(requests, 1);
          assert.doesNotMatch(error.message, /back=1/);
        }
      }
      assert.equal(other.requests.length, 0);
    });
  });

  describe('a broken answer', () => {
    const truncated: Handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
      response.write('{"a":1', () => response.socket?.end());
    };
    const reset: Handler = (request) => request.socket.resetAndDestroy();
    /** The reset may overtake what was written. */
    const resetMidBody: Handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'transfer-encoding': 'chunked' });
      response.write('{"a":1', () => response.socket?.resetAndDestroy());
    };
    const silent: Handler = () => undefined;
    const drip: Handler = (_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 10);
      response.on('close', () => {
        clearInterval(timer);
      });
    };
    const brief = { tuning: { deadlineMs: 150 } };

    for (const [name, handler, ...reasons] of [
      ['cut off', truncated, 'offline'],
      ['reset before it began', reset, 'offline'],
      ['reset in the middle', resetMidBody, 'offline'],
      ['never sent', silent, 'offline'],
      ['dripping without end', drip, 'offline'],
      [
        'replaced by a page',
        (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'),
        'protocol',
      ],
      ['replaced by 500', (_, response) => json(response, 500, {}), 'server'],
      ['replaced by 504', (_, response) => json(response, 504, {}), 'server'],
    ] as [string, Handler, ...DeskError['reason'][]][]) {
      it(`${name}: ${reasons.join(' or ')}; after a reply: unknown-outcome, sent once`, async () => {
        assert.ok(reasons.includes((await reasonOf(handler, get, brief)).error.reason));
        const sent = await reasonOf(handler, post, brief);
        assert.equal(sent.error.reason, 'unknown-outcome');
        assert.equal(sent.requests, 1);
      });
    }

    it('to a reply that was cancelled under way: unknown-outcome; to a question: cancelled', async () => {
      for (const [request, reason] of [
        [post, 'unknown-outcome'],
        [get, 'cancelled'],
      ] as const) {
        const controller = new AbortController();
        const { error } = await reasonOf(() => controller.abort(), { ...request, signal: controller.signal });
        assert.equal(error.reason, reason);
      }
    });
  });

  describe('tries again', () => {
    const passing: [string, Handler][] = [
      ['503', (_, response) => json(response, 503, {})],
      ['429 with a short Retry-After', (_, response) => json(response, 429, {}, { 'retry-after': '0' })],
      ['a reset', (request) => request.socket.resetAndDestroy()],
      [
        'a cut-off answer',
        (_, response) => {
          response.writeHead(200, { 'content-type': 'application/json', 'content-length': '9' });
          response.write('{', () => response.socket?.end());
        },
      ],
    ];
    for (const [name, handler] of passing) {
      it(`after ${name}, what may be repeated`, async () => {
        const server = await start((request, response, count) => {
          if (count < 3) handler(request, response, count);
          else json(response, 200, { count });
        });
        const result = await gatewayTo(server.url).request(get);
        assert.ok(result.ok);
        assert.deepEqual(result.value.body, { count: 3 });
      });
    }

    it('at most twice, and not what it makes no sense to repeat', async () => {
      assert.equal((await reasonOf((_, response) => json(response, 503, {}), get)).requests, 3);
      for (const status of [400, 401, 403, 404, 500]) {
        assert.equal(
          (await reasonOf((_, response) => json(response, status, {}), get)).requests,
          1,
          String(status),
        );
      }
      const put = { ...post, method: 'PUT', idempotent: true } as const;
      assert.equal((await reasonOf((_, response) => json(response, 503, {}), put)).requests, 3);
      assert.equal((await reasonOf((_, response) => json(response, 503, {}), post)).requests, 1);
    });

    it('no longer once cancelled', async () => {
      const controller = new AbortController();
      const { error, requests } = await reasonOf(
        (_, response) => {
          json(response, 503, {});
          setImmediate(() => controller.abort());
        },
        { ...get, signal: controller.signal },
        { tuning: { pauseMs: 60_000 } },
      );
      assert.equal(error.reason, 'cancelled');
      assert.equal(requests, 1);
    });
  });

  describe('a limit on the rate', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    const limited = (headers: Record<string, string>): Handler => {
      return (_, response) => json(response, 429, {}, headers);
    };

    it('is told with the time it ends, and kept until then', async () => {
      let time = now;
      const server = await start((_, response, count) => {
        if (count === 1) json(response, 429, {}, { 'retry-after': '60' });
        else json(response, 200, {});
      });
      const gateway = gatewayTo(server.url, { now: () => time });
      for (const request of [get, post, get]) {
        const error = refusal(await gateway.request(request));
        assert.equal(error.reason, 'rate-limited');
        assert.equal(error.resetAt, now + 60_000);
      }
      assert.equal(server.requests.length, 1, 'nothing was asked in between');
      time = now + 60_000;
      assert.ok((await gateway.request(get)).ok);
    });

    it("is counted by the server's own clock where it names a date", async () => {
      const { error } = await reasonOf(
        limited({ date: 'Thu, 01 Jan 2099 00:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2099 00:02:00 GMT' }),
        get,
        { now: () => now },
      );
      assert.equal(error.reason, 'rate-limited');
      assert.equal(error.resetAt, now + 120_000);
    });

    it('without an end is not waited for', async () => {
      for (const headers of [{}, { 'retry-after': 'soon' }] as Record<string, string>[]) {
        const { error, requests } = await reasonOf(limited(headers), get);
        assert.equal(error.reason, 'rate-limited');
        assert.equal('resetAt' in error, false);
        assert.equal(requests, 1);
      }
    });

    for (const [what, headers, wait] of [
      ['seconds to go', { 'ratelimit-reset': '90' }, 90_000],
      ['seconds since 1970', { 'x-ratelimit-reset': String(now / 1000 + 90) }, 90_000],
      ['a date', { 'x-ratelimit-reset': new Date(now + 90_000).toISOString() }, 90_000],
      ['a date, and Retry-After', { 'x-ratelimit-reset': '90', 'retry-after': '60' }, 60_000],
    ] as [string, Record<string, string>, number][]) {
      it(`that ends at ${what} is kept until then`, async () => {
        const date = new Date(now).toUTCString();
        const { error } = await reasonOf(limited({ date, ...headers }), get, { now: () => now });
        assert.equal(error.reason, 'rate-limited');
        assert.equal(error.resetAt, now + wait);
      });
    }

    it('is kept before it is broken: the last answer of a window says so', async () => {
      let time = now;
      const server = await start((_, response, count) =>
        json(response, 200, {}, { 'x-ratelimit-remaining': String(2 - count), 'x-ratelimit-reset': '30' }),
      );
      const gateway = gatewayTo(server.url, { now: () => time });
      for (const left of [1, 0]) assert.ok((await gateway.request(get)).ok, `${left} left`);
      const error = refusal(await gateway.request(get));
      assert.equal(error.reason === 'rate-limited' && error.resetAt, now + 30_000);
      assert.equal(server.requests.length, 2);
      time = now + 30_000;
      assert.ok((await gateway.request(get)).ok);
    });

    it('is not kept for as long as the clock was put back meanwhile', async () => {
      let time = now;
      const server = await start((_, response, count) => {
        if (count === 1) json(response, 429, {}, { 'retry-after': '60' });
        else json(response, 200, {});
      });
      const gateway = gatewayTo(server.url, { now: () => time });
      assert.equal(refusal(await gateway.request(get)).reason, 'rate-limited');
      time = now - 2 * 3_600_000;
      assert.ok((await gateway.request(get)).ok);
    });

    it('does not shut an account out for years', async () => {
      const { error } = await reasonOf(limited({ 'retry-after': '999999999' }), get, { now: () => now });
      assert.equal(error.reason, 'rate-limited');
      assert.equal(error.resetAt, now + 3_600_000);
    });
  });

  describe('a server that does not answer', () => {
    const breaker = { threshold: 3, firstMs: 1_000, longestMs: 4_000 };

    it('is left alone after some requests, then tried by one for all', async () => {
      let time = Date.now();
      let ill = true;
      const answers: (() => void)[] = [];
      const server = await start((request, response) => {
        if (ill) request.socket.resetAndDestroy();
        else answers.push(() => json(response, 200, {}));
      });
      const gateway = gatewayTo(server.url, { now: () => time, tuning: { breaker, retries: 0 } });
      for (let n = 0; n < 5; n += 1) assert.equal(refusal(await gateway.request(get)).reason, 'offline');
      assert.equal(server.requests.length, 3, 'two were not even made');
      assert.equal(refusal(await gateway.request(post)).reason, 'offline', 'a reply surely did not leave');
      time += 1_300;
      assert.equal(refusal(await gateway.request(get)).reason, 'offline');
      assert.equal(refusal(await gateway.request(get)).reason, 'offline', 'the pause doubles');
      assert.equal(server.requests.length, 4);
      time += 2_600;
      ill = false;
      const trial = gateway.request(get);
      await arrival(() => answers.length === 1);
      assert.equal(refusal(await gateway.request(get)).reason, 'offline', 'one at a time');
      answers[0]!();
      assert.ok((await trial).ok);
      const next = gateway.request(get);
      await arrival(() => answers.length === 2);
      answers[1]!();
      assert.ok((await next).ok);
    });

    it('is not left alone for as long as the clock was put back meanwhile', async () => {
      let time = Date.now();
      let ill = true;
      const server = await start((request, response) => {
        if (ill) request.socket.resetAndDestroy();
        else json(response, 200, {});
      });
      const gateway = gatewayTo(server.url, { now: () => time, tuning: { breaker, retries: 0 } });
      for (let n = 0; n < 4; n += 1) assert.equal(refusal(await gateway.request(get)).reason, 'offline');
      assert.equal(server.requests.length, 3);
      ill = false;
      time -= 2 * 3_600_000;
      assert.ok((await gateway.request(get)).ok);
    });

    it('is told from one that answers with errors', async () => {
      for (const status of [400, 401, 403, 404, 409, 422, 429, 500]) {
        const server = await start((_, response) => json(response, status, {}));
        const gateway = gatewayTo(server.url, { tuning: { breaker } });
        for (let n = 0; n < 5; n += 1) refusal(await gateway.request(get));
        assert.equal(server.requests.length, 5, String(status));
      }
    });

    it('is not waited for longer than a connection may take', async () => {
      const deaf = net.createServer(() => undefined).listen(0, '127.0.0.1');
      await once(deaf, 'listening');
      const { port } = deaf.address() as net.AddressInfo;
      const gateway = gatewayTo(`https://127.0.0.1:${port}`, { tuning: { connectMs: 100 } });
      for (const request of [get, post])
        assert.equal(refusal(await gateway.request(request)).reason, 'offline');
      deaf.close();
    });

    it('breaks off in the middle of an answer: silence is noticed before the whole time is up', async () => {
      const server = await start((_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{');
      });
      const gateway = gatewayTo(server.url, { tuning: { idleMs: 100, deadlineMs: 60_000 } });
      assert.equal(refusal(await gateway.request(get)).reason, 'offline');
      assert.equal(refusal(await gateway.request(post)).reason, 'unknown-outcome');
    });
  });

  describe('TLS', () => {
    it("shows the account's client certificate, whose passphrase is no setting", async () => {
      const own = selfSigned();
      const passphrase = 'correct horse';
      const person = clientCertificate(passphrase);
      const server = await start((_, response) => json(response, 200, {}), {
        ...own,
        ca: person.cert,
        requestCert: true,
      });
      const caFile = own.file;
      const asked = { caFile, passphrase: () => Promise.resolve(passphrase) };
      const nameless = refusal(await gatewayTo(server.url, { caFile }).request(get));
      assert.equal(nameless.reason, 'tls');
      assert.match(nameless.message, /wants a client certificate/);
      assert.equal(server.requests.length, 0);
      const { file: certFile, keyFile, pkcs12 } = person;
      for (const files of [{ certFile, keyFile }, { certFile: pkcs12 }]) {
        assert.ok((await gatewayTo(server.url, { ...asked, ...files }).request(get)).ok);
        const without = refusal(await gatewayTo(server.url, { caFile, ...files }).request(get));
        assert.equal(without.reason, 'tls');
        assert.match(without.message, /passphrase/);
      }
      const wrong = { ...asked, certFile, keyFile, passphrase: () => Promise.resolve('battery staple') };
      assert.match(refusal(await gatewayTo(server.url, wrong).request(get)).message, /passphrase is wrong/);
    });

    it('refuses a certificate nobody vouches for, and takes it with its authority', async () => {
      const certificate = selfSigned();
      const server = await start((_, response) => json(response, 200, { safe: true }), certificate);
      for (const request of [get, post]) {
        assert.equal(refusal(await gatewayTo(server.url).request(request)).reason, 'tls');
      }
      assert.equal(server.requests.length, 0, 'the token was not sent');
      const trusting = gatewayTo(server.url, { caFile: certificate.file });
      const result = await trusting.request(get);
      assert.ok(result.ok);
      assert.deepEqual(result.value.body, { safe: true });
    });

    it('does not take a certificate for another name', async () => {
      const certificate = selfSigned();
      const server = await start((_, response) => json(response, 200, {}), certificate);
      const elsewhere = server.url.replace('127.0.0.1', 'localhost');
      const error = refusal(await gatewayTo(elsewhere, { caFile: certificate.file }).request(get));
      assert.equal(error.reason, 'tls');
    });

    it('says of a certificate file that it is missing or none', async () => {
      const certificate = selfSigned();
      const none = path.join(path.dirname(certificate.file), 'none.pem');
      assert.equal(
        refusal(await gatewayTo('https://127.0.0.1', { caFile: none }).request(get)).reason,
        'tls',
      );
      writeFileSync(none, 'not a certificate');
      assert.equal(
        refusal(await gatewayTo('https://127.0.0.1', { caFile: none }).request(get)).reason,
        'tls',
      );
    });

    it('is not found where there is none', async () => {
      const server = await start((_, response) => json(response, 200, {}));
      const error = refusal(await gatewayTo(server.url.replace('http:', 'https:')).request(get));
      assert.equal(error.reason, 'tls');
    });
  });

  describe('a stream', () => {
    it('gives the bytes as they come, of any type', async () => {
      const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
      const server = await start((_, response) => {
        response.writeHead(200, { 'content-type': 'image/png' });
        response.write(bytes.subarray(0, 40_000), () => response.end(bytes.subarray(40_000)));
      });
      const result = await gatewayTo(server.url, { tuning: { maxBytes: 10 } }).stream(get);
      assert.ok(result.ok);
      const received = Buffer.from(await new Response(result.value).arrayBuffer());
      assert.ok(received.equals(bytes));
    });

    it('that is refused says why', async () => {
      const server = await start((_, response) => json(response, 404, { message: 'No such attachment' }));
      const error = refusal(await gatewayTo(server.url).stream(get));
      assert.equal(error.reason, 'not-found');
      assert.match(error.message, /No such attachment/);
    });

    for (const [name, end] of [
      ['cut off', (response) => response.socket?.end()],
      ['silent', () => undefined],
    ] satisfies [string, (response: Parameters<Handler>[1]) => unknown][]) {
      it(`that is ${name} ends with an error, not as if it were complete`, async () => {
        const server = await start((_, response) => {
          response.writeHead(200, { 'content-type': 'image/png', 'content-length': '100' });
          response.write('half', () => end(response));
        });
        const result = await gatewayTo(server.url, { tuning: { idleMs: 100 } }).stream(get);
        assert.ok(result.ok);
        await assert.rejects(new Response(result.value).arrayBuffer());
      });
    }

    it('that is cancelled ends', async () => {
      const server = await start((_, response) => {
        response.writeHead(200, { 'content-type': 'image/png' });
        response.write('half');
      });
      const controller = new AbortController();
      const result = await gatewayTo(server.url).stream({ ...get, signal: controller.signal });
      assert.ok(result.ok);
      const reading = new Response(result.value).arrayBuffer();
      controller.abort();
      await assert.rejects(reading);
    });
  });
});

async function arrival(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}
