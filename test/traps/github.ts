import type { Trap, Traps } from './trap.ts';

function trap(test: string, file: string, find: string, replace: string): Trap {
  return { test, file: `src/backends/${file}`, find, replace };
}

export const github: Traps = {
  backend: 'GitHub',
  tests: 'test/unit/github/traps.test.ts',
  traps: [
    trap('pull requests are not tickets', 'github/lists.ts', 'read.value.pull_request ? row :', ''),
    trap(
      'what is closed is not hidden',
      'github/area.ts',
      "changes: (from) => ({ state: 'all', ",
      'changes: (from) => ({ ',
    ),
    trap(
      'labels that are dropped in silence are noticed',
      'github/write.ts',
      'const dropped = this.#issues.notTaken(after.value, fields);',
      'const dropped = undefined;',
    ),
    trap(
      'a transferred issue is shown as closed, and nothing is written to where it went',
      'github/issues.ts',
      'undefined, [301]);',
      'undefined);',
    ),
    trap('a deleted issue is not found', 'http/failure.ts', '    case 410:\n', ''),
    trap(
      'a used-up quota says until when, though GitHub says forbidden',
      'http/rateLimit.ts',
      ' || isExhausted(headers)));',
      '));',
    ),
    trap(
      'a limit that no header announces is waited for, though GitHub says forbidden',
      'http/rateLimit.ts',
      "(headers['retry-after'] !== undefined || isExhausted(headers))",
      'isExhausted(headers)',
    ),
    trap(
      'what has not changed costs no quota',
      'http/conditional.ts',
      "'if-none-match': etag",
      "'x-none': etag",
    ),
    trap(
      'two changes within one second are two revisions',
      'github/issues.ts',
      'return `${raw.updated_at}.${hash}`;',
      'return `${raw.updated_at}.${hash.length}`;',
    ),
    trap(
      'more than a page that changed in one second is read to its end, and once',
      'listing/changes.ts',
      'page: turn.page + 1, fresh',
      'page: turn.page, fresh',
    ),
    trap(
      'rows that shift between two pages are not lost',
      'listing/changes.ts',
      'if (turn.page > 1 && fresh) return',
      'if (turn.page > 1000) return',
    ),
    trap(
      'what is given away drops out of our list, and is noticed',
      'listing/changes.ts',
      ' || at.inside.includes(id)',
      '',
    ),
    trap(
      'a server clock that is -5 hours off loses nothing',
      'github/lists.ts',
      "Date.parse(listed.value.headers.date ?? '')",
      'Date.now()',
    ),
    trap(
      'an internal note is refused, not published',
      'github/write.ts',
      "if (step.visibility === 'internal') {",
      "if (step.body === '') {",
    ),
    trap(
      'a reply whose answer was lost is found by its mark, which nobody sees',
      'github/write.ts',
      '{ body: marked(text, key) }',
      '{ body: text }',
    ),
    trap(
      'a stranger does not choose who the requester is',
      'github/issues.ts',
      'staff.has(raw.author_association)',
      'raw.body',
    ),
    trap(
      'a search that gave up half-way is an error, not a short list',
      'github/client.ts',
      'found.value.incomplete_results\n',
      'found.value.items.length < 0\n',
    ),
    trap(
      'what a query finds in another repository is no ticket of this one',
      'github/lists.ts',
      'if (!this.#issues.isOwn(read.value)) return row;',
      '',
    ),
    trap(
      'what the search index tells late is not lost',
      'github/area.ts',
      'searchOverlapMs = 120_000',
      'searchOverlapMs = 1_000',
    ),
    trap(
      'one issue that can not be understood does not stop the others',
      'github/lists.ts',
      'if (!read.ok) return { ...row, problem: read.error.message };',
      'if (!read.ok) throw new Error(read.error.message);',
    ),
    trap(
      'somebody who deleted their account is a ghost',
      'github/schema.ts',
      "v.nullish(v.object({ login: v.string() }), { login: 'ghost' })",
      'v.object({ login: v.string() })',
    ),
  ],
};
