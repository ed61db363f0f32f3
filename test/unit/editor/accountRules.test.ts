import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isUnencrypted,
  newAccountId,
  normaliseUrl,
  readAccounts,
  withAccount,
  withoutAccount,
} from '../../../src/editor/accountRules.ts';

describe('the address of an account', () => {
  for (const [typed, url] of [
    ['https://rt.example.com', 'https://rt.example.com'],
    ['  rt.example.com/  ', 'https://rt.example.com'],
    ['HTTPS://RT.Example.com/rt//', 'https://rt.example.com/rt'],
    ['rt.example.com:8443', 'https://rt.example.com:8443'],
    ['localhost:8081', 'https://localhost:8081'],
    ['http://127.0.0.1:8081/?q=1#top', 'http://127.0.0.1:8081'],
    ['https://rt.example.com:443/a b', undefined],
  ] as const) {
    it(`"${typed}" is kept as ${url ?? 'nothing'}`, () => {
      const normalised = normaliseUrl(typed);
      assert.equal(normalised.ok ? normalised.url : undefined, url);
    });
  }

  for (const [typed, problem] of [
    ['', 'empty'],
    ['   ', 'empty'],
    ['https://', 'malformed'],
    ['help desk', 'malformed'],
    ['ftp://rt.example.com', 'not-http'],
    ['file:///etc/passwd', 'not-http'],
    ['https://alice:secret@rt.example.com', 'has-credentials'],
    ['alice@rt.example.com', 'has-credentials'],
  ] as const) {
    it(`"${typed}" is refused as ${problem}`, () => {
      assert.deepEqual(normaliseUrl(typed), { ok: false, problem });
    });
  }

  it('is stable: normalising again changes nothing', () => {
    const part = fc.stringMatching(/^[a-zA-Z0-9]{1,8}$/);
    const parts = (separator: string) =>
      fc.array(part, { maxLength: 3 }).map((some) => some.map((one) => separator + one).join(''));
    fc.assert(
      fc.property(
        part,
        parts('.'),
        parts('/'),
        fc.constantFrom('', '/', '//', '?q=1', '#top'),
        (host, domain, path, end) => {
          const once = normaliseUrl(`${host}${domain}.example${path}${end}`);
          assert.ok(once.ok);
          assert.deepEqual(normaliseUrl(once.url), once);
          assert.ok(!once.url.endsWith('/'));
        },
      ),
    );
  });

  it('warns of a token that others could read on the way', () => {
    assert.ok(isUnencrypted('http://rt.example.com'));
    assert.ok(isUnencrypted('http://127.0.0.1.example.com'));
    for (const url of [
      'https://rt.example.com',
      'http://127.0.0.1:8081',
      'http://localhost',
      'http://[::1]:80',
    ]) {
      assert.ok(!isUnencrypted(url), url);
    }
  });
});

describe('the id of an account', () => {
  it('is made of the label and always valid and new', () => {
    assert.equal(newAccountId('Request Tracker (rt.example.com)', []), 'request-tracker-rt-example-com');
    assert.equal(newAccountId('Bürohilfe', []), 'burohilfe');
    assert.equal(newAccountId('支持', ['account']), 'account-2');
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (label, others) => {
        const taken = [...others, newAccountId(label, others)];
        const id = newAccountId(label, taken);
        assert.match(id, /^[a-z0-9-]{1,40}$/);
        assert.ok(!taken.includes(id));
      }),
    );
  });
});

describe('the setting deskside.accounts', () => {
  const local = { id: 'local', backend: 'local', label: 'Local desk' };
  const rt = { id: 'rt', backend: 'rt', label: 'RT', url: 'https://rt.example.com' };

  it('is read with its addresses normalised', () => {
    const read = readAccounts([local, { ...rt, url: 'https://RT.example.com/', caFile: '/ca.pem' }]);
    assert.deepEqual(read, { accounts: [local, { ...rt, caFile: '/ca.pem' }], problems: [] });
  });

  it('leaves out what it can’t use, says which, and keeps the rest', () => {
    const read = readAccounts([
      { ...local, id: 'Not An Id' },
      null,
      { ...rt, url: 'javascript:alert(1)' },
      rt,
      { ...rt, url: 'https://elsewhere.example.com' },
      { id: 'nameless', backend: 'rt', label: ' ' },
    ]);
    assert.deepEqual(read.accounts, [rt]);
    assert.deepEqual(read.problems, [
      { position: 1, field: 'id' },
      { position: 2, field: '' },
      { position: 3, field: 'url' },
      { position: 5, field: 'id' },
      { position: 6, field: 'label' },
    ]);
  });

  it('is empty where it is nothing of the kind', () => {
    for (const setting of [undefined, null, 'rt', {}]) {
      assert.deepEqual(readAccounts(setting), { accounts: [], problems: [] });
    }
  });

  it('is changed without touching what is not understood', () => {
    const odd = { some: 'thing' };
    assert.deepEqual(withAccount([odd, local], rt), [odd, local, rt]);
    assert.deepEqual(withAccount([odd, rt], { ...rt, label: 'New' }), [odd, { ...rt, label: 'New' }]);
    assert.deepEqual(withAccount('broken', rt), [rt]);
    assert.deepEqual(withoutAccount([odd, rt, local], 'rt'), [odd, local]);
  });
});
