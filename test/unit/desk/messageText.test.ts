import assert from 'node:assert/strict';
import { messageText } from '../../../src/desk/messageText.ts';

describe('what a message says', () => {
  const says = (text: string) => messageText(text, 'Alice Agent');

  it('is without its greeting', () => {
    for (const greeting of ['Hello Amara,', 'Hi!', 'Dear Mr Nwosu,', 'Guten Tag Frau Weber,', 'Hello']) {
      assert.equal(says(`${greeting}\n\nthe spare phone is ready.`), 'the spare phone is ready.', greeting);
    }
    for (const kept of ['Hi, the phone is ready.', 'Hello', 'Dear customers can sign in again.']) {
      assert.equal(says(kept), kept);
    }
    assert.equal(
      says('It rings.\n\nHello Amara,\n\nnothing else.'),
      'It rings.\n\nHello Amara,\n\nnothing else.',
    );
  });

  it('is without its signature', () => {
    for (const end of [
      'Alice\nService Desk',
      'Alice Agent',
      'Kind regards\nA. Agent\nRoom 4',
      '-- \nSent from a phone',
    ]) {
      assert.equal(says(`It is ready.\n\n${end}`), 'It is ready.', end);
    }
    const about = 'I asked\nAlice\nand she knew\nof it\nsince May\nor so.';
    assert.equal(says(about), about);
    assert.equal(says('Alice'), 'Alice');
  });

  it('is without the mail it answers', () => {
    assert.equal(says('Done.\n\nOn Monday, Amara wrote:\n> Please\n> do it.'), 'Done.');
  });
});
