import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readSample, sampleTickets } from '../../../src/backends/local/import/importer.ts';
import type { Entry } from '../../../src/desk/entry.ts';
import { describeDocument } from '../../../src/runbooks/document.ts';
import { alreadyWritten, suggest } from '../../../src/runbooks/suggest.ts';

const document = (title: string, text: string) => ({ ref: { title }, text });
const documents = [
  document('Printer queue is stuck', 'Stop the spooler, delete the files, start the spooler.'),
  document(
    'VPN does not connect',
    '---\nsymptoms: [error 809, tunnel]\n---\nCheck the certificate and the time of the laptop.',
  ),
  document('New laptop', 'Install the printer driver and the VPN client. The printer is on the third floor.'),
  document('Onboarding', '---\ntickets: [RT-7]\n---\nAccounts for a new colleague.'),
  document('Empty', ''),
];
const saying = (text: string): Entry[] => [
  {
    id: '1',
    kind: 'reply',
    visibility: 'public',
    author: { id: 'carol', name: 'Carol' },
    at: 0,
    fromRequester: true,
    body: { format: 'text', text },
    changes: [],
    attachments: [],
  },
];
const about = (subject: string, key = 'RT-1') => ({ key, subject, tags: [], assets: [] });
const titles = (subject: string, text = '', key = 'RT-1') =>
  suggest(about(subject, key), saying(text), documents).map(({ ref }) => ref.title);

describe('suggesting documents', () => {
  it('puts the likeliest first', () => {
    assert.equal(
      titles('Cannot print', 'My printer does nothing, the queue is full')[0],
      'Printer queue is stuck',
    );
    assert.equal(titles('Error 809 at home')[0], 'VPN does not connect');
    assert.equal(titles('VPN is down', 'It does not connect, the tunnel fails')[0], 'VPN does not connect');
  });

  it('puts a document that names the ticket before all others', () => {
    assert.equal(titles('Printer queue stuck', '', 'RT-7')[0], 'Onboarding');
  });

  it('suggests nothing rather than anything', () => {
    assert.deepEqual(titles('Hello, please help', 'thanks'), []);
    assert.deepEqual(titles(''), []);
    assert.deepEqual(suggest(about('printer'), [], []), []);
  });

  it('leaves out what shares words of the text only, unless it fits nearly as well', () => {
    const said = saying('The certificate report does not fit on the screen: it expired.');
    const fitting = [
      document('Order a screen', 'Choose a monitor from the catalogue.'),
      document('Renew a certificate', 'Reports of an expired certificate do not fit here.'),
    ];
    const names = (subject: string) => suggest(about(subject), said, fitting).map(({ ref }) => ref.title);
    assert.deepEqual(names('Second screen, please'), ['Order a screen']);
    assert.deepEqual(names('Second screen for certificate reports'), [
      'Renew a certificate',
      'Order a screen',
    ]);
  });

  it('reads accents and case alike', () => {
    const [first] = suggest(about('DRÜCKER'), [], [...documents, document('drucker', '')]);
    assert.equal(first?.ref.title, 'drucker');
  });
});

describe('the documents of the sample workspace', () => {
  const media = new URL('../../../media/sample/', import.meta.url);
  const workspace = new URL('workspace/', media).pathname;
  const files = globSync('**/*.md', { cwd: workspace }).map((file) => {
    const text = readFileSync(path.join(workspace, file), 'utf8');
    return { ref: { title: describeDocument(text, file).title, path: file }, text };
  });
  const sample = readSample(readFileSync(new URL('desk.json', media), 'utf8'));
  assert.ok(sample.ok);
  const me = { id: 'alice', name: 'Alice Agent' };
  const now = Date.parse('2026-11-26T12:00Z');
  const desk = sampleTickets(sample.value, { accountId: 'local', me, now });

  it('are suggested for the tickets they are linked to, by what was said before', () => {
    const places = desk.links.map(({ ticket: { id }, document }) => {
      const linked = desk.tickets.find(({ ticket }) => ticket.id === id);
      assert.ok(linked);
      const { ticket, entries } = linked;
      const before = entries.slice(
        0,
        entries.findIndex(({ link }) => link),
      );
      const suggested = suggest({ ...ticket, key: 'RT-1' }, before, files);
      return suggested.findIndex(({ ref }) => ref.path === document.path);
    });
    assert.equal(places.length, 16);
    assert.ok(places.filter((place) => place === 0).length >= 13, String(places));
    assert.ok(places.filter((place) => place >= 0).length >= 15, String(places));
  });
});

describe('a document that is about the same', () => {
  const document = (title: string, more = '') => ({
    ref: { title },
    text: `---\n${more}\n---\n# ${title}\n`,
  });
  const ticket = about('Outlook asks for the password again', 'HD-5');
  const found = (documents: ReturnType<typeof document>[]) =>
    alreadyWritten(ticket, saying('It asks for my password.'), documents).map(({ ref }) => ref.title);

  it('names the ticket, or has most words of its subject', () => {
    const same = document('Outlook: password asked for again and again');
    const symptom = document('Mail', 'symptoms: [Outlook asks for a password again]');
    const named = document('Mail sign-in and its password', 'tickets: [HD-5]');
    const other = document('Outlook profile rebuild');
    assert.deepEqual(found([same, symptom, named, other, document('Printer')]).sort(), [
      'Mail',
      'Mail sign-in and its password',
      'Outlook: password asked for again and again',
    ]);
    assert.deepEqual(found([other]), []);
  });
});
