import assert from 'node:assert/strict';
import fc from 'fast-check';
import markdownIt from 'markdown-it';
import type { Entry } from '../../../src/desk/entry.ts';
import { disarmMarkdown, disarmText } from '../../../src/desk/plainText.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import { ticketMarkdown, ticketSummary } from '../../../src/desk/ticketMarkdown.ts';

const now = Date.UTC(2026, 2, 31, 12);
const setting = { now, time: (at: number) => new Date(at).toISOString().slice(0, 16) };
const ticket: Ticket = {
  accountId: 'local',
  id: '12',
  key: 'DESK-12',
  subject: 'VPN drops',
  requester: { id: 'carol', name: 'Carol Nguyen' },
  status: { name: 'Open', category: 'open' },
  priority: { name: 'High', rank: 2 },
  kind: 'incident',
  channel: 'phone',
  tier: 1,
  team: 'Service Desk',
  tags: [],
  assets: [],
  customFields: [{ id: 'cf', name: 'Building', values: ['B'] }],
  createdAt: now,
  updatedAt: now,
  reassignments: 0,
  reopenings: 0,
  sla: [
    { target: 'first-response', state: 'running', dueAt: now - 90 * 60_000, source: 'policy' },
    { target: 'resolution', state: 'running', dueAt: now + 27 * 3_600_000, source: 'policy' },
  ],
  revision: '1',
  mine: true,
};
const entry: Entry = {
  id: 'e',
  at: now,
  author: { id: 'carol', name: 'Carol Nguyen' },
  kind: 'reply',
  visibility: 'public',
  body: { format: 'html', text: '<p>It drops <b>every</b> hour.</p>' },
  changes: [{ field: 'Status', from: 'New', to: 'Open' }],
  attachments: [{ id: 'a', name: '../../log.txt', mediaType: 'text/plain' }],
  fromRequester: true,
};

function rendered(markdown: string): string {
  return markdownIt({ html: true, linkify: false }).render(markdown);
}

const hostile = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '![x](http://evil.example/p.png)',
  '[click](command:workbench.action.quit)',
  '[x]: http://evil.example "t"\n[x]',
  '<http://evil.example>',
  '# Heading\n---\n```\ncode',
  'a\n===',
  '\u202egnp.exe',
];

describe('a ticket as Markdown', () => {
  it('says in a hover what one wants to know', () => {
    assert.equal(
      ticketSummary(ticket, [entry], setting),
      `**DESK-12** VPN drops

Open · High · from Carol Nguyen · assigned to nobody · in Service Desk · tier 1 · **first response 1 h 30 min overdue** · resolution due in 1 d 3 h · changed 2026-03-31T12:00

2026-03-31T12:00, Carol Nguyen, public message:

> It drops every hour.`,
    );
  });

  it('keeps the lists of what was written last', () => {
    const body = { format: 'markdown', text: 'Tried:\n\n- reboot\n- cable' } as const;
    const html = rendered(ticketSummary(ticket, [{ ...entry, body }], setting));
    assert.match(html, /<blockquote>\s*<p>Tried:<\/p>\s*<ul>\s*<li>reboot<\/li>\s*<li>cable<\/li>/);
  });

  it('is a document with its whole timeline', () => {
    assert.equal(
      ticketMarkdown(ticket, [entry], setting).split('\n\n').slice(2).join('\n\n'),
      `Building: B

## 2026-03-31T12:00, Carol Nguyen, public message

Status: New → Open

> It drops every hour.

Attachment: ../../log.txt
`,
    );
    assert.match(ticketMarkdown(ticket, undefined, setting), /has not been fetched/);
  });

  it('shows hostile text as text', () => {
    for (const text of hostile) {
      for (const format of ['text', 'markdown', 'html'] as const) {
        const body = { format, text: format === 'html' ? text.replaceAll('<', '&lt;') : text };
        const person = { id: 'x', name: text };
        const bad: Ticket = { ...ticket, subject: text, requester: person, team: text, key: text };
        const entries: Entry[] = [{ ...entry, author: person, body, changes: [{ field: text, to: text }] }];
        const summary = rendered(ticketSummary(bad, entries, setting));
        assert.doesNotMatch(summary, /<(?:script|img|a|h\d|pre|hr)\b|\u202e/, text);
        const document = rendered(ticketMarkdown(bad, entries, setting));
        assert.doesNotMatch(document, /<(?:script|img|iframe)\b/, text);
        if (format !== 'markdown') assert.doesNotMatch(document, /<(?:a|pre)\b/, text);
      }
    }
  });

  it('is harmless where pictures stand in links, and soon, however many brackets there are', function () {
    this.timeout(10_000);
    const text = disarmText(
      '[![x](https://e.example/p.png)](https://e.example)\n[two\nlines](https://e.example)\n[r]: https://e.example',
    );
    assert.doesNotMatch(rendered(text), /<(?:img|a)\b/);
    for (const escaped of ['\\[a](https://e.example)', '[a\\\\](https://e.example)', '\\<img src=x>'])
      assert.doesNotMatch(rendered(disarmText(escaped)), /<(?:img|a)\b/, escaped);
    assert.doesNotMatch(rendered(disarmMarkdown('\\![x](https://e.example/p.png)')), /<img\b/);
    assert.doesNotMatch(rendered(disarmMarkdown('\\<img src=x>')), /<img\b/);
    assert.ok(disarmText('['.repeat(200_000)).length >= 200_000);
  });

  it('never turns the words of others into tags or images', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      '!',
      '[',
      ']',
      '(',
      ')',
      'a',
      '\\',
      '`',
      '\n',
      ' ',
      'http://e.example',
      'script',
      'img src=x',
      '&lt;',
    );
    const text = fc.array(parts, { maxLength: 20 }).map((all) => all.join(''));
    fc.assert(
      fc.property(text, (any) => {
        const html = rendered(
          ticketSummary(
            { ...ticket, subject: any },
            [{ ...entry, body: { format: 'text', text: any } }],
            setting,
          ),
        );
        assert.doesNotMatch(html, /<(?:script|img|a)\b/);
      }),
    );
  });
});
