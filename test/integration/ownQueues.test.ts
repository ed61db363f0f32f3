import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ownQueries, putOwnQuery, removeOwnQuery } from '../../src/editor/queues/ownQueries.ts';

const { Global, Workspace } = vscode.ConfigurationTarget;
const set = (queues: unknown, target: vscode.ConfigurationTarget) =>
  vscode.workspace.getConfiguration('deskside').update('queues', queues, target);
const names = () => ownQueries().map(({ name }) => name);

describe("the user's own queues", () => {
  const vpn = { name: 'VPN', query: 'vpn' };
  const night = { name: 'Night', query: 'tag:night' };

  afterEach(async () => {
    await set(undefined, Workspace);
    await set(undefined, Global);
  });

  it('are kept for all workspaces', async () => {
    await putOwnQuery(vpn, undefined);
    await putOwnQuery(night, undefined);
    await putOwnQuery({ name: 'VPN of the night', query: 'vpn tag:night' }, 'VPN');
    assert.deepEqual(names(), ['VPN of the night', 'Night']);
    assert.equal(vscode.workspace.getConfiguration('deskside').inspect('queues')?.workspaceValue, undefined);
    await removeOwnQuery('Night');
    assert.deepEqual(names(), ['VPN of the night']);
  });

  it('are kept in the workspace where that has a list of its own, which hides the other', async () => {
    await set([vpn], Global);
    await set([night], Workspace);
    await putOwnQuery({ name: 'Both', query: 'vpn tag:night' }, undefined);
    assert.deepEqual(names(), ['Night', 'Both']);
    assert.deepEqual(vscode.workspace.getConfiguration('deskside').inspect('queues')?.globalValue, [vpn]);
  });
});
