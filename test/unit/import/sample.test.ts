import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { readSample, sampleTag, sampleTickets } from '../../../src/backends/local/import/importer.ts';
import { defaultTeams } from '../../../src/backends/local/settings.ts';
import { channels, isActive, statusCategories, ticketKinds } from '../../../src/desk/ticket.ts';
import { isTicking, nextClock, slaStateAt } from '../../../src/desk/sla.ts';
import { isHandOff } from '../../../src/desk/handOff.ts';
import { parseResolution } from '../../../src/desk/resolutionNote.ts';
import { now } from './helpers.ts';

const folder = new URL('../../../media/sample/', import.meta.url);
const json = readFileSync(new URL('desk.json', folder), 'utf8');
const me = { id: 'alice', name: 'Alice Agent' };

function load() {
  const sample = readSample(json);
  assert.ok(sample.ok, sample.ok ? '' : sample.error.message);
  return { sample: sample.value, ...sampleTickets(sample.value, { accountId: 'local', me, now }) };
}

describe('the sample desk', () => {
  const { sample, tickets, links } = load();
  const all = tickets.map(({ ticket }) => ticket);
  const entries = tickets.flatMap((one) => one.entries);

  it('has at least 64 tickets under keys of their own', () => {
    assert.ok(all.length >= 64);
    assert.equal(new Set(all.map(({ key }) => key)).size, all.length);
    assert.ok(all.every(({ tags }) => tags.includes(sampleTag)));
  });

  it('shows every kind, channel, status, priority, team and tier', () => {
    const shown = <T>(of: (ticket: (typeof all)[number]) => T) => new Set(all.map(of));
    assert.deepEqual([...shown(({ channel }) => channel)].sort(), [...channels].sort());
    assert.deepEqual([...shown(({ kind }) => kind)].sort(), [...ticketKinds].sort());
    assert.deepEqual([...shown(({ status }) => status.category)].sort(), [...statusCategories].sort());
    assert.deepEqual([...shown(({ priority }) => priority.rank)].sort(), [1, 2, 3, 4]);
    assert.deepEqual([...shown(({ team }) => team)].sort(), defaultTeams.map(({ name }) => name).sort());
    for (const ticket of all) {
      const team = defaultTeams.find(({ name }) => name === ticket.team);
      assert.equal(ticket.tier, team?.tier, `${ticket.key} is with ${ticket.team ?? ''}`);
    }
    const kinds = new Set(entries.map(({ kind }) => kind));
    for (const kind of [
      'reply',
      'note',
      'log',
      'status',
      'field',
      'time',
      'resolution',
      'hand-off',
    ] as const) {
      assert.ok(kinds.has(kind), kind);
    }
  });

  it('has something breached, something about to be, and something with time left, of mine', () => {
    const clocks = all
      .filter((ticket) => ticket.mine && isActive(ticket))
      .flatMap(({ sla }) => nextClock(sla) ?? []);
    const left = (clock: (typeof clocks)[number]) => (clock.dueAt ?? 0) - now;
    assert.ok(clocks.some((clock) => slaStateAt(clock, now) === 'breached'));
    assert.ok(clocks.some((clock) => left(clock) > 0 && left(clock) < 30 * 60_000));
    assert.ok(clocks.some((clock) => left(clock) > 4 * 60 * 60_000));
    assert.ok(
      all
        .filter(isActive)
        .every(({ sla }) => sla.filter(isTicking).every((clock) => clock.dueAt !== undefined)),
    );
  });

  it('gives the user work, and some to everybody', () => {
    assert.ok(all.filter((ticket) => ticket.mine && isActive(ticket)).length >= 12);
    assert.ok(all.every((ticket) => ticket.mine === (ticket.assignee?.id === me.id)));
    assert.ok(all.some((ticket) => ticket.assignee === undefined && isActive(ticket)));
    assert.ok(new Set(all.map(({ assignee }) => assignee?.name)).size >= 7);
    assert.ok(new Set(all.map(({ requester }) => requester?.name)).size >= 20);
  });

  it('is consistent: nothing in the future, entries in order, the last status is the ticket’s', () => {
    for (const { ticket, entries: timeline } of tickets) {
      assert.ok(
        timeline.every(({ at }) => at <= now),
        ticket.key,
      );
      timeline.slice(1).forEach((entry, index) => assert.ok(entry.at >= timeline[index]!.at, ticket.key));
      assert.ok(ticket.createdAt <= ticket.updatedAt);
      const changes = timeline.flatMap((entry) => entry.changes);
      const status = changes.filter(({ field }) => field === 'status').at(-1)?.to ?? 'New';
      assert.equal(status, ticket.status.name, ticket.key);
      assert.equal(
        changes.filter(({ field }) => field === 'team').at(-1)?.to ?? ticket.team,
        ticket.team,
        ticket.key,
      );
      assert.equal(ticket.resolvedAt !== undefined, !isActive(ticket), ticket.key);
      assert.equal(ticket.closedAt !== undefined, ticket.status.category === 'closed', ticket.key);
      assert.equal(new Set(timeline.map(({ id }) => id)).size, timeline.length);
    }
  });

  it('names only tickets and documents that exist', () => {
    const known = new Set(all.map(({ key }) => key));
    for (const { body } of entries) {
      for (const [key] of (body?.text ?? '').matchAll(/\bHD-\d+/g)) assert.ok(known.has(key), key);
      for (const [path] of (body?.text ?? '').matchAll(/\brunbooks\/[\w-]+\.md\b/g)) {
        assert.ok(readFileSync(new URL(`workspace/${path}`, folder), 'utf8').includes('id:'), path);
      }
    }
    for (const [id, { path, title }] of Object.entries(sample.documents)) {
      const text = readFileSync(new URL(`workspace/${path}`, folder), 'utf8');
      assert.ok(text.includes(`\nid: ${id}\n`), path);
      assert.ok(text.includes(`\ntitle: ${title}\n`), path);
    }
  });

  it('comes with a workspace whose links and ticket keys lead somewhere', () => {
    const known = new Set(all.map(({ key }) => key));
    const workspace = new URL('workspace/', folder);
    const files = readdirSync(workspace, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.md'),
    );
    assert.ok(files.filter((file) => file.startsWith('runbooks')).length >= 8);
    for (const file of files) {
      const text = readFileSync(new URL(file, workspace), 'utf8');
      for (const [key] of text.matchAll(/\bHD-\d+/g)) assert.ok(known.has(key), `${file}: ${key}`);
      for (const [, target = ''] of text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)) {
        assert.ok(existsSync(new URL(target, new URL(file, workspace))), `${file}: ${target}`);
      }
    }
  });

  it('ties resolutions to runbooks, on the ticket and in the index', () => {
    const resolutions = entries.filter(({ link }) => link !== undefined);
    assert.ok(resolutions.length >= 10);
    for (const { link, body } of resolutions) assert.deepEqual(parseResolution(body?.text ?? ''), link);
    assert.deepEqual(
      links.map(({ document, outcome }) => ({ document, outcome })),
      resolutions.map(({ link }) => link),
    );
    assert.ok(new Set(links.map(({ outcome }) => outcome)).size === 4);
    assert.ok(
      entries.filter(({ kind }) => kind === 'hand-off').every(({ body }) => isHandOff(body?.text ?? '')),
    );
  });

  it('brings hostile HTML and a hostile file name, and the bytes of every attachment', () => {
    const hostile = entries.find(({ body }) => body?.format === 'html' && body.text.includes('<script'));
    assert.ok(hostile);
    assert.ok(hostile.attachments.some(({ name }) => name === '../../x'));
    for (const one of tickets) {
      const named = one.entries.flatMap(({ attachments }) => attachments);
      assert.deepEqual(
        named.map(({ id, size }) => [id, size]),
        one.files.map(({ id, bytes }) => [id, bytes.length]),
      );
    }
    const image = entries
      .flatMap(({ attachments }) => attachments)
      .find(({ mediaType }) => mediaType === 'image/png');
    const bytes = tickets.flatMap(({ files }) => files).find(({ id }) => id === image?.id)?.bytes;
    assert.deepEqual([...(bytes ?? []).slice(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  });

  it('has conversations of up to ten entries and more, in plain text and in HTML', () => {
    assert.ok(tickets.some((one) => one.entries.length >= 10));
    assert.ok(tickets.filter((one) => one.entries.length >= 4).length >= 30);
    assert.ok(entries.filter(({ body }) => body?.format === 'html').length >= 4);
    assert.ok(entries.some(({ body }) => body?.text.includes('<blockquote>')));
  });

  it('says what is wrong with a sample that was tampered with', () => {
    const broken = readSample(json.replace('"priority": 2', '"priority": 9'));
    assert.ok(!broken.ok);
    assert.match(broken.error.message, /tickets\.0\.priority/);
    assert.equal(readSample('{').ok, false);
  });
});
