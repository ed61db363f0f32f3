import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseTicketLink, ticketLinkParts } from '../../../src/desk/ticketLink.ts';

describe('a link to a ticket', () => {
  it('names again what it was made from', () => {
    const key = fc.stringMatching(/^[A-Z#][\p{L}\p{N}_/#-]{0,20}\d$/u);
    const at = fc.option(fc.domain(), { nil: undefined });
    fc.assert(
      fc.property(key, at, (text, host) => {
        const link = { key: text, ...(host !== undefined && { at: host }) };
        const { path, query } = ticketLinkParts(link);
        assert.deepEqual(parseTicketLink(path, query), link);
      }),
    );
  });

  for (const path of [
    '',
    '/',
    '/ticket',
    '/ticket/',
    '/tickets/RT-1',
    '/ticket/RT 1',
    `/ticket/${'1'.repeat(200)}`,
  ]) {
    it(`is not "${path.slice(0, 20)}"`, () => assert.equal(parseTicketLink(path, ''), undefined));
  }
});
