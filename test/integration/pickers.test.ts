import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { pickLoaded } from '../../src/editor/commands/steps.ts';

const enter = () => vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');

describe('a list that has to be fetched', () => {
  it('stays when Enter comes before it', async () => {
    const question = { title: 'Which?', placeholder: '', none: '' };
    const picked = pickLoaded(question, async () => {
      await sleep(600);
      return { items: [{ label: 'Resolved' }, { label: 'Closed' }] };
    });
    await sleep(300);
    await enter();
    await sleep(900);
    await enter();
    assert.equal((await picked)?.label, 'Resolved');
  });
});
