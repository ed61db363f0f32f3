import assert from 'node:assert/strict';
import type { Draft, DraftKind } from '../../../src/desk/draft.ts';
import { emptyHandOff, formatHandOff } from '../../../src/desk/handOff.ts';
import type { Step } from '../../../src/desk/operation.ts';
import { withoutEmptySections } from '../../../src/replies/passages.ts';
import { planDraft } from '../../../src/replies/plan.ts';
import { takeBack } from '../../../src/replies/takeBack.ts';
import { aTicket } from '../../shared/tickets.ts';

const ticket = aTicket({ team: 'Helpdesk', tier: 1 });

function draft(kind: DraftKind, text: string): Draft {
  return { id: 'd', kind, accountId: 'rt', ticketId: ticket.id, label: '', text, savedAt: 0 };
}

/** What sending the draft again would do. */
function again(steps: Step[], link?: Parameters<typeof planDraft>[1]['link']): Step[] {
  const taken = takeBack({ steps });
  assert.ok(taken);
  const planned = planDraft(draft(taken.kind, taken.text), { ticket, ...(link && { link }) });
  assert.ok(planned.ok, JSON.stringify(planned));
  return planned.plan.steps;
}

describe('taking a change back from the outbox', () => {
  const body = 'Dear José,\n\nplease *restart* it.\n\n--\nAlice';

  it('makes the same reply or note again when it is sent', () => {
    const reply: Step[] = [{ type: 'post', kind: 'reply', visibility: 'public', body }];
    assert.deepEqual(again(reply), reply);
    const note: Step[] = [{ type: 'post', kind: 'note', visibility: 'internal', body }];
    assert.deepEqual(again(note), note);
  });

  it('does not take a rule at the start of a reply for fields', () => {
    const reply: Step[] = [
      { type: 'post', kind: 'reply', visibility: 'public', body: '---\nteam: x\n---\nHello' },
    ];
    assert.deepEqual(again(reply), reply);
  });

  it('keeps a resolution’s status, minutes, visibility and document', () => {
    const link = {
      document: { title: 'Restart', path: 'runbooks/restart.md', heading: 'steps' },
      outcome: 'solved',
    } as const;
    const steps: Step[] = [
      { type: 'post', kind: 'resolution', visibility: 'public', body, minutes: 12, link },
      { type: 'update', fields: { status: 'Resolved' }, before: { status: 'Open' } },
    ];
    assert.deepEqual(again(steps, link), steps);
    assert.match(takeBack({ steps })?.text ?? '', /^document: runbooks\/restart\.md#steps$/m);
    assert.match(takeBack({ steps })?.text ?? '', /^outcome: solved$/m);
  });

  it('keeps whom a hand-off goes to', () => {
    const steps: Step[] = [
      { type: 'post', kind: 'hand-off', visibility: 'internal', body },
      {
        type: 'update',
        fields: { team: 'Tier 2', tier: 2, priority: 'High' },
        before: { team: 'Helpdesk', tier: 1, priority: 'High' },
      },
    ];
    assert.deepEqual(again(steps), steps);
  });

  it('keeps who is kept informed, the tags and what the requester is told', () => {
    const steps: Step[] = [
      { type: 'watch', change: 'add', watcher: { id: 'bob', name: 'Bob Tier2', role: 'watcher' } },
      { type: 'watch', change: 'add', watcher: { id: 'lead', name: 'lead', role: 'watcher' } },
      { type: 'post', kind: 'hand-off', visibility: 'internal', body },
      {
        type: 'update',
        fields: { team: 'Tier 2', tags: [...ticket.tags, 'vpn'] },
        before: { team: 'Helpdesk', tags: ticket.tags },
      },
      { type: 'post', kind: 'reply', visibility: 'public', body: 'A colleague:\ngoes on "now".' },
    ];
    assert.deepEqual(again(steps), steps);
  });

  it('keeps that a manager is told, or several teams called', () => {
    for (const to of ['Lena Lead (manager)', 'Network, Databases (swarm)']) {
      const text = formatHandOff({ to, sections: { ...emptyHandOff().sections, situation: 'It is down.' } });
      const steps: Step[] = [
        { type: 'post', kind: 'hand-off', visibility: 'internal', body: withoutEmptySections(text) },
      ];
      assert.deepEqual(again(steps), steps, to);
    }
  });

  it('keeps all of a new ticket', () => {
    const steps: Step[] = [
      {
        type: 'create',
        ticket: {
          subject: 'No sound: "again"',
          description: body,
          requester: 'carol@example.com',
          team: 'Helpdesk',
          priority: 'High',
          kind: 'incident',
          channel: 'phone',
          tags: ['audio', 'room-3'],
        },
      },
    ];
    assert.deepEqual(again(steps), steps);
  });

  it('keeps how a logged call took place', () => {
    const taken = takeBack({
      steps: [{ type: 'post', kind: 'log', visibility: 'internal', body, channel: 'chat', minutes: 7 }],
    });
    assert.equal(taken?.kind, 'note');
    assert.match(taken.text, /chat, 7 minutes/);
  });

  it('has nothing to edit in a change of fields', () => {
    assert.equal(
      takeBack({ steps: [{ type: 'update', fields: { status: 'Open' }, before: {} }] }),
      undefined,
    );
  });
});
