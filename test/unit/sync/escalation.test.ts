import { strict as assert } from 'node:assert';
import type { Draft } from '../../../src/desk/draft.ts';
import { needsUser, type Operation, type Step } from '../../../src/desk/operation.ts';
import { formatDraft } from '../../../src/replies/draftText.ts';
import { planDraft } from '../../../src/replies/plan.ts';
import type { Fault } from './fakeDesk.ts';
import { accountId, makeRig, minute, synced, ticketIn, value, type Rig } from './rig.ts';

const note = 'It is the uplink.';
const message = 'A colleague goes on.';

/** What can go wrong with one step; whether its user has to decide before the rest is done. */
const faults: { name: string; fault: Fault; asks: (step: Step) => boolean }[] = [
  {
    name: 'the server has an error',
    fault: { type: 'error', error: { reason: 'server', message: 'Internal error.' } },
    asks: () => false,
  },
  {
    name: 'the server refuses it',
    fault: { type: 'error', error: { reason: 'forbidden', message: 'Not you.' } },
    asks: () => true,
  },
  {
    name: 'the connection is lost before the server acts',
    fault: { type: 'lost-before' },
    asks: (step) => step.type === 'post' && step.visibility === 'public',
  },
  { name: 'the connection is lost after the server acted', fault: { type: 'lost-after' }, asks: () => false },
];

/** One act: who is kept informed, the note, where it goes, what the requester is told. */
describe('an escalation of several steps', () => {
  const kinds = ['watch', 'note', 'update', 'message'] as const;
  let rig: Rig;
  let id: string;

  beforeEach(async () => {
    rig = await makeRig();
    id = rig.desk.open();
    await synced(rig);
    rig.sync.start();
  });
  afterEach(() => rig.end());

  function planned(): Step[] {
    const fields = {
      team: 'network',
      assignee: 'alice',
      priority: 'high',
      watchers: 'Lena Lead <lead>',
      message,
    };
    const text = formatDraft(fields, note);
    const ticketId = id;
    const draft: Draft = { id: 'd', kind: 'hand-off', accountId, ticketId, label: '', text, savedAt: 0 };
    const plan = planDraft(draft, { ticket: ticketIn(rig, id) });
    assert.ok(plan.ok);
    return plan.plan.steps;
  }

  /** How much of the act the server has: so much of each step, and nothing that is there twice. */
  function there(): number[] {
    const { ticket } = rig.desk.held(id);
    const said = rig.desk.texts(id);
    const isMoved = ticket.team === 'network' && ticket.priority.name === 'high';
    return [
      ticket.watchers?.length ?? 0,
      said.filter((text) => text === note).length,
      Number(isMoved),
      said.filter((text) => text === message).length,
    ];
  }

  function shown(operation: Operation): Operation | undefined {
    return rig.reader.outbox().find((one) => one.id === operation.id);
  }

  /** All the time that anything by itself could need. */
  async function hoursPass(): Promise<void> {
    for (let waited = 0; waited < 60 && rig.reader.outbox().length > 0; waited += 1) {
      rig.clock.advance(minute);
      await rig.sync.idle();
    }
  }

  for (const [index, kind] of kinds.entries()) {
    for (const { name, fault, asks } of faults) {
      it(`ends whole or is seen to be in part, and nothing is doubled, when ${name} at the ${kind}`, async () => {
        const steps = planned();
        assert.equal(steps.length, kinds.length);
        for (let before = 0; before < index; before += 1)
          rig.desk.next('apply', { type: 'wait', until: Promise.resolve() });
        rig.desk.next('apply', fault);
        const ticket = ticketIn(rig, id);
        const queued = await rig.sync.enqueue({
          accountId,
          ticket,
          label: ticket.key,
          intent: 'escalate',
          steps,
        });
        const operation = value(queued);
        await rig.sync.idle();
        await hoursPass();
        const step = steps[index];
        assert.ok(step);
        if (asks(step)) {
          const left = shown(operation);
          assert.ok(left && needsUser(left), 'it waits for its user');
          assert.equal(left.done, index, 'and says how far it came');
          assert.ok(left.error);
          assert.deepEqual(
            there(),
            kinds.map((_, at) => Number(at < index)),
            'the server has what is said to be done, and no more',
          );
          value(await rig.sync.retry(operation.id, { force: false }));
          await rig.sync.idle();
        }
        assert.deepEqual(there(), [1, 1, 1, 1], 'all of it, once');
        assert.equal(shown(operation), undefined, 'nothing is left in the outbox');
        assert.equal(rig.desk.held(id).entries.filter(({ visibility }) => visibility === 'public').length, 2);
      });
    }
  }
});
