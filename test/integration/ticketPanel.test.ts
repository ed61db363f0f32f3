import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { Draft, DraftFile, DraftKind } from '../../src/desk/draft.ts';
import type { Entry } from '../../src/desk/entry.ts';
import { fail, type Result } from '../../src/desk/errors.ts';
import type { Operation } from '../../src/desk/operation.ts';
import type { Ticket } from '../../src/desk/ticket.ts';
import { PanelHost, type PanelDeps } from '../../src/editor/panel/panelHost.ts';
import type { AccountState } from '../../src/store/api.ts';
import type { Request } from '../../src/sync/api.ts';
import type { FromPanel, PanelState, ToPanel } from '../../src/webviews/messages.ts';
import {
  composed,
  fixtureEntries,
  fixtureNow,
  fixtureState,
  fixtureTicket,
  waiting,
} from '../shared/panelFixture.ts';

/** VS Code's panel with a webview that only listens, so that a test can say what the page would. */
class Panel implements vscode.WebviewPanel {
  readonly viewType = 'deskside.ticket';
  title = '';
  iconPath: vscode.WebviewPanel['iconPath'];
  readonly options = {};
  readonly viewColumn = vscode.ViewColumn.One;
  active = true;
  visible = true;
  readonly told: ToPanel[] = [];
  readonly #said = new vscode.EventEmitter<unknown>();
  readonly #viewChanged = new vscode.EventEmitter<vscode.WebviewPanelOnDidChangeViewStateEvent>();
  readonly #disposed = new vscode.EventEmitter<void>();
  readonly onDidChangeViewState = this.#viewChanged.event;
  readonly onDidDispose = this.#disposed.event;
  readonly webview: vscode.Webview = {
    options: {},
    html: '',
    cspSource: 'https://own',
    asWebviewUri: (uri) => uri,
    onDidReceiveMessage: this.#said.event,
    postMessage: (message: ToPanel) => {
      this.told.push(message);
      return Promise.resolve(true);
    },
  };

  reveal(): void {
    this.turn(true);
  }

  dispose(): void {
    this.#disposed.fire();
  }

  says(message: FromPanel | object | string): void {
    this.#said.fire(message);
  }

  turn(visible: boolean): void {
    this.visible = this.active = visible;
    this.#viewChanged.fire({ webviewPanel: this });
  }

  /** The timeline as the page has put it together. */
  get entries(): Entry[] {
    const all: Entry[] = [];
    for (const { at, total, entries } of this.all('entries')) {
      entries.forEach((entry, index) => (all[at + index] = entry));
      all.length = total;
    }
    return all;
  }

  /** The last state the page was given. */
  get state(): PanelState | undefined {
    return this.all('state').at(-1)?.state;
  }

  all<T extends ToPanel['type']>(type: T): Extract<ToPanel, { type: T }>[] {
    return this.told.filter((message): message is Extract<ToPanel, { type: T }> => message.type === type);
  }
}

/** The user need not be asked any more whether a reply is public. */
const confirmed: vscode.Memento = {
  keys: () => [],
  get: () => true,
  update: () => Promise.resolve(),
};
const here = { accountId: 'rt', id: '1234' };

const other: Ticket = { ...fixtureTicket, id: '1190', key: 'RT-1190', subject: 'New headset' };

/** Lets everything that is already due happen. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('the host of a ticket panel', () => {
  let panel: Panel;
  let host: PanelHost;
  let ticket: Ticket | undefined;
  let entries: Entry[];
  let outbox: Operation[];
  let drafts: Map<DraftKind, string>;
  let files: Map<DraftKind, DraftFile[]>;
  let accountState: AccountState | undefined;
  let sent: Request[];
  let log: string[];
  let enqueue: () => Result<Operation>;
  let refresh: () => Result<void>;

  beforeEach(() => {
    ticket = fixtureTicket;
    entries = fixtureEntries;
    outbox = [];
    drafts = new Map();
    files = new Map();
    accountState = undefined;
    sent = [];
    log = [];
    enqueue = () => ({ ok: true, value: waiting });
    refresh = () => ({ ok: true, value: undefined });
    panel = new Panel();
    host = new PanelHost(deps(), panel, here);
  });

  afterEach(() => panel.dispose());

  function draftFor(kind: DraftKind): Draft | undefined {
    const text = drafts.get(kind);
    if (text === undefined) return undefined;
    return { id: kind, kind, accountId: 'rt', ticketId: '1234', label: kind, text, savedAt: fixtureNow };
  }

  function deps(): PanelDeps {
    return {
      extensionUri: vscode.Uri.file('/extension'),
      reader: {
        ticket: () => ticket,
        entries: () => entries,
        hasTimeline: () => true,
        outbox: () => outbox,
        operation: (id) => ({ ...waiting, id, state: 'confirmed' }),
        linksOf: () => fixtureState.links,
        runs: () => [],
        accountState: () => accountState,
        seenUntil: () => undefined,
        search: () => [],
        ticketsByPrefix: (prefix) => [fixtureTicket, other].filter(({ key }) => key.startsWith(prefix)),
        draftFor,
      },
      sync: {
        enqueue: (request) => {
          sent.push(request);
          return Promise.resolve(enqueue());
        },
        isWorkingOffline: () => false,
        refreshTicket: () => {
          log.push('refresh');
          return Promise.resolve(refresh());
        },
        people: () => Promise.resolve({ ok: true, value: [{ id: 'dana', name: 'Dana Ek' }] }),
        attachment: () => Promise.resolve(fail({ reason: 'offline', message: 'offline' })),
      },
      accounts: { get: () => undefined },
      timer: { of: () => undefined },
      property: (message) => {
        log.push(message.type);
        return Promise.resolve();
      },
      drafts: {
        read: (kind: DraftKind) => drafts.get(kind) ?? '',
        update: (kind: DraftKind, _ticket: Ticket, _label: string, text: string) => {
          drafts.set(kind, text);
          return Promise.resolve({ ok: true, value: undefined });
        },
        discard: (draft: Draft) => {
          drafts.delete(draft.kind);
          files.delete(draft.kind);
          return Promise.resolve({ ok: true, value: undefined });
        },
        files: (kind: DraftKind) => files.get(kind) ?? [],
        ensure: (kind: DraftKind) => {
          drafts.set(kind, drafts.get(kind) ?? '');
          return Promise.resolve({ ok: true, value: draftFor(kind)! });
        },
        attach: ({ kind }: Draft, file: Omit<DraftFile, 'id' | 'size'>, { length }: Uint8Array) => {
          const kept = files.get(kind) ?? [];
          files.set(kind, [...kept, { ...file, id: `f${kept.length + 1}`, size: length }]);
          return Promise.resolve({ ok: true, value: undefined });
        },
        detach: ({ kind }: Draft, id: string) => {
          files.set(
            kind,
            (files.get(kind) ?? []).filter((file) => file.id !== id),
          );
          return Promise.resolve({ ok: true, value: undefined });
        },
        dropIfEmpty: () => Promise.resolve({ ok: true, value: undefined }),
      },
      memory: confirmed,
      runAction: (action, ref) => void log.push(`${action} ${ref.id}`),
      openDocument: (document) => {
        log.push(`open ${document.path}`);
        return Promise.resolve();
      },
      openTicket: (ref) => void log.push(`turn ${ref.id}`),
      openRun: () => undefined,
      markSeen: (_ref, until) => void log.push(`seen ${until}`),
      now: () => fixtureNow,
    };
  }

  /** What the page of the panel was made with. */
  function begun(): ToPanel[] {
    const [, text = '[]'] = /<script[^>]* id="begin">(.*?)<\/script>/s.exec(panel.webview.html) ?? [];
    return JSON.parse(text) as ToPanel[];
  }

  it('makes the page with what there is, and then tells only what came since and what is older', async () => {
    const said = "Hello</script><script>alert('x')</script>";
    const many = Array.from({ length: 100 }, (_, at): Entry => ({
      ...fixtureEntries[0]!,
      id: `${at}`,
      body: { text: said, format: 'text' },
    }));
    entries = many;
    panel = new Panel();
    host = new PanelHost(deps(), panel, here);
    panel.told.push(...begun());
    assert.equal(panel.state?.ticket.key, 'RT-1234');
    assert.deepEqual(panel.entries.slice(-40), many.slice(-40));
    entries = [...many, { ...many[0]!, id: 'newest' }];
    host.update();
    await settled();
    panel.says({ type: 'ready', begun: true });
    assert.deepEqual(
      panel.all('state').map(({ state }) => state.entryCount),
      [100, 101],
    );
    await settled();
    assert.deepEqual(panel.entries, entries);
  });

  it('tells a page all that is loaded again, and one that was hidden before it asked', async () => {
    panel.says({ type: 'ready', begun: true });
    await settled();
    assert.equal(panel.told.length, 0, 'it has all of it');
    panel.turn(false);
    panel.turn(true);
    panel.says({ type: 'ready', begun: true });
    assert.equal(panel.entries.length, fixtureEntries.length);
  });

  it('tells nothing before the page asks, then all of it, and refreshes in the background', async () => {
    host.update();
    assert.equal(panel.told.length, 0);
    panel.says({ type: 'ready' });
    assert.equal(panel.entries.length, fixtureEntries.length);
    assert.match(panel.title, /^RT-1234 VPN client disconnects/);
    await settled();
    assert.deepEqual(log, ['refresh']);
  });

  it('keeps what is pasted with the draft, and sends it along', async () => {
    panel.says({ type: 'ready' });
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
    const pasted = { ref: here, visibility: 'internal', name: '../../etc/a.png' } as const;
    panel.says({ type: 'attach-bytes', ...pasted, bytes: png });
    panel.says({ type: 'attach-bytes', ...pasted, bytes: 'not bytes' });
    await settled();
    const [file, ...others] = panel.state?.composer.internal.files ?? [];
    assert.deepEqual(file, { id: 'f1', name: 'a.png', mediaType: 'image/png', size: 9 });
    assert.deepEqual([others, panel.state?.composer.public.files], [[], []]);
    panel.says({ type: 'send', ref: here, visibility: 'internal', text: 'See the picture.' });
    await settled();
    const files = [{ name: 'a.png', mediaType: 'image/png', base64: '', stored: 'f1' }];
    assert.deepEqual(sent[0]?.steps, [
      { type: 'post', kind: 'note', visibility: 'internal', body: 'See the picture.', files },
    ]);
    assert.deepEqual(panel.state?.composer.internal.files, []);
  });

  it('keeps no file with a note where everybody would see it, and says so', async () => {
    const capabilities = { ...fixtureState.capabilities!, attach: 'public' as const };
    accountState = { accountId: 'rt', capabilities, problems: [] };
    panel.says({ type: 'ready' });
    const file = { type: 'attach-bytes', ref: here, name: 'a.txt', bytes: Uint8Array.of(1) } as const;
    panel.says({ ...file, visibility: 'internal' });
    await settled();
    assert.match(panel.all('composer-problem')[0]?.words ?? '', /everybody who sees the ticket/);
    panel.says({ ...file, visibility: 'public' });
    await settled();
    assert.deepEqual([files.get('note'), files.get('reply')?.length], [undefined, 1]);
  });

  it('completes people who take part, those whom the system knows, and other tickets', async () => {
    panel.says({ type: 'ready' });
    const asked = { type: 'suggest', ref: here, visibility: 'internal' } as const;
    panel.says({ ...asked, kind: 'person', typed: 'da', turn: 1 });
    await settled();
    panel.says({ ...asked, kind: 'person', typed: 'oju', turn: 2 });
    await settled();
    panel.says({ ...asked, kind: 'ticket', typed: 'RT-1', turn: 3 });
    await settled();
    const answers = panel
      .all('suggestions')
      .map(({ turn, suggestions }) => [turn, suggestions.map(({ text }) => text)]);
    assert.deepEqual(answers, [
      [1, ['@dana ']],
      [2, ['@carol ']],
      [3, ['RT-1190 ']],
    ]);
  });

  it('tells again only what changed, and nothing while it is hidden', () => {
    panel.says({ type: 'ready' });
    host.update();
    assert.equal(panel.all('state').length, 1);
    entries = fixtureEntries.slice(1);
    panel.turn(false);
    host.update();
    assert.equal(panel.all('state').length, 1);
    panel.turn(true);
    panel.says({ type: 'ready' });
    assert.equal(panel.entries.length, fixtureEntries.length - 1);
  });

  it('says why a refresh failed until one succeeds', async () => {
    refresh = () => fail({ reason: 'offline', message: 'ECONNREFUSED' });
    panel.says({ type: 'ready' });
    await settled();
    const problem = panel.state?.problem ?? '';
    assert.match(problem, /can.t be reached/);
    refresh = () => ({ ok: true, value: undefined });
    panel.says({ type: 'action', action: 'refresh' });
    await settled();
    assert.equal(panel.state?.problem, undefined);
  });

  it('queues exactly what was named: a public reply as public, a note as internal', async () => {
    drafts.set('reply', 'Hello');
    drafts.set('note', 'Between us');
    panel.says({ type: 'ready' });
    panel.says({ type: 'send', ref: here, visibility: 'public', text: 'Hello' });
    await settled();
    panel.says({ type: 'send', ref: here, visibility: 'internal', text: 'Between us' });
    await settled();
    assert.deepEqual(
      sent.map(({ intent, label, steps, ticket: base }) => ({ intent, label, steps, base: base?.revision })),
      [
        {
          intent: 'reply',
          label: 'RT-1234',
          steps: [{ type: 'post', kind: 'reply', visibility: 'public', body: 'Hello' }],
          base: '77',
        },
        {
          intent: 'note',
          label: 'RT-1234',
          steps: [{ type: 'post', kind: 'note', visibility: 'internal', body: 'Between us' }],
          base: '77',
        },
      ],
    );
    assert.deepEqual(
      panel.all('sent').map(({ visibility, error }) => [visibility, error]),
      [
        ['public', undefined],
        ['internal', undefined],
      ],
    );
    assert.equal(drafts.size, 0);
  });

  it('bases what is sent on what the user saw, not on what came since', async () => {
    panel.says({ type: 'ready' });
    await settled();
    ticket = { ...fixtureTicket, revision: '78' };
    panel.says({ type: 'send', ref: here, visibility: 'internal', text: 'late' });
    await settled();
    assert.equal(sent[0]?.ticket?.revision, '77');
  });

  it('keeps the draft when it could not be queued, and says why', async () => {
    drafts.set('reply', 'Hello');
    enqueue = () => fail({ reason: 'storage', message: 'SQLITE_FULL' });
    panel.says({ type: 'ready' });
    panel.says({ type: 'send', ref: here, visibility: 'public', text: 'Hello' });
    await settled();
    assert.match(panel.all('sent')[0]?.error ?? '', /SQLITE_FULL/);
    assert.equal(drafts.get('reply'), 'Hello');
  });

  it('sends nothing of a draft but what is meant to be sent', async () => {
    panel.says({ type: 'ready' });
    panel.says({
      type: 'send',
      ref: here,
      visibility: 'public',
      text: '<!-- Not sent: Carol reads this. -->\n\nHello',
    });
    panel.says({
      type: 'send',
      ref: here,
      visibility: 'public',
      text: '<!-- Not sent: Carol reads this. -->',
    });
    panel.says({
      type: 'send',
      ref: here,
      visibility: 'public',
      text: '<!-- Not sent: Carol reads this.\n\nHello again',
    });
    await settled();
    assert.deepEqual(
      sent.flatMap(({ steps }) => steps.map((step) => step.type === 'post' && step.body)),
      ['Hello'],
    );
    const [empty, unclosed] = panel.all('sent').flatMap(({ error }) => error ?? []);
    assert.match(empty ?? '', /nothing to send/);
    assert.match(unclosed ?? '', /is not closed/);
  });

  it('keeps drafts apart and in order, and tells the page how far it has heard', async () => {
    panel.says({ type: 'ready' });
    panel.says({ type: 'draft', ref: here, visibility: 'internal', text: 'N', turn: 1 });
    panel.says({ type: 'draft', ref: here, visibility: 'internal', text: 'No', turn: 2 });
    panel.says({ type: 'draft', ref: here, visibility: 'public', text: 'Hello', turn: 1 });
    await settled();
    assert.deepEqual(Object.fromEntries(drafts), { note: 'No', reply: 'Hello' });
    assert.deepEqual(panel.state?.composer, {
      public: composed('Hello', { turn: 1 }),
      internal: composed('No', { turn: 2 }),
    });
  });

  it('does nothing at a message that is not exactly one of the panel\u2019s', async () => {
    panel.says({ type: 'ready' });
    await settled();
    log = [];
    for (const message of [
      'send',
      { type: 'send', ref: here, visibility: 'all', text: 'x' },
      { type: 'action', action: 'workbench.action.quit' },
      { type: 'open-link', url: 'command:workbench.action.quit' },
      { type: 'open-document', source: 'link', id: 'unknown' },
      { type: 'save-attachment', attachmentId: 'unknown' },
      { type: 'show-all', entryId: 'unknown' },
    ]) {
      panel.says(message);
    }
    await settled();
    assert.deepEqual([log, sent, panel.all('body')], [[], [], []]);
  });

  it('runs actions for its own ticket, and opens the documents that are linked or named', () => {
    panel.says({ type: 'ready' });
    panel.says({ type: 'action', action: 'escalate' });
    panel.says({ type: 'open-document', source: 'link', id: 'l2' });
    panel.says({ type: 'open-document', source: 'entry', id: 'e9' });
    assert.deepEqual(
      log.filter((line) => line !== 'refresh'),
      ['escalate 1234', 'open runbooks/vpn-client.md', 'open runbooks/vpn-certificate-chain.md'],
    );
  });

  it('brings the cursor into the composer, also of a panel that is only being opened', () => {
    host.show('internal');
    assert.equal(panel.told.length, 0);
    panel.says({ type: 'ready' });
    assert.deepEqual(panel.told.at(-1), { type: 'focus-composer', visibility: 'internal' });
    host.show('public');
    assert.deepEqual(panel.told.at(-1), { type: 'focus-composer', visibility: 'public' });
  });

  it('says that what was queued has arrived', () => {
    outbox = [waiting];
    panel.says({ type: 'ready' });
    outbox = [];
    host.update();
    assert.deepEqual(panel.all('arrived'), [{ type: 'arrived', intent: 'note' }]);
  });

  it('says so when the ticket is not on this machine, and shows it when it comes', async () => {
    ticket = undefined;
    panel.says({ type: 'ready' });
    assert.equal(panel.all('gone').length, 1);
    ticket = fixtureTicket;
    await settled();
    assert.equal(panel.state?.ticket.key, 'RT-1234');
  });
});
