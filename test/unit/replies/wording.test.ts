import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { outline } from '../../../src/runbooks/markdown.ts';
import { findWording } from '../../../src/replies/wording.ts';
import { tonePhrases } from '../../../src/replies/wordingRules.ts';
import type { Broken } from '../../../src/server/fixes/fix.ts';
import { wording } from '../../../src/server/fixes/replyFixes.ts';
import { rangeIn } from '../../../src/server/lines.ts';

const found = (text: string) =>
  findWording(text).map(({ kind, range }) => `${kind}: ${text.slice(range.start, range.end)}`);

/** The text after the first fix of the first thing that is found. */
function mended(text: string): string {
  const document = TextDocument.create('deskside-draft://1/x.md', 'markdown', 1, text);
  const [first] = findWording(outline(text).prose);
  assert.ok(first);
  const { range, message, instead } = first;
  const diagnostic = { range: rangeIn(document, range), message, data: instead };
  const [action] = wording({ document, diagnostic } as unknown as Broken);
  return TextDocument.applyEdits(document, action?.edit?.changes?.[document.uri] ?? []);
}

describe('the wording of a reply', () => {
  it('is plain, kind and says nothing twice', () => {
    assert.deepEqual(
      found('You should have told us that we are to utilize the the form in order to help you.'),
      [
        'tone: You should have',
        'plain-language: utilize',
        'repeated-word: the the',
        'plain-language: in order to',
      ],
    );
  });

  it('is not loud', () => {
    assert.deepEqual(found('Please restart it now!!! DO NOT DO THAT again, it is not what we want.'), [
      'tone: !!!',
      'tone: DO NOT DO THAT',
    ]);
    assert.deepEqual(found('We have seen that DNS and DHCP LAN are down, and that is on us.'), []);
  });

  it('leaves the words of a desk alone', () => {
    const text =
      'We have received your request. Please submit the form to the address below, delete the old version, and select the option that your monitor requires; it is the type of the interface.';
    assert.deepEqual(found(text), []);
  });

  it('is judged in English only', () => {
    assert.deepEqual(found('Bitte nicht utilize, obviously, denn der Rechner ist in order to weg!!'), []);
    assert.deepEqual(found('Utilize!!'), []);
  });

  it('is the writer’s own: no quote, no address, no item of a list run together', () => {
    const text = [
      'This is what you and I do for it, as the form is on the way to you:',
      '> you should have said that in order to utilize it!!',
      '- see https://x.example/utilize and [the form](utilize.html)',
      ...Array.from({ length: 12 }, (_, at) => `- this is the step number ${at} of the list for you`),
      '| utilize | in order to |',
    ].join('\n');
    assert.deepEqual(found(text), []);
  });

  it('is not that of a message that is quoted within a line', () => {
    assert.deepEqual(
      found(
        'When you see "You must restart your computer" or “Obviously wrong!!”, please close it and try again.',
      ),
      [],
    );
    assert.deepEqual(
      found('Please press "Yes" and press "No" and the window of the app is closed for you.'),
      [],
    );
  });

  it('has sentences that end', () => {
    const half = 'this is the part of a sentence that goes on and on and is not at all what you want to read';
    const text = `${half}, and ${half}.`;
    assert.equal(findWording(text)[0]?.kind, 'plain-language');
    assert.equal(mended(text), `${half}. ${half.replace('this', 'This')}.`);
    assert.equal(mended(text.replace(', and', ', but')), `${half}. But ${half}.`);
    assert.deepEqual(found(`${half}.\n\n${half}.`), []);
    const code = text.replace('sentence', 'sentence `like this`');
    assert.equal(mended(code), code.replace(', and this', '. This'), 'code stays');
  });

  it('is mended where there is one thing to say', () => {
    const rest = 'it is the cable that is to be seen on the left of it.';
    assert.equal(mended(`Utilize it: ${rest}`), `Use it: ${rest}`);
    assert.equal(mended(`Obviously, ${rest}`), rest.replace('it', 'It'));
    assert.equal(mended(`We see that the the ${rest}`), `We see that the ${rest}`);
    assert.equal(mended(`Is that it?? Yes, ${rest}`), `Is that it? Yes, ${rest}`);
  });

  it('names each phrase once, in small letters', () => {
    for (const phrase of Object.keys(tonePhrases)) assert.equal(phrase, phrase.toLowerCase());
  });

  it('is found in whatever is written, in order and within it', () => {
    const word = fc.constantFrom(
      'the',
      'you',
      'utilize',
      'obviously',
      'THE',
      '!!',
      '\n- ',
      '> ',
      '|',
      '\r\n',
      '*',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(word).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(text, (written) => {
        let last = 0;
        for (const { range } of findWording(written)) {
          assert.ok(range.start >= last && range.end > range.start && range.end <= written.length);
          last = range.start;
        }
      }),
    );
  });
});
