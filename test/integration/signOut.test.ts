import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ok } from '../../src/desk/errors.ts';
import { Accounts } from '../../src/editor/accounts.ts';
import { signOut, type SignOutDeps } from '../../src/editor/commands/signOut.ts';
import { waiting } from '../shared/panelFixture.ts';

const account = { id: 'rt', backend: 'rt', label: 'RT', url: 'https://rt.example.com' };

describe('signing out', () => {
  const { showWarningMessage } = vscode.window;
  let accounts: Accounts;
  let did: unknown[];
  let outbox: (typeof waiting)[];
  let offered: string[];
  let answer: string | undefined;

  const deps = (): SignOutDeps => ({
    reader: { outbox: () => outbox },
    writer: {
      run: (command: string, argument: unknown) => {
        did.push(command, argument);
        return Promise.resolve(ok());
      },
    } as unknown as SignOutDeps['writer'],
    accounts,
    credentials: {
      delete: ({ id }) => {
        did.push(`token of ${id}`);
        return Promise.resolve(ok());
      },
    },
    connections: { forget: () => undefined } as unknown as SignOutDeps['connections'],
    memory: { update: () => Promise.resolve() },
    sync: {
      letGo: () => Promise.resolve(),
      syncNow: () => {
        did.push('sync');
        return Promise.resolve(ok());
      },
    },
  });

  beforeEach(async () => {
    accounts = new Accounts();
    await accounts.put(account);
    [did, outbox, offered, answer] = [[], [], [], undefined];
    const ask = (_message: string, _options: vscode.MessageOptions, ...choices: string[]) => {
      offered = choices;
      return Promise.resolve(answer);
    };
    Object.defineProperty(vscode.window, 'showWarningMessage', { value: ask, configurable: true });
  });
  afterEach(async () => {
    Object.defineProperty(vscode.window, 'showWarningMessage', {
      value: showWarningMessage,
      configurable: true,
      writable: true,
    });
    accounts.dispose();
    await vscode.workspace
      .getConfiguration('deskside')
      .update('accounts', undefined, vscode.ConfigurationTarget.Global);
  });

  it('does nothing until the user says so', async () => {
    await signOut(deps(), { accountId: 'rt' });
    assert.deepEqual(did, []);
    assert.deepEqual(offered, ['Sign Out', 'Remove Account', 'Remove Account and Drafts']);
  });

  it('takes the token away, and keeps the account with all that is here', async () => {
    answer = 'Sign Out';
    await signOut(deps(), { accountId: 'rt' });
    assert.deepEqual(did, ['token of rt', 'sync']);
    assert.ok(accounts.get('rt'));
  });

  for (const [choice, work] of [
    ['Remove Account', false],
    ['Remove Account and Drafts', true],
  ] as const) {
    it(`removes the account, ${work ? 'with' : 'but not'} what the user wrote`, async () => {
      answer = choice;
      await signOut(deps(), { accountId: 'rt' });
      assert.deepEqual(did, ['token of rt', 'purgeAccount', { accountId: 'rt', work }]);
      assert.equal(accounts.get('rt'), undefined);
    });
  }

  it('removes no account while something of it waits in the outbox', async () => {
    outbox = [{ ...waiting, accountId: 'rt' }];
    await signOut(deps(), { accountId: 'rt' });
    assert.deepEqual(offered, ['Sign Out']);
  });
});
