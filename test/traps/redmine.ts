import type { Trap, Traps } from './trap.ts';

function trap(test: string, file: string, find: string, replace: string): Trap {
  return { test, file: `src/backends/redmine/${file}`, find, replace };
}

export const redmine: Traps = {
  backend: 'Redmine',
  tests: 'test/unit/redmine/traps.test.ts',
  traps: [
    trap(
      'a private note without the right would be public, so it does not leave',
      'write.ts',
      "if (internal && !may('set_notes_private')) return",
      'if (said.text === raw.id) return',
    ),
    trap(
      'the right is asked for anew before each private note',
      'write.ts',
      'await (internal ? this.#rights.now(signal) : this.#rights.known(signal))',
      'await this.#rights.known(signal)',
    ),
    trap(
      'a private note that became public on its way is taken back, and told',
      'write.ts',
      'if (ours.some((journal) => journal.private_notes === internal)) return ok();',
      'if (ours.length > 0) return ok();',
    ),
    trap(
      'a note that Redmine published is not sent again when its fate is settled',
      'landed.ts',
      'if (!internal || ours[0] === undefined) return ok(false);',
      'return ok(false);',
    ),
    trap(
      'who changed it in between is found out by comparing, as no lock is told and no condition heeded',
      'write.ts',
      'readRevision(revision) && revision !== ticket.revision',
      'readRevision(revision) && revision === raw.id',
    ),
    trap(
      'two changes within one second are two revisions',
      'tickets.ts',
      '[raw.updated_on, lastJournal(raw), minutesOf(raw.spent_hours ?? 0)]',
      '[raw.updated_on, 0, minutesOf(raw.spent_hours ?? 0)]',
    ),
    trap(
      'no lock is sent that could only be stale',
      'write.ts',
      '{ issue: issue.value }, signal',
      '{ issue: { ...issue.value, lock_version: 1 } }, signal',
    ),
    trap(
      'a field that is dropped in silence is noticed',
      'write.ts',
      'const missing = notTaken(after.value, fields);',
      'const missing = undefined;',
    ),
    trap(
      'a status that Redmine would drop is refused before it takes the rest',
      'fields.ts',
      'if (status === undefined) {',
      'if (status === undefined && issue.subject === undefined) {',
    ),
    trap(
      'a note that is dropped in silence is noticed',
      'write.ts',
      "return rejected(undefined, 'Redmine did not take the text; your rights may not allow it.');",
      'return ok();',
    ),
    trap(
      'times are asked for in the one form that Redmine reads',
      'client.ts',
      ".replace(/\\.\\d+Z$/, 'Z')",
      ".replace(/\\.\\d+Z$/, '+00:00')",
    ),
    trap(
      'what the filter gives twice, as it begins early, is one change',
      'cursor.ts',
      'return before?.revision !== revision;',
      'return true;',
    ),
    trap(
      'a second change within the second of the last pull is not lost',
      'cursor.ts',
      'return seen?.at === at && seen.found === undefined;',
      'return seen?.at === at;',
    ),
    trap('what is closed is not hidden', 'area.ts', "const all = { status_id: '*' };", 'const all = {};'),
    trap(
      'a list of more than the server gives at once is read to its end',
      'pull.ts',
      'if (count < perPage) return;',
      'return;',
    ),
    trap(
      'people are found though agents may not list them',
      'people.ts',
      'const all = await this.#everybody(signal);',
      "const all = await this.#client.all(membershipSchema, '/users', 'users', signal);",
    ),
    trap(
      'what may be set is known though agents may not see definitions',
      'customFields.ts',
      "listed.error.reason !== 'forbidden' && ",
      '',
    ),
    trap(
      'what was given away or deleted drops out of our list, and is noticed',
      'pull.ts',
      'around === inside || held.has(row.id)',
      'around === inside',
    ),
  ],
};
