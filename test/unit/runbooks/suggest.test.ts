import assert from 'node:assert/strict';
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
const titles = (subject: string, text = '', key = 'RT-1') =>
  suggest({ ticket: { key, subject, tags: [], assets: [] }, text }, documents).map(({ ref }) => ref.title);

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
    assert.deepEqual(
      suggest({ ticket: { key: 'X', subject: 'printer', tags: [], assets: [] }, text: '' }, []),
      [],
    );
  });

  it('reads accents and case alike', () => {
    const [first] = suggest({ ticket: { key: 'X', subject: 'DRÜCKER', tags: [], assets: [] }, text: '' }, [
      ...documents,
      document('drucker', ''),
    ]);
    assert.equal(first?.ref.title, 'drucker');
  });
});

describe('a document that is about the same', () => {
  const document = (title: string, more = '') => ({
    ref: { title },
    text: `---\n${more}\n---\n# ${title}\n`,
  });
  const ticket = { key: 'HD-5', subject: 'Outlook asks for the password again', tags: [], assets: [] };
  const found = (documents: ReturnType<typeof document>[]) =>
    alreadyWritten({ ticket, text: 'It asks for my password.' }, documents).map(({ ref }) => ref.title);

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
