import type { Trap, Traps } from './trap.ts';

function trap(test: string, file: string, find: string, replace: string): Trap {
  return { test, file: `src/backends/${file.includes('/') ? '' : 'jira/'}${file}`, find, replace };
}

export const jira: Traps = {
  backend: 'Jira',
  tests: 'test/unit/jira/traps.test.ts',
  traps: [
    trap(
      'a project that is no service desk would publish a note',
      'write.ts',
      "project?.projectTypeKey !== 'service_desk'",
      'project === undefined',
    ),
    trap(
      'a note that became public all the same is deleted at once',
      'write.ts',
      'if (isInternal(comment.output)) return sent;',
      'if (comment.success) return sent;',
    ),
    trap(
      'what we changed is found although the search index is behind',
      'edition.ts',
      'reconcile.length > 0 &&',
      'reconcile.length > 1_000 &&',
    ),
    trap(
      'a query without a condition asks for everything, and is not asked',
      'lists.ts',
      "if (condition === '') {",
      "if (condition === 'all') {",
    ),
    trap(
      'the requester of a new ticket is who has just that name or address, and nobody like them',
      'people.ts',
      'listed.value.length === 1 ? hidden : named)',
      'listed.value.length === 1 ? hidden : listed.value)',
    ),
    trap(
      'what only a role or a group may read is internal',
      'timeline.ts',
      'if (visibility !== undefined && visibility !== null) return true;',
      '',
    ),
    trap('what the index tells late is not lost', 'lists.ts', 'overlapMs = 5 * 60_000', 'overlapMs = 1_000'),
    trap(
      'the same page token again is an error, not an endless list',
      'edition.ts',
      'nextPageToken === token',
      "nextPageToken === ''",
    ),
    trap(
      'a status whose screen asks for a resolution gets one',
      'transitions.ts',
      "id === 'resolution' ? usualOf(field.allowedValues) : undefined",
      'undefined',
    ),
    trap(
      'a status whose screen insists on a field says so before, and takes it',
      'transitions.ts',
      '(id in way.fields ? onScreen : left)[id]',
      'left[id]',
    ),
    trap(
      'a custom field that we do not understand is shown, not offered, and never touched',
      'fields.ts',
      'if (meta === undefined || definition === undefined) {',
      'if (meta === undefined) continue; if (definition === undefined) { fields[id] = values; continue;',
    ),
    trap('a service level that waits has no end', 'sla.ts', "ongoingCycle.paused ? 'paused' :", ''),
    trap(
      'a clock that was set back is asked as far back as it was set',
      'lists.ts',
      'Math.abs(this.#client.serverNow() - from)',
      '(this.#client.serverNow() - from)',
    ),
    trap(
      'a service level comes with the list, and does not vanish with the next change',
      'issues.ts',
      'sla: clocksIn(fields),',
      'sla: [],',
    ),
    trap(
      'a text that was edited in Jira is shown as it is now',
      'mark.ts',
      'mark.body === digest(body)',
      'mark.key.length > 0',
    ),
    trap(
      'a file that became public all the same is deleted at once',
      'files.ts',
      "visibility === 'public' || !comment.public",
      'comment.id.length > 0',
    ),
    trap(
      'a project that is no service desk would publish a file',
      'files.ts',
      "if (parcel.visibility === 'internal') {",
      'if (parcel.files.length === 0) {',
    ),
    trap(
      'a file is asked for without a redirect, whose address would expire and have no token',
      'client.ts',
      "query: { redirect: 'false' },",
      '',
    ),
    trap(
      'more changes of ours than Jira reconciles at once do not break the search',
      'lists.ts',
      'mostReconciled = 50',
      'mostReconciled = 500',
    ),
    trap(
      'changes are asked for in minutes back, as dates are read in the zone of a profile',
      'lists.ts',
      'updated >= "-${minutes}m"',
      "updated >= \"${new Date(this.#client.serverNow() - minutes * 60_000).toISOString().slice(0, 16).replace('T', ' ')}\"",
    ),
    trap(
      'a conflict is told as such, and nothing is taken for done',
      'http/failure.ts',
      '    case 409:\n',
      '',
    ),
    trap('a limit is told with the time when it ends', 'http/rateLimit.ts', 'status === 429 ||', ''),
    trap(
      'the text that came with a file is shown as it was typed',
      'files.ts',
      "if (text !== '') await this.#mark",
      "if (text === '') await this.#mark",
    ),
  ],
};

export const jiraDataCenter: Traps = {
  backend: 'Jira Data Center',
  tests: 'test/unit/jira/dataCenter.test.ts',
  traps: [
    trap(
      'a page with fewer than asked for is not the end',
      'edition.ts',
      'isLast: issues.length === 0 || next >= total',
      'isLast: issues.length < perPage',
    ),
    trap(
      'what is internal is known by the property only',
      'timeline.ts',
      'return wish.success && wish.output.internal;',
      'return false;',
    ),
    trap(
      'time whose answer was lost is known by what it says, and by when',
      'landed.ts',
      'created > revisionTime(revision) &&',
      'created > 0 &&',
    ),
    trap(
      'a file is asked for where it lies below our address, whatever Jira calls itself',
      'edition.ts',
      "/\\/secure\\/attachment\\/[^?#]+$/.exec(content ?? '')?.[0]",
      'content',
    ),
  ],
};
