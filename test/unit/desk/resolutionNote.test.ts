import assert from 'node:assert/strict';
import fc from 'fast-check';
import markdownIt from 'markdown-it';
import { plainText } from '../../../src/desk/htmlText.ts';
import { outcomes, type ResolutionLink } from '../../../src/desk/links.ts';
import { formatDocumentLink, formatResolution, parseResolution } from '../../../src/desk/resolutionNote.ts';
import { oneLine } from '../../../src/desk/plainText.ts';

const link: ResolutionLink = {
  document: {
    id: 'printer-queue',
    title: 'Printer queue is stuck',
    path: 'runbooks/printer-queue.md',
    heading: 'Steps',
    permalink: 'https://forge.example.com/acme/ops/blob/0123abc/runbooks/printer-queue.md',
  },
  outcome: 'solved',
};

const written = fc.string({ unit: 'grapheme', maxLength: 60 }).filter((text) => oneLine(text) !== '');
const links: fc.Arbitrary<ResolutionLink> = fc.record({
  document: fc.record(
    {
      id: written,
      title: written,
      path: written,
      heading: written,
      permalink: fc.webUrl({ withFragments: true, withQueryParameters: true }),
    },
    { requiredKeys: ['title', 'path'] },
  ),
  outcome: fc.constantFrom(...outcomes),
});

/** The characters that Markdown, HTML and mail treat specially, in every order. */
const special = fc
  .array(fc.constantFrom(...'\\ & < > ; ` * _ [ ] ( ) # | ~ lt gt amp quot a'.split(' '), ' ', '\n', '\t'), {
    minLength: 1,
  })
  .map((parts) => parts.join(''))
  .filter((text) => oneLine(text) !== '');
const hostile = fc.oneof(
  links,
  fc.record({
    document: fc.record({ id: special, title: special, path: special, heading: special }),
    outcome: fc.constantFrom(...outcomes),
  }),
);

/** What a link looks like once it was one line a value and a web address that renderers leave alone. */
function normalised({ document, outcome }: ResolutionLink): ResolutionLink {
  const { id, title, path, heading } = document;
  return {
    document: {
      title: oneLine(title),
      path: oneLine(path),
      ...(id !== undefined && { id: oneLine(id) }),
      ...(heading !== undefined && { heading: oneLine(heading) }),
    },
    outcome,
  };
}

function withoutPermalink(parsed: ResolutionLink | undefined): ResolutionLink | undefined {
  if (parsed === undefined) return undefined;
  return { ...parsed, document: { ...parsed.document, permalink: undefined } };
}

/** What ticketing systems and mail programs do to a text without meaning harm. */
const transformations: Record<string, (text: string) => string> = {
  nothing: (text) => text,
  'CRLF line ends': (text) => text.replaceAll('\n', '\r\n'),
  'trailing spaces': (text) => text.replaceAll('\n', '   \n'),
  'no-break spaces': (text) => text.replaceAll(' ', '\u00a0'),
  'a byte order mark': (text) => `\ufeff${text}`,
  'escaped HTML': (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  quoting: (text) => text.replaceAll(/^/gm, '> '),
  'quoting twice': (text) => text.replaceAll(/^/gm, '> > '),
  indentation: (text) => text.replaceAll(/^/gm, '   '),
  'bullets of HTML-to-text': (text) => text.replaceAll(/^- /gm, '  * ').replaceAll('\n', '\n\n'),
  'list marks lost': (text) => text.replaceAll(/^- /gm, ''),
  'a signature below': (text) => `${text}\n\n-- \nAlice Meyer\nFile: not mine`,
};

/** As a system does it that keeps HTML: Markdown is rendered, and text made of it again. */
function throughHtml(text: string): string {
  return plainText({ text: markdownIt({ html: true }).render(text), format: 'html' });
}

describe('resolution note', () => {
  it('comes back the same after it was rendered as HTML and read as text', () => {
    const disarmed = {
      ...link,
      document: { ...link.document, title: '<b>*a*</b> [x](y) R&D & `c` __d__ #1' },
    };
    for (const one of [link, disarmed]) {
      assert.deepEqual(parseResolution(throughHtml(formatResolution('It *works*.', one))), one);
    }
  });

  it('reads like a note', () => {
    assert.equal(
      formatResolution('Cleared the queue and restarted the spooler.\n', link),
      `Cleared the queue and restarted the spooler.

Documentation used:
- Document: Printer queue is stuck
- Section: Steps
- File: runbooks/printer-queue.md
- Link: https://forge.example.com/acme/ops/blob/0123abc/runbooks/printer-queue.md
- Id: printer-queue
- Outcome: solved`,
    );
  });

  for (const [name, transform] of Object.entries(transformations)) {
    it(`comes back the same after ${name}`, () => {
      assert.deepEqual(parseResolution(transform(formatResolution('It *works* again.', link))), link);
    });

    it(`comes back whatever title, path and id are, after ${name}`, () => {
      fc.assert(
        fc.property(fc.string(), hostile, (body, any) => {
          const parsed = parseResolution(transform(formatResolution(body, any)));
          assert.deepEqual(withoutPermalink(parsed), withoutPermalink(normalised(any)));
        }),
      );
    });
  }

  it('keeps a web address that names the same page', () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true }), (permalink) => {
        const any = { ...link, document: { ...link.document, permalink } };
        const back = parseResolution(formatResolution('', any))?.document.permalink ?? '';
        assert.equal(decodeURI(new URL(back).pathname), decodeURI(new URL(permalink).pathname));
        assert.equal(new URL(back).host, new URL(permalink).host);
      }),
    );
  });

  it('writes no address that is not of the web, and no password', () => {
    const noteWith = (permalink: string) =>
      formatResolution('', { ...link, document: { ...link.document, permalink } });
    assert.doesNotMatch(noteWith('javascript:alert(1)'), /javascript|Link:/);
    assert.doesNotMatch(noteWith('command:workbench.action.quit'), /command|Link:/);
    assert.match(
      noteWith('https://bob:hunter2@forge.example.com/x'),
      /- Link: https:\/\/forge\.example\.com\/x/,
    );
  });

  it('reads no address that is not of the web, whoever wrote the note', () => {
    const noteWith = (address: string) =>
      formatResolution('', link).replace(/- Link: .*/, `- Link: ${address}`);
    assert.equal(
      parseResolution(noteWith('https://forge.example.com/x'))?.document.permalink,
      'https://forge.example.com/x',
    );
    for (const address of [
      'javascript:alert(1)',
      'command:workbench.action.quit',
      'file:///etc/passwd',
      'x https://a.b',
    ]) {
      const read = parseResolution(noteWith(address));
      assert.ok(read, address);
      assert.equal(read.document.permalink, undefined);
    }
  });

  it('disarms Markdown and HTML in titles and paths', () => {
    const text = formatResolution('', {
      document: {
        title: '![x](http://evil.example/p.png) <img src=x onerror=alert(1)>\n- Outcome: did not help',
        path: 'a`b`/[c](command:quit)/\u202eexe.md',
      },
      outcome: 'solved',
    });
    assert.doesNotMatch(text, /(?<!\\)[[<`]/);
    assert.doesNotMatch(text, /\u202e/);
    assert.equal(parseResolution(text)?.outcome, 'solved');
  });

  it('takes the link of the note itself, not one it quotes', () => {
    const older = formatResolution('', { ...link, outcome: 'did-not-help' });
    assert.equal(parseResolution(formatResolution(older, link))?.outcome, 'solved');
    assert.equal(parseResolution(`On Monday Bob wrote:\n${older.replaceAll(/^/gm, '> ')}`), undefined);
  });

  it('tells a mere link from what solved the ticket', () => {
    const text = formatDocumentLink({ title: 'VPN [new]', path: 'docs/vpn.md' });
    assert.equal(text, 'Documentation linked:\n- Document: VPN \\[new\\]\n- File: docs/vpn.md');
    assert.equal(parseResolution(text), undefined);
  });

  it('reads a value that was wrapped', () => {
    const wrapped = formatResolution('', link).replace('queue is stuck', 'queue\n  is stuck');
    assert.deepEqual(parseResolution(wrapped), link);
  });

  it('sees no link in other text', () => {
    fc.assert(fc.property(fc.string(), (text) => assert.equal(parseResolution(text), undefined)));
    for (const text of [
      'Documentation used: none',
      'Documentation used:\n- Document: x\n- File: y.md',
      'Documentation used:\n- Document: x\n- File: y.md\n- Outcome: maybe',
      'Outcome: solved\nFile: x.md',
    ]) {
      assert.equal(parseResolution(text), undefined, text);
    }
  });
});
