import assert from 'node:assert/strict';
import fc from 'fast-check';
import markdownIt from 'markdown-it';
import type { Body, Entry, EntryKind } from '../../../src/desk/entry.ts';
import { formatHandOff } from '../../../src/desk/handOff.ts';
import { formatLog } from '../../../src/desk/interactionLog.ts';
import { formatResolution } from '../../../src/desk/resolutionNote.ts';
import type { Ticket } from '../../../src/desk/ticket.ts';
import { checkFields, isRunbook } from '../../../src/runbooks/fields.ts';
import { parseFrontMatter, valueOf, valuesOf } from '../../../src/runbooks/frontMatter.ts';
import { applyRedactions } from '../../../src/runbooks/redaction.ts';
import { runbookFromTicket } from '../../../src/runbooks/runbookFromTicket.ts';
import { runbookSections } from '../../../src/runbooks/runbookTemplate.ts';

const now = Date.UTC(2026, 2, 31, 12);
const carol = { id: 'carol', name: 'Carol Nguyen', email: 'carol@example.com' };
const alice = { id: 'alice', name: 'Alice Meyer' };

const ticket: Ticket = {
  accountId: 'local',
  id: '12',
  key: 'DESK-12',
  subject: "Carol's printer queue is stuck",
  requester: carol,
  assignee: alice,
  team: 'Service Desk',
  status: { name: 'Open', category: 'open' },
  priority: { name: 'High', rank: 2 },
  kind: 'incident',
  channel: 'phone',
  tier: 1,
  tags: ['printing'],
  assets: ['PRN-0042'],
  customFields: [],
  createdAt: now - 9e6,
  updatedAt: now,
  reassignments: 0,
  reopenings: 0,
  sla: [],
  revision: '1',
  mine: true,
};

function entry(kind: EntryKind, body: string | Body, fromRequester = false): Entry {
  return {
    id: kind,
    at: now - 1000,
    author: fromRequester ? carol : alice,
    kind,
    visibility: fromRequester ? 'public' : 'internal',
    body: typeof body === 'string' ? { text: body, format: 'markdown' } : body,
    changes: [],
    attachments: [],
    fromRequester,
  };
}

function section(text: string, heading: string): string {
  return text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0]?.trim() ?? 'no such section';
}

const timeline = [
  entry(
    'reply',
    {
      format: 'html',
      text: '<p>Nothing prints since <b>Friday</b>.</p><script>x()</script><p>Call me: +49 171 1234567</p><p>Kind regards,<br>Carol<br>Accounting</p><blockquote>old</blockquote>',
    },
    true,
  ),
  entry('log', formatLog({ channel: 'phone', minutes: 5, body: 'Restarted the PC: no change.' })),
  entry('note', 'Tried admin share \\\\prn01\\queue, password: Winter2026!'),
  entry(
    'hand-off',
    formatHandOff({
      to: 'Tier 2',
      sections: {
        situation: 'Queue comes back.',
        tried: 'x',
        hypothesis: 'Broken driver.',
        impact: 'y',
        verifyFirst: '- Driver version',
        environment: '',
        references: '',
      },
    }),
  ),
  entry(
    'resolution',
    formatResolution(
      '1. Stop the spooler.\n2. Delete `C:\\Windows\\System32\\spool\\PRINTERS\\*`.\n3. Start the spooler.\n\nIt was caused by a damaged job. Carol confirmed that it prints.',
      { document: { title: 'Old', path: 'old.md' }, outcome: 'solved' },
    ),
  ),
];

describe('runbook from a ticket', () => {
  const { fileName, text, redactions } = runbookFromTicket(ticket, timeline, { now });

  it('has front matter that says where it comes from', () => {
    const frontMatter = parseFrontMatter(text);
    assert.ok(frontMatter && isRunbook(frontMatter));
    assert.deepEqual([...frontMatter.problems, ...checkFields(frontMatter)], []);
    assert.equal(valueOf(frontMatter, 'title'), "Carol's printer queue is stuck");
    assert.equal(valueOf(frontMatter, 'confidence'), 'wip');
    assert.deepEqual(valuesOf(frontMatter, 'tickets'), ['DESK-12']);
    assert.equal(valueOf(frontMatter, 'owner'), 'Service Desk');
  });

  it('fills its sections from the timeline', () => {
    assert.deepEqual(
      [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading),
      runbookSections.map(({ heading }) => heading),
    );
    assert.equal(section(text, 'Issue'), '> Nothing prints since Friday.\n>\n> Call me: +49 171 1234567');
    assert.equal(section(text, 'Environment'), '- PRN-0042');
    assert.equal(
      section(text, 'Steps'),
      '1. Stop the spooler.\n2. Delete `C:\\Windows\\System32\\spool\\PRINTERS\\*`.\n3. Start the spooler.',
    );
    assert.equal(section(text, 'Cause'), '- It was caused by a damaged job.');
    assert.equal(section(text, 'Verify'), '- Carol confirmed that it prints.');
    assert.equal(
      section(text, 'Escalate when'),
      '- Queue comes back.\n- Suspected: Broken driver.\n- They will ask for: Driver version',
    );
    assert.match(
      section(text, 'History'),
      /^- 2026-03-31: written from DESK-12\.\n- .*: Restarted the PC: no change\.\n- /,
    );
    assert.match(section(text, 'Roll back'), /^<!-- .* -->$/);
    assert.doesNotMatch(text, /script|Documentation used|Interaction log|old/);
  });

  it('proposes a name that names nobody', () => {
    assert.equal(fileName, 'printer-queue-is-stuck.md');
  });

  it('names what should be taken out', () => {
    assert.deepEqual([...new Set(redactions.map(({ kind, text: secret }) => `${kind}: ${secret}`))].sort(), [
      'host: prn01',
      'password: Winter2026!',
      'person: Carol',
      'phone: +49 171 1234567',
    ]);
    const redacted = applyRedactions(text, redactions);
    assert.doesNotMatch(redacted, /Carol|Winter|1234567/);
    assert.deepEqual(parseFrontMatter(redacted)?.problems, []);
    assert.equal(valueOf(parseFrontMatter(redacted), 'title'), "[requester]'s printer queue is stuck");
  });

  it('writes what is there of a ticket without a timeline', () => {
    const written = runbookFromTicket(
      { ...ticket, subject: '', tags: [], assets: [], team: undefined, tier: undefined },
      [],
      { now, takenIds: new Set(['desk-12']) },
    );
    assert.equal(written.fileName, 'desk-12.md');
    assert.equal(valueOf(parseFrontMatter(written.text), 'id'), 'desk-12-2');
    assert.equal(section(written.text, 'History'), '- 2026-03-31: written from DESK-12.');
  });

  it('takes steps from notes while nothing is solved', () => {
    const written = runbookFromTicket(ticket, timeline.slice(0, 2), { now });
    assert.equal(section(written.text, 'Steps'), '1. Restarted the PC: no change.');
  });

  it('lets no text of a stranger become markup', () => {
    const hostile =
      '<img src=x onerror=alert(1)> ![t](http://evil.example/p.png) [a](command:quit)\n# Heading\n```\ncode\n---\n[x]: http://evil.example';
    for (const format of ['text', 'html'] as const) {
      const body = { format, text: format === 'html' ? hostile.replaceAll('<', '&lt;') : hostile };
      const written = runbookFromTicket(ticket, [entry('reply', body, true)], { now });
      const html = markdownIt({ html: true }).render(section(written.text, 'Issue'));
      assert.doesNotMatch(html, /<(?:img|a|h1|hr|pre|code)\b/, html);
    }
  });

  it('has readable front matter whatever the ticket says', () => {
    const any = fc.record({
      subject: fc.string({ unit: 'grapheme' }),
      tags: fc.array(fc.string()),
      body: fc.string({ unit: 'grapheme' }),
    });
    fc.assert(
      fc.property(any, ({ subject, tags, body }) => {
        const written = runbookFromTicket(
          { ...ticket, subject, tags },
          [entry('reply', { text: body, format: 'text' }, true)],
          { now },
        );
        for (const one of [written.text, applyRedactions(written.text, written.redactions)]) {
          const frontMatter = parseFrontMatter(one);
          assert.deepEqual(frontMatter?.problems, []);
          assert.deepEqual(valuesOf(frontMatter, 'tickets'), ['DESK-12']);
        }
      }),
    );
  });
});
