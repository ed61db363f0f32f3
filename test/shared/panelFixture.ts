import type { Capabilities } from '../../src/desk/capabilities.ts';
import { escalationsOf } from '../../src/desk/escalation.ts';
import type { Entry } from '../../src/desk/entry.ts';
import type { Operation } from '../../src/desk/operation.ts';
import type { Instant, Person, Ticket } from '../../src/desk/ticket.ts';
import { ticketRef } from '../../src/desk/ticket.ts';
import type { ComposedDraft, PanelState, ToPanel } from '../../src/webviews/messages.ts';

/** The moment at which the fixture is looked at: a Thursday, 14:20 UTC. */
export const fixtureNow: Instant = Date.UTC(2025, 2, 6, 14, 20);
const minute = 60_000;
const hour = 60 * minute;
const before = (hours: number, minutes = 0): Instant => fixtureNow - hours * hour - minutes * minute;

export const carol: Person = { id: 'carol', name: 'Carol Ojukwu', email: 'carol.ojukwu@northwind.example' };
const alice: Person = { id: 'alice', name: 'Alice Berg', email: 'alice@desk.example' };
const bob: Person = { id: 'bob', name: 'Bob Lindqvist', email: 'bob@desk.example' };
const system: Person = { id: 'system', name: 'Request Tracker' };

const everything: Capabilities = {
  createTicket: true,
  publicReply: true,
  internalNote: true,
  interactionLog: 'note',
  setSubject: true,
  setStatus: true,
  assign: true,
  setTeam: true,
  setPriority: true,
  setTier: 'team',
  setTags: true,
  setCustomFields: true,
  watchers: ['watcher', 'copy'],
  relate: ['parent', 'child', 'related'],
  merge: true,
  logTime: true,
  attach: true,
  sla: true,
  optimisticConcurrency: false,
  serverSearch: true,
  scopes: ['mine'],
};

/** A draft as the panel is told of it. */
export function composed(text: string, more: Partial<ComposedDraft> = {}): ComposedDraft {
  return { text, turn: 0, files: [], open: [], ...more };
}

export const fixtureTicket: Ticket = {
  accountId: 'rt',
  id: '1234',
  key: 'RT-1234',
  subject:
    'VPN client disconnects every few minutes after the certificate renewal on Monday, cannot reach the file shares or the ERP',
  requester: carol,
  assignee: alice,
  team: 'Network',
  status: { name: 'open', category: 'open' },
  priority: { name: 'High', rank: 2 },
  kind: 'incident',
  channel: 'e-mail',
  tier: 2,
  tags: ['vpn', 'certificates', 'remote-work'],
  assets: ['NB-20417', 'vpn-gw-02'],
  customFields: [
    { id: 'cf1', name: 'Site', values: ['Rotterdam (home office)'] },
    { id: 'cf2', name: 'Operating system', values: ['Windows 11 23H2'] },
    { id: 'cf3', name: 'Affected services', values: ['File shares', 'ERP', 'Printing'] },
  ],
  createdAt: before(50),
  updatedAt: before(0, 22),
  firstRespondedAt: before(49, 10),
  reassignments: 2,
  reopenings: 1,
  sla: [
    {
      target: 'first-response',
      state: 'met',
      dueAt: before(48),
      stoppedAt: before(49, 10),
      source: 'backend',
    },
    { target: 'resolution', state: 'running', dueAt: before(2, 12), source: 'policy' },
  ],
  url: 'https://rt.example/Ticket/Display.html?id=1234',
  revision: '77',
  mine: true,
};

let entryCount = 0;
function entry(
  at: Instant,
  author: Person,
  part: Partial<Entry> & Pick<Entry, 'kind' | 'visibility'>,
): Entry {
  entryCount += 1;
  return {
    id: `e${entryCount}`,
    at,
    author,
    changes: [],
    attachments: [],
    fromRequester: author === carol,
    ...part,
  };
}

const mail = `<html><head><style>p{color:red}</style></head><body style="font-family:Calibri">
<p>Hello,</p>
<p>since <b>Monday morning</b> the VPN client throws me out every three to five minutes. It says:</p>
<pre>IKE_AUTH failed: certificate has expired or is not yet valid (13801)</pre>
<p>What I tried already:</p>
<ol><li>restarted the laptop, twice</li><li>another network (phone hotspot): the same</li><li>the steps on <a href="https://intranet.example/it/vpn">our intranet page</a></li></ol>
<table><tr><th>When</th><th>Where</th><th>Lasted</th></tr><tr><td>08:12</td><td>home</td><td>4 min</td></tr><tr><td>08:31</td><td>hotspot</td><td>3 min</td></tr></table>
<p>I have a closing to finish by Thursday evening, so this is rather urgent.</p>
<p>Kind regards<br>Carol Ojukwu<br><font size="1">Northwind Trading B.V.</font><br><img src="https://tracker.example/pixel.gif" alt="logo"></p></body></html>`;

const pasted = `**Looked at the gateway.** The renewal on Monday replaced the leaf but not the intermediate:

\`\`\`
$ openssl s_client -connect vpn-gw-02:443 -showcerts | grep -c BEGIN
1
\`\`\`

- clients with the old intermediate cached connect, then drop at rekey
- \`vpn-gw-01\` sends the full chain, so moving Carol there works around it

> Do **not** promise a date before the change board has met.`;

export const fixtureEntries: Entry[] = [
  entry(before(50), carol, {
    kind: 'reply',
    visibility: 'public',
    body: { text: mail, format: 'html' },
    attachments: [
      { id: 'a1', name: 'vpn-client-log.txt', mediaType: 'text/plain', size: 48_213 },
      { id: 'a2', name: 'error-13801.png', mediaType: 'image/png', size: 212_904 },
    ],
  }),
  entry(before(49, 58), system, {
    kind: 'field',
    visibility: 'system',
    changes: [{ field: 'Queue', to: 'Helpdesk' }],
  }),
  entry(before(49, 10), alice, {
    kind: 'reply',
    visibility: 'public',
    body: {
      text: 'Hello Carol,\n\nthank you for the precise description, that saves us a lot of time. I am looking into it now and will call you before 11.\n\nUntil then you can work in the web client: https://web.example/erp\n\nAlice',
      format: 'text',
    },
  }),
  entry(before(48, 40), alice, {
    kind: 'log',
    visibility: 'internal',
    channel: 'phone',
    minutes: 14,
    body: {
      text: 'Called Carol. Client 7.2.1, certificate store shows the old intermediate. Reproduced while she was on the line; drops exactly at rekey (180 s). She has a closing on Thursday and works from home all week.',
      format: 'text',
    },
  }),
  entry(before(48, 35), alice, {
    kind: 'status',
    visibility: 'system',
    changes: [
      { field: 'Status', from: 'new', to: 'open' },
      { field: 'Priority', from: 'Medium', to: 'High' },
    ],
  }),
  entry(before(27), alice, {
    kind: 'hand-off',
    visibility: 'internal',
    body: {
      text: '## What is happening\nVPN drops at rekey since the certificate renewal.\n\n## What was tried\nReinstall of the client (no change), other network (no change).\n\n## Verify first\nWhich chain does `vpn-gw-02` send?',
      format: 'markdown',
    },
  }),
  entry(before(27), alice, {
    kind: 'field',
    visibility: 'system',
    changes: [
      { field: 'Queue', from: 'Helpdesk', to: 'Network' },
      { field: 'Owner', from: 'alice', to: 'bob' },
    ],
  }),
  entry(before(25, 20), bob, {
    kind: 'note',
    visibility: 'internal',
    minutes: 25,
    body: { text: pasted, format: 'markdown' },
    attachments: [
      { id: 'a3', name: 'vpn-gw-02-chain.pem', mediaType: 'application/x-pem-file', size: 3_907 },
    ],
  }),
  entry(before(24, 50), bob, {
    kind: 'resolution',
    visibility: 'internal',
    body: {
      text: 'Sent the complete chain from `vpn-gw-02`; moved Carol to `vpn-gw-01` until the change is approved.',
      format: 'markdown',
    },
    link: {
      document: {
        id: 'vpn-chain',
        title: 'VPN drops at rekey after a certificate renewal',
        path: 'runbooks/vpn-certificate-chain.md',
      },
      outcome: 'solved-with-changes',
    },
  }),
  entry(before(24, 48), bob, {
    kind: 'status',
    visibility: 'system',
    changes: [{ field: 'Status', from: 'open', to: 'resolved' }],
  }),
  entry(before(3, 5), carol, {
    kind: 'reply',
    visibility: 'public',
    body: {
      text: 'Hello Alice,\n\nit was fine all of yesterday, but this morning I was moved back to the second gateway and it began again.\n\nCarol\n\nOn 5 Mar 2025 at 13:32, Bob Lindqvist wrote:\n> Hello Carol,\n>\n> we have moved you to our first gateway. Please restart the client once, then the connection should stay up.\n> We will complete the certificate chain of the second one tonight, and you will not notice it.\n>\n> Should it drop again, answer this message or call 4711 and name the ticket.\n>\n> Bob',
      format: 'text',
    },
  }),
  entry(before(0, 22), bob, {
    kind: 'note',
    visibility: 'internal',
    body: {
      text: 'The pool put her back on 02 when 01 was patched at 06:00. Pinning her profile to 01 now, see https://wiki.example/net/pinning.',
      format: 'markdown',
    },
  }),
];

export const waiting: Operation = {
  id: '0195-a',
  accountId: 'rt',
  ticketId: '1234',
  label: 'RT-1234',
  intent: 'note',
  steps: [
    {
      type: 'post',
      kind: 'note',
      visibility: 'internal',
      body: 'Pinned her profile to vpn-gw-01. Watching it until 16:00.',
    },
  ],
  done: 0,
  state: 'queued',
  createdAt: before(0, 6),
  attempts: 1,
  forced: false,
};

export const refused: Operation = {
  ...waiting,
  id: '0195-b',
  intent: 'reply',
  steps: [
    {
      type: 'post',
      kind: 'reply',
      visibility: 'public',
      body: 'Hello Carol,\n\nyour profile now stays on the first gateway. Please restart the client once more.',
    },
  ],
  state: 'failed',
  createdAt: before(0, 3),
  error: {
    reason: 'forbidden',
    message:
      'You are not allowed to reply to this ticket in queue Network. The reply is kept in the outbox. Ask for the right ReplyToTicket, then retry.',
  },
};

/** All that a panel shows. */
export interface Shown extends PanelState {
  entries: Entry[] | undefined;
}

/** What the extension says of it. */
export function messagesOf({ entries, ...state }: Shown): ToPanel[] {
  const { ticket } = state;
  return [
    { type: 'state', state: { ...state, entryCount: entries?.length } },
    ...(entries === undefined
      ? []
      : [{ type: 'entries' as const, ref: ticketRef(ticket), at: 0, total: entries.length, entries }]),
  ];
}

/** A ticket in the middle of its life: mails, a call, notes, a resolution that did not hold, and changes on their way. */
export const fixtureState: Shown = {
  ticket: fixtureTicket,
  accountLabel: 'Request Tracker',
  capabilities: everything,
  entries: fixtureEntries,
  entryCount: fixtureEntries.length,
  cut: {},
  firstNew: 'e11',
  pending: [waiting, refused],
  links: [
    {
      id: 'l1',
      ticket: { accountId: 'rt', id: '1234' },
      ticketKey: 'RT-1234',
      document: {
        id: 'vpn-chain',
        title: 'VPN drops at rekey after a certificate renewal',
        path: 'runbooks/vpn-certificate-chain.md',
      },
      outcome: 'solved-with-changes',
      at: before(24, 50),
      by: 'Bob Lindqvist',
    },
    {
      id: 'l2',
      ticket: { accountId: 'rt', id: '1234' },
      ticketKey: 'RT-1234',
      document: {
        title: 'Reinstall the VPN client',
        path: 'runbooks/vpn-client.md',
        heading: 'Clean removal',
      },
      outcome: 'did-not-help',
      at: before(48, 30),
      by: 'Alice Berg',
    },
  ],
  runs: [
    {
      id: 'run-1',
      title: 'Printer queue is stuck',
      state: 'open',
      settled: 1,
      steps: 3,
      startedAt: before(1, 0),
      by: 'Bob Lindqvist',
    },
  ],
  others: [
    {
      accountId: 'rt',
      id: '1190',
      key: 'RT-1190',
      subject: 'New headset for the home office',
      status: { name: 'resolved', category: 'resolved' },
    },
  ],
  composer: { public: composed(''), internal: composed('') },
  relatives: [
    {
      kind: 'related',
      ticketId: '1200',
      key: 'RT-1200',
      subject: 'Certificates renewed without the intermediate',
      ticketKind: 'problem',
    },
  ],
  escalations: escalationsOf(fixtureEntries),
  lastSyncedAt: before(0, 1),
  now: fixtureNow,
};
