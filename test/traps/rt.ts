import type { Trap, Traps } from './trap.ts';

function trap(test: string, file: string, find: string, replace: string): Trap {
  return { test, file: `src/backends/${file}`, find, replace };
}

export const rt: Traps = {
  backend: 'Request Tracker',
  tests: 'test/unit/rt/traps.test.ts',
  traps: [
    trap(
      'a status that does not fit is refused before RT takes the rest of the change',
      'rt/write.ts',
      'if (!statusesFor(raw).some(({ name }) => name === fields.status)) {',
      "if (fields.status === '') {",
    ),
    trap(
      'what RT says that it did is found out by reading',
      'rt/write.ts',
      'const missing = notTaken(after.value, fields)[0];',
      'const missing = undefined;',
    ),
    trap(
      'a reply goes without the condition that RT always refuses there',
      'rt/write.ts',
      "const sent = await this.#client.send('POST', `/ticket/${ticketId}/${way}`, body, signal);",
      "const sent = await this.#client.send('POST', `/ticket/${ticketId}/${way}`, body, signal, { 'if-match': '\"17\"' });",
    ),
    trap(
      'a change says which state it was made on',
      'rt/write.ts',
      'known ? {',
      'known && revision === undefined ? {',
    ),
    trap(
      'changes are asked for by number, as RT reads a time as the midnight before or after',
      'rt/pull.ts',
      'const query = `${transactions} AND id > ${start.high - overlap}`;',
      "const query = `${transactions} AND Created >= '2026-01-02T02:00:00Z'`;",
    ),
    trap(
      'a ticket whose answer was lost is looked for in seconds back by the clock of RT',
      'rt/landed.ts',
      "'-${seconds} seconds'",
      "'${new Date(sentAt - 1000 * slackSeconds).toISOString()}'",
    ),
    trap(
      'a list is read on behind a page that rows were taken out of, as no total is told',
      'rt/client.ts',
      'answer.value.count === 0 ||',
      'answer.value.count < perPage ||',
    ),
    trap(
      'only fields that RT knows are asked for, as others break it',
      'rt/schema.ts',
      "'Subject,Queue,Owner,",
      "'Subject,Tags,Queue,Owner,",
    ),
    trap(
      'the number of a merged ticket gives the other one, and is shown as closed',
      'rt/tickets.ts',
      'read.value.id === id ? ticket.value : merged(id, ticket.value)',
      'ticket.value',
    ),
    trap(
      'a link that RT did not make is noticed, though it says that all is well',
      'rt/ties.ts',
      'return isTied(after.value, step)',
      'return after.ok',
    ),
    trap(
      'a wrong token is told as such: to a browser RT would show its login page instead',
      'axiosGateway.ts',
      "'user-agent': 'Deskside'",
      "'user-agent': 'Mozilla/5.0 Deskside'",
    ),
  ],
};

export const rtPull: Traps = {
  backend: 'Request Tracker',
  tests: 'test/unit/rt/pull.test.ts',
  traps: [
    trap(
      'does not take a page with hidden rows for the last',
      'rt/pull.ts',
      'count < perPage && items.some(({ id }) => id <= known)',
      'count < perPage',
    ),
    trap(
      'finds a transaction that became visible after one with a higher number',
      'rt/pull.ts',
      'const overlap = 200;',
      'const overlap = 0;',
    ),
    trap(
      'has no times where RT says 1970, and a link into the account',
      'rt/schema.ts',
      '(value === 0 ? undefined : value)',
      '(value === -1 ? undefined : value)',
    ),
    trap(
      'has no times where RT says 1970, and a link into the account',
      'rt/tickets.ts',
      "this.#account.url.replace(/\\/+$/, '')",
      "'http://localhost'",
    ),
  ],
};
