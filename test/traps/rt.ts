import type { Trap, Traps } from './trap.ts';

function trap(test: string, find: string, replace: string): Trap {
  return { test, file: 'src/backends/rt/write.ts', find, replace };
}

export const rt: Traps = {
  backend: 'Request Tracker',
  tests: 'test/unit/rt/traps.test.ts',
  traps: [
    trap(
      'a status that does not fit is refused before RT takes the rest of the change',
      'if (!statusesFor(raw).some(({ name }) => name === fields.status)) {',
      "if (fields.status === '') {",
    ),
    trap(
      'what RT says that it did is found out by reading',
      'const missing = notTaken(after.value, fields)[0];',
      'const missing = undefined;',
    ),
    trap(
      'a reply goes without the condition that RT always refuses there',
      "const sent = await this.#client.send('POST', `/ticket/${ticketId}/${way}`, body, signal);",
      "const sent = await this.#client.send('POST', `/ticket/${ticketId}/${way}`, body, signal, { 'if-match': '\"17\"' });",
    ),
    trap('a change says which state it was made on', 'known ? {', 'known && revision === undefined ? {'),
  ],
};
