import type { Trap, Traps } from './trap.ts';

function trap(test: string, file: string, find: string, replace: string): Trap {
  return { test, file: `src/backends/${file}`, find, replace };
}

export const gitlab: Traps = {
  backend: 'GitLab',
  tests: 'test/unit/gitlab/traps.test.ts',
  traps: [
    trap(
      'the default scope is what I created, not what is mine',
      'gitlab/lists.ts',
      "reading({ scope: 'all', ...byChange(from) })",
      'reading(byChange(from))',
    ),
    trap('a limit that no header announces is a limit', 'http/rateLimit.ts', 'status === 429 ||', ''),
    trap(
      'a server that does not know internal notes gets none',
      'gitlab/session.ts',
      'sort && knowsInternal(version.value.version)',
      'sort',
    ),
    trap(
      'a note that became public all the same is deleted at once',
      'gitlab/write.ts',
      '!internal || isInternal(note.value)',
      'note.ok',
    ),
    trap(
      'labels that are dropped in silence are noticed',
      'gitlab/write.ts',
      'return dropped === undefined\n',
      'return dropped !== null\n',
    ),
    trap(
      'a moved issue is shown as closed, and nothing is written to it',
      'gitlab/write.ts',
      'return found.ok && found.value.raw.moved_to_id',
      'return found.ok && found.value.raw.iid < 0',
    ),
    trap(
      'labels and states are other lists than notes, and are in the timeline',
      'gitlab/timeline.ts',
      '...labels.value.map(',
      '...labels.value.slice(1).map(',
    ),
    trap(
      'a label that a colleague sets meanwhile stays',
      'gitlab/write.ts',
      "{ add_labels: added.join(',') }",
      "{ labels: labels.join(','), add_labels: added.join(','), remove_labels: 'bug' }",
    ),
    trap(
      'who writes to the Service Desk is the customer, not the bot',
      'gitlab/issues.ts',
      'if (raw.author.username === supportBot && mail)',
      "if (mail === '')",
    ),
    trap('times are read as GitLab writes them', 'gitlab/timeline.ts', 'd: 480', 'd: 1440'),
  ],
};
