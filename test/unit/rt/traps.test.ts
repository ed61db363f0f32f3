import { strict as assert } from 'node:assert';
import { rtBackend } from '../../../src/backends/rt/connector.ts';
import { calm, error, post, sending, value } from '../../contract/helpers.ts';
import { FakeGateway, rawTicket } from './fakeGateway.ts';

const account = { id: 'rt', backend: 'rt', label: 'RT', url: 'https://rt.example.test/rt/' };
const change = (fields: object) => ({ type: 'update', fields, before: {} }) as const;

/** What RT does that a naive client gets wrong. `npm run test:traps` shows that each test needs its handling. */
describe('RT traps', () => {
  /** An RT that says yes to every change and makes none. */
  const willing = () => {
    const gateway = new FakeGateway({
      '/ticket/7': () => rawTicket('7'),
      '/ticket/7/correspond': () => ['Correspondence added'],
    });
    const backend = rtBackend({ account, gateway, now: () => 0, known: () => undefined });
    const sent = (method: string) => gateway.asked.filter((request) => request.method === method);
    return { backend, sent };
  };

  it('a status that does not fit is refused before RT takes the rest of the change', async () => {
    const { backend, sent } = willing();
    const step = change({ subject: 'New', status: 'nonsense' });
    const refusal = error(await backend.apply(sending('7', step), calm));
    assert.ok(refusal.reason === 'rejected');
    assert.equal(refusal.field, 'status');
    assert.deepEqual(sent('PUT'), []);
  });

  it('what RT says that it did is found out by reading', async () => {
    const { backend } = willing();
    const refusal = error(await backend.apply(sending('7', change({ subject: 'New' })), calm));
    assert.ok(refusal.reason === 'rejected');
    assert.equal(refusal.field, 'subject');
  });

  it('a reply goes without the condition that RT always refuses there', async () => {
    const { backend, sent } = willing();
    const reply = sending('7', post('reply', 'public', 'Hello.'), { revision: '17' });
    value(await backend.apply(reply, calm));
    assert.deepEqual(
      sent('POST').map(({ headers }) => headers?.['if-match']),
      [undefined],
    );
  });

  it('a change says which state it was made on', async () => {
    const { backend, sent } = willing();
    await backend.apply(sending('7', change({ subject: 'New' }), { revision: '17' }), calm);
    assert.equal(sent('PUT')[0]?.headers?.['if-match'], '"17"');
  });
});
