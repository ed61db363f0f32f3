import assert from 'node:assert/strict';
import { declareSteps, joinSteps, partsOf } from '../../../src/desk/majorIncident.ts';
import { isPublic } from '../../../src/desk/operation.ts';
import { similarTickets } from '../../../src/editor/escalating/similarTickets.ts';
import { aTicket } from '../../shared/tickets.ts';

const resolved = { name: 'Resolved', category: 'resolved' } as const;
const incident = aTicket({
  id: '1',
  key: 'T-1',
  subject: 'VPN drops every few minutes',
  tags: ['vpn'],
  assets: ['gw-2'],
});

describe('a major incident', () => {
  it('is offered what is open and likest first, with what it shares, and not what is part of something', () => {
    const parent = { kind: 'parent', ticketId: '9', key: 'T-9' } as const;
    const known = [
      incident,
      aTicket({ id: '2', subject: 'Printer is empty', tags: [], assets: [] }),
      aTicket({ id: '3', subject: 'No VPN at home', tags: ['vpn'], assets: ['gw-2'] }),
      aTicket({ id: '4', subject: 'VPN again', tags: [], assets: [] }),
      aTicket({ id: '5', subject: 'VPN drops', status: resolved }),
      aTicket({ id: '6', subject: 'VPN drops', relations: [parent] }),
      { ...aTicket({ id: '7', subject: 'VPN drops' }), accountId: 'another' },
    ];
    assert.deepEqual(
      similarTickets(incident, known).map(({ ticket, shared }) => [ticket.id, shared]),
      [
        ['3', ['gw-2', 'vpn']],
        ['4', ['vpn']],
        ['2', []],
      ],
    );
  });

  it('finds nothing alike in a tag that most tickets have', () => {
    const known = Array.from({ length: 12 }, (_, index) =>
      aTicket({
        id: String(index + 2),
        subject: `Ask ${String.fromCharCode(97 + index)}`,
        tags: ['office'],
        assets: [],
      }),
    );
    const alike = aTicket({ id: '99', subject: 'Slow at home', tags: ['office', 'vpn'], assets: [] });
    const about = { ...incident, tags: ['office', 'vpn'] };
    assert.deepEqual(
      similarTickets(about, [...known, alike]).map(({ shared }) => shared),
      [['vpn'], ...known.map(() => [])],
    );
  });

  it('is declared with nothing that a requester sees, and tagged once', () => {
    const steps = declareSteps(incident, 'Major incident', true);
    assert.deepEqual(steps[1], {
      type: 'update',
      fields: { tags: ['vpn', 'major-incident'] },
      before: { tags: ['vpn'] },
    });
    assert.equal(declareSteps({ ...incident, tags: ['major-incident'] }, 'x', true).length, 1);
    assert.equal(declareSteps(incident, 'x', false).length, 1);
    for (const all of [steps, joinSteps(incident, 'part')]) assert.ok(!isPublic({ steps: all }));
  });

  it('updates what is open, and names what it does not reach', () => {
    const tickets = [aTicket({ id: '2' }), aTicket({ id: '3', status: resolved })];
    const child = (ticketId: string) => ({ kind: 'child' as const, ticketId, key: `T-${ticketId}` });
    const relations = [child('2'), child('3'), child('4'), { ...child('5'), kind: 'related' as const }];
    const parts = partsOf([...relations, child('2')], (id) => tickets.find((one) => one.id === id));
    assert.deepEqual(
      [parts.reached.map(({ id }) => id), parts.solved, parts.unknown],
      [['2'], ['T-3'], ['T-4']],
    );
  });
});
