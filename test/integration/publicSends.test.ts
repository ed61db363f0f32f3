import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Draft } from '../../src/desk/draft.ts';
import { isPublic, type Operation, type Step } from '../../src/desk/operation.ts';
import { replyByMacro } from '../../src/editor/macros/replyByMacro.ts';
import { resend } from '../../src/editor/outbox/resend.ts';
import { ComposerHost, type ComposerDeps } from '../../src/editor/panel/composerHost.ts';
import { sendDraft, type SendDeps } from '../../src/editor/writing/send.ts';
import { formatDraft } from '../../src/replies/draftText.ts';
import type { Request } from '../../src/sync/api.ts';
import { fixtureTicket, waiting } from '../shared/panelFixture.ts';

const here = { accountId: fixtureTicket.accountId, id: fixtureTicket.id };
const publicReply: Step = { type: 'post', kind: 'reply', visibility: 'public', body: 'Hello Carol' };

/** Every way in which something goes out that the requester reads: nothing goes before it was named public. */
describe('a public entry', () => {
  let asked: string[];
  let answer: string | undefined;
  let sent: Request[];
  let retried: { id: string; force: boolean }[];
  let memory: Map<string, unknown>;
  let draft: Draft;
  let restore: () => void;

  beforeEach(async () => {
    asked = [];
    answer = undefined;
    sent = [];
    retried = [];
    memory = new Map();
    draft = { ...here, id: 'd', kind: 'reply', ticketId: here.id, label: 'Reply', text: 'Hello', savedAt: 0 };
    const { showInformationMessage, showWarningMessage, showQuickPick } = vscode.window;
    // What is only told stays until somebody closes it.
    replace('showInformationMessage', () => Promise.resolve(undefined));
    replace('showWarningMessage', (message: string, options: vscode.MessageOptions) => {
      assert.equal(options.modal, true, message);
      asked.push(`${message} ${options.detail ?? ''}`);
      return Promise.resolve(answer);
    });
    replace('showQuickPick', (picks: readonly vscode.QuickPickItem[]) => Promise.resolve(picks[0]));
    restore = () => {
      replace('showInformationMessage', showInformationMessage);
      replace('showWarningMessage', showWarningMessage);
      replace('showQuickPick', showQuickPick);
    };
    await vscode.workspace
      .getConfiguration('deskside')
      .update(
        'macros',
        [{ name: 'Hi', text: 'Hello {{requester.name}}' }],
        vscode.ConfigurationTarget.Global,
      );
  });
  afterEach(async () => {
    restore();
    await vscode.workspace
      .getConfiguration('deskside')
      .update('macros', undefined, vscode.ConfigurationTarget.Global);
  });

  type Asking = 'showInformationMessage' | 'showWarningMessage' | 'showQuickPick';
  function replace(name: Asking, value: unknown): void {
    Object.defineProperty(vscode.window, name, { value, configurable: true, writable: true });
  }

  const ok = () => Promise.resolve({ ok: true as const, value: undefined });
  const memento: vscode.Memento = {
    keys: () => [...memory.keys()],
    get: (key: string) => memory.get(key) as never,
    update: (key, value) => {
      memory.set(key, value);
      return Promise.resolve();
    },
  };
  const sync = {
    enqueue: (request: Request) => {
      sent.push(request);
      return Promise.resolve({ ok: true as const, value: waiting });
    },
    retry: (id: string, { force }: { force: boolean }) => {
      retried.push({ id, force });
      return ok();
    },
    people: () => Promise.resolve({ ok: true as const, value: [] }),
    escalateAcross: () => assert.fail('nothing goes to another account'),
    isWorkingOffline: () => false,
  };
  const base = () => ({ sync, memory: memento, now: () => 0 });

  async function composer(text: string, files: { id: string }[] = []): Promise<void> {
    const told: string[] = [];
    const kept = files.map(({ id }) => ({ id, name: 'a.png', mediaType: 'image/png', size: 3 }));
    const deps: ComposerDeps = {
      ...base(),
      reader: {
        ticket: () => fixtureTicket,
        draftFor: () => undefined,
        accountState: () => undefined,
        entries: () => [],
        ticketsByPrefix: () => [],
      },
      drafts: {
        read: () => text,
        files: () => kept,
        update: ok,
        discard: ok,
        ensure: () => Promise.resolve({ ok: true, value: draft }),
        attach: ok,
        detach: ok,
        dropIfEmpty: ok,
      },
    };
    await new Promise<void>((resolve) => {
      const panel = {
        tell: ({ type }: { type: string }) => void told.push(type),
        changed: () => (told.includes('sent') ? resolve() : undefined),
      };
      const message = { type: 'send', ref: here, visibility: 'public', text } as const;
      new ComposerHost(deps, here, panel).receive(message, fixtureTicket);
    });
  }

  async function document(kind: Draft['kind'], text: string, times = 1): Promise<void> {
    draft = { ...draft, kind, text };
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content: text }));
    const deps: SendDeps = {
      ...base(),
      drafts: { of: () => draft, discard: ok },
      reader: { ticket: () => fixtureTicket, draftFiles: () => [], accountState: () => undefined },
      writer: { run: () => assert.fail('nothing else is written') },
      panels: { open: () => undefined },
      accounts: { all: () => [] },
    };
    await Promise.all(Array.from({ length: times }, () => sendDraft(deps)));
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }

  const bulk = (): Promise<void> =>
    replyByMacro(
      {
        ...base(),
        reader: { accountState: () => undefined },
        accounts: { get: () => undefined },
        current: {
          resolveAll: () => Promise.resolve([fixtureTicket, { ...fixtureTicket, id: '2', key: 'RT-2' }]),
        },
      },
      undefined,
      undefined,
    );

  const outbox = (force: boolean, given: Partial<Operation> = {}): Promise<void> =>
    resend(
      { ...base(), reader: { ticket: () => fixtureTicket } },
      { ...waiting, state: 'failed', intent: 'reply', steps: [publicReply], ...given },
      force,
    );

  const ways: [string, () => Promise<void>, number][] = [
    ['from the panel', () => composer('Hello'), 1],
    ['from the panel, files alone', () => composer('', [{ id: 'f' }]), 1],
    ['from a document', () => document('reply', 'Hello'), 1],
    [
      'as a resolution',
      () => document('resolution', formatDraft({ status: 'resolved', visibility: 'public' }, 'Solved.')),
      1,
    ],
    [
      'with a hand-off',
      () =>
        document('hand-off', formatDraft({ team: 'Tier 2', message: 'We are on it.' }, 'Gateway is down.')),
      1,
    ],
    ['to several by a macro', bulk, 2],
    ['again from the outbox', () => outbox(false), 1],
    ['past a conflict', () => outbox(true, { state: 'conflict' }), 1],
    ['again though it may have arrived', () => outbox(false, { state: 'unknown' }), 1],
  ];

  for (const [name, send, count] of ways) {
    it(`is sent ${name} only after an act that names it public`, async () => {
      await send();
      assert.equal(asked.length, 1);
      assert.match(asked[0] ?? '', /It is public/);
      assert.deepEqual([sent.length, retried.length], [0, 0], 'the user thought better of it');
      answer = count === 2 ? 'Send 2 Public Replies' : 'Send Public Reply';
      await send();
      assert.equal(sent.length + retried.length, count);
      assert.ok(sent.every(isPublic));
    });
  }

  it('to many, past a conflict, or maybe twice, is asked about whatever was agreed on before', async () => {
    memory.set('deskside.publicReplyConfirmed', true);
    await bulk();
    await outbox(true, { state: 'conflict' });
    await outbox(false, { state: 'unknown' });
    assert.equal(asked.length, 3);
    assert.deepEqual([sent.length, retried.length], [0, 0]);
    await outbox(false);
    assert.equal(asked.length, 3);
    assert.equal(retried.length, 1);
  });

  it('goes once, though its key is pressed again while it is on its way', async () => {
    memory.set('deskside.publicReplyConfirmed', true);
    await document('reply', 'Hello', 2);
    assert.equal(sent.length, 1);
    await document('reply', 'Hello again');
    assert.equal(sent.length, 2);
  });

  it('is never what an internal note, a hand-off or an internal resolution becomes', async () => {
    await document('note', 'For us.');
    await document('resolution', formatDraft({ status: 'resolved', visibility: 'internal' }, 'Solved.'));
    await document('hand-off', formatDraft({ team: 'Tier 2' }, 'What is happening: much.'));
    assert.deepEqual(asked, []);
    assert.equal(sent.length, 3);
    assert.ok(!sent.some(isPublic));
    await outbox(true, { intent: 'note', steps: [{ ...publicReply, kind: 'note', visibility: 'internal' }] });
    assert.deepEqual(asked, []);
  });

  it('with a placeholder that nobody filled in is asked about once more', async () => {
    await composer('Your order {{order.number}}');
    assert.match(asked[0] ?? '', /Not filled in: {{order\.number}}/);
    assert.equal(asked.length, 1);
    assert.equal(sent.length, 0);
  });
});
