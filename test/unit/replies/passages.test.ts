import assert from 'node:assert/strict';
import { formatDraft } from '../../../src/replies/draftText.ts';
import { comment, endOfWriting } from '../../../src/replies/passages.ts';

describe('where the writing of a draft goes on', () => {
  const hint = comment('Carol Ojukwu will read this.\n\n> quoted');
  const cases: [string, string][] = [
    ['', '|'],
    ['Hello', 'Hello|'],
    ['Hello\n\nBye  \n', 'Hello\n\nBye|  \n'],
    [`\n\n${hint}\n`, `|\n\n${hint}\n`],
    [`Hello\n\n${hint}\n`, `Hello|\n\n${hint}\n`],
    [`Hello\n\n${hint}\n\nBye\n`, `Hello\n\n${hint}\n\nBye|\n`],
    [`${hint}\n\n${hint}`, `|${hint}\n\n${hint}`],
    ['<!-- mine -->', '<!-- mine -->|'],
    [formatDraft({ subject: 'VPN' }, 'Since Monday\n'), '---\nsubject: VPN\n---\n\nSince Monday|\n'],
    [formatDraft({ subject: undefined }, `\n\n${hint}\n`), `---\nsubject:\n---\n\n|\n\n${hint}\n`],
    ['---\nsubject:\n---', '---\nsubject:\n---|'],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(expected), () => {
      const at = endOfWriting(text);
      assert.equal(`${text.slice(0, at)}|${text.slice(at)}`, expected);
    });
  }
});
