import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SecretVault, places, type Place, type SecretStore } from '../../../src/editor/secretVault.ts';

const rt = { id: 'rt', url: 'https://rt.example.com/rt' };
const elsewhere = { id: 'rt', url: 'https://evil.example.com/rt' };

/** A place that can be made to fail at any of its acts. */
class FakeStore implements SecretStore {
  readonly kept = new Map<string, string>();
  /** Called before each act; throws where the place should fail. */
  before: (act: 'get' | 'set' | 'delete') => void = () => undefined;
  forgetful = false;

  async get(name: string): Promise<string | undefined> {
    this.before('get');
    return Promise.resolve(this.kept.get(name));
  }
  async set(name: string, secret: string): Promise<void> {
    this.before('set');
    if (!this.forgetful) this.kept.set(name, secret);
    return Promise.resolve();
  }
  async delete(name: string): Promise<void> {
    this.before('delete');
    this.kept.delete(name);
    return Promise.resolve();
  }
}

function setUp() {
  const stores = { vscode: new FakeStore(), keychain: new FakeStore() };
  const opened: Place[] = [];
  const state = { wanted: 'vscode' as Place, used: ['vscode'] as readonly Place[], missing: false };
  const vault = new SecretVault({
    open: (place) => {
      opened.push(place);
      return place === 'keychain' && state.missing
        ? Promise.reject(new Error('Cannot autolaunch D-Bus without X11 $DISPLAY'))
        : Promise.resolve(stores[place]);
    },
    wanted: () => state.wanted,
    memory: {
      used: () => state.used,
      setUsed: (used) => Promise.resolve(void (state.used = used)),
    },
    explain: (place, error) => `${place}: ${(error as Error).message}`,
  });
  const token = async (account = rt) => {
    const read = await vault.get(account);
    assert.ok(read.ok);
    return read.value;
  };
  return { stores, opened, state, vault, token };
}

describe('the vault', () => {
  it('gives a token back for the origin it was stored for, wherever on it', async () => {
    const { vault, token } = setUp();
    assert.ok((await vault.set(rt, '1-alice')).ok);
    assert.equal(await token(), '1-alice');
    assert.equal(await token({ id: 'rt', url: 'https://rt.example.com/elsewhere' }), '1-alice');
  });

  it('gives it for no other origin', async () => {
    const { vault, token } = setUp();
    await vault.set(rt, '1-alice');
    for (const url of [
      'https://evil.example.com/rt',
      'http://rt.example.com/rt',
      'https://rt.example.com:8443/rt',
      'https://rt.example.com.evil.example.com/rt',
      'https://rt.example.com@evil.example.com/rt',
    ]) {
      assert.equal(await token({ id: 'rt', url }), undefined, url);
    }
    assert.equal(await token({ id: 'other', url: rt.url }), undefined);
    assert.equal(await token(), '1-alice', 'and still for its own');
  });

  it('keeps none for an account without an address', async () => {
    const { vault } = setUp();
    const kept = await vault.set({ id: 'local' }, '1-alice');
    assert.ok(!kept.ok && kept.error.reason === 'unsupported');
    assert.deepEqual(await vault.get({ id: 'local' }), { ok: true, value: undefined });
  });

  it('takes what it can’t read for no token', async () => {
    const { stores, token } = setUp();
    for (const text of ['1-alice', '{}', '[]', 'null', '{"origin":"https://rt.example.com","token":7}']) {
      stores.vscode.kept.set('deskside.account.rt', text);
      assert.equal(await token(), undefined, text);
    }
  });

  it('never opens the keychain unless it is wanted or was used', async () => {
    const { vault, opened, token } = setUp();
    await token();
    await vault.set(rt, '1-alice');
    await vault.delete(rt);
    await vault.move([rt]);
    assert.ok(!opened.includes('keychain'));
  });

  it('says that a place does not keep what is written', async () => {
    const { vault, stores } = setUp();
    stores.vscode.forgetful = true;
    const kept = await vault.set(rt, '1-alice');
    assert.ok(!kept.ok && kept.error.reason === 'storage');
  });

  it('forgets a token wherever it is, and says when it could not', async () => {
    const { vault, stores, state, token } = setUp();
    await vault.set(rt, '1-alice');
    state.wanted = 'keychain';
    assert.ok((await vault.delete(rt)).ok);
    assert.equal(await token(), undefined);
    assert.equal(stores.vscode.kept.size, 0);
    state.missing = true;
    assert.ok(!(await vault.delete(rt)).ok);
  });

  it('leaves no older token behind in the other place', async () => {
    const { vault, stores, state, token } = setUp();
    await vault.set(rt, 'old');
    state.wanted = 'keychain';
    await vault.set(rt, 'new');
    assert.equal(stores.vscode.kept.size, 0);
    assert.equal(await token(), 'new');
  });
});

describe('moving tokens', () => {
  it('brings all to the wanted place and takes them from the other', async () => {
    const { vault, stores, state, token } = setUp();
    await vault.set(rt, '1-alice');
    assert.ok(!vault.misplaced);
    state.wanted = 'keychain';
    assert.ok(vault.misplaced);
    assert.deepEqual(await vault.move([rt, { id: 'local' }]), { ok: true, value: 1 });
    assert.equal(stores.vscode.kept.size, 0);
    assert.equal(await token(), '1-alice');
    assert.ok(!vault.misplaced);
    state.wanted = 'vscode';
    assert.deepEqual(await vault.move([rt]), { ok: true, value: 1 });
    assert.equal(stores.keychain.kept.size, 0);
    assert.equal(await token(), '1-alice');
  });

  it('keeps the origin a token belongs to', async () => {
    const { vault, state, token } = setUp();
    await vault.set(rt, '1-alice');
    state.wanted = 'keychain';
    await vault.move([elsewhere]);
    assert.equal(await token(elsewhere), undefined);
    assert.equal(await token(), '1-alice');
  });

  it('leaves them where they are, and usable, where there is no keychain', async () => {
    const { vault, stores, state, token } = setUp();
    await vault.set(rt, '1-alice');
    state.wanted = 'keychain';
    state.missing = true;
    const moved = await vault.move([rt]);
    assert.ok(!moved.ok && moved.error.message.includes('D-Bus'));
    assert.equal(await token(), '1-alice');
    assert.ok(stores.vscode.kept.has('deskside.account.rt'));
    assert.ok(vault.misplaced, 'to be tried again');
    state.missing = false;
    assert.ok((await vault.move([rt])).ok);
    assert.equal(await token(), '1-alice');
  });

  it('deletes nothing that it could not read back', async () => {
    const { vault, stores, state, token } = setUp();
    await vault.set(rt, '1-alice');
    state.wanted = 'keychain';
    stores.keychain.forgetful = true;
    assert.ok(!(await vault.move([rt])).ok);
    assert.equal(await token(), '1-alice');
  });

  it('loses no token whenever it is stopped, and arrives when tried again', async () => {
    const accounts = ['a', 'b', 'c'].map((id) => ({ id, url: `https://${id}.example.com` }));
    await fc.assert(
      fc.asyncProperty(fc.nat(20), fc.constantFrom(...places), async (stopAt, target) => {
        const { vault, stores, state, token } = setUp();
        state.wanted = target === 'keychain' ? 'vscode' : 'keychain';
        for (const account of accounts) await vault.set(account, `token of ${account.id}`);
        state.used = [state.wanted];
        state.wanted = target;
        let acts = 0;
        for (const store of Object.values(stores)) {
          store.before = () => {
            if (acts++ === stopAt) throw new Error('stopped');
          };
        }
        await vault.move(accounts);
        for (const store of Object.values(stores)) store.before = () => undefined;
        for (const account of accounts) assert.equal(await token(account), `token of ${account.id}`);
        assert.ok((await vault.move(accounts)).ok);
        for (const account of accounts) assert.equal(await token(account), `token of ${account.id}`);
        assert.equal(stores[target].kept.size, 3);
        assert.equal(stores[target === 'keychain' ? 'vscode' : 'keychain'].kept.size, 0);
      }),
    );
  });
});
