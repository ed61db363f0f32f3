import assert from 'node:assert/strict';
import { NamedTickets } from '../../../src/editor/links/namedTickets.ts';
import { aTicket } from '../../shared/tickets.ts';

const rt = { accountId: 'rt', source: String.raw`(?<![\w-])RT[-#]\d+(?![\w-])` };
const local = { accountId: 'local', source: String.raw`(?<![\w#-])(?:DESK-|INC)\d+(?![\w-])` };

describe('tickets named in a line of text', () => {
  const known = [aTicket({ accountId: 'rt', key: 'RT-12' }), aTicket({ accountId: 'local', key: 'INC7' })];
  let patterns = [rt, local];
  const names = new NamedTickets({
    reader: { ticketsByKey: (key) => known.filter((ticket) => ticket.key === key) },
    keyPatterns: () => patterns,
  });
  const found = (line: string) =>
    names.in(line).map(({ tickets, start, end }) => [line.slice(start, end), tickets[0]?.key]);

  it('are those of the accounts’ own patterns that are there', () => {
    assert.deepEqual(found('fix RT#12, see INC7 and RT-12.'), [
      ['RT#12', 'RT-12'],
      ['INC7', 'INC7'],
      ['RT-12', 'RT-12'],
    ]);
  });

  it('are not what merely looks like a key', () => {
    assert.deepEqual(found('utf-8 UTF-8 sha-256 RT-13 INC8 XRT-12 RT-12a https://x.example/RT-12'), []);
  });

  it('change with the accounts', () => {
    patterns = [local];
    assert.deepEqual(found('RT-12 INC7'), [['INC7', 'INC7']]);
  });
});
