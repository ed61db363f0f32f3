import assert from 'node:assert/strict';
import { operationStates, type Operation, type Step } from '../../../src/desk/operation.ts';
import {
  conflictSide,
  hasText,
  isEditable,
  obstacle,
  operationContext,
  operationDescription,
  operationTitle,
} from '../../../src/editor/outbox/outboxText.ts';
import { plain } from './plain.ts';
import { now } from '../../shared/tickets.ts';

const reply: Step = { type: 'post', kind: 'reply', visibility: 'public', body: 'Try again now.' };
const status: Step = { type: 'update', fields: { status: 'Resolved' }, before: { status: 'Open' } };

function operation(given: Partial<Operation> = {}): Operation {
  return {
    id: 'op',
    accountId: 'rt',
    ticketId: '12',
    label: 'RT-12',
    intent: 'reply',
    steps: [reply],
    done: 0,
    state: 'queued',
    createdAt: now,
    attempts: 0,
    forced: false,
    ...given,
  };
}

const fieldConflict: Partial<Operation> = {
  state: 'conflict',
  intent: 'status',
  steps: [status],
  conflict: {
    type: 'fields',
    fields: [{ field: 'status', base: 'Open', mine: 'Resolved', theirs: 'Stalled' }],
  },
};

describe('a row of the outbox', () => {
  it('names what was done, and a public reply as public', () => {
    assert.equal(operationTitle(operation(), plain), 'Public reply to RT-12');
    assert.equal(
      operationTitle(operation({ intent: 'status', steps: [status] }), plain),
      'RT-12: status Resolved',
    );
    assert.equal(
      operationTitle(operation({ intent: 'create', label: 'No sound' }), plain),
      'New ticket: No sound',
    );
  });

  it('says how it stands, where and since when', () => {
    const about = { accountLabel: 'Request Tracker', time: '14:02' };
    assert.equal(operationDescription(operation(), about, plain), 'waiting · Request Tracker · 14:02');
    const half = operation({ intent: 'resolve', steps: [reply, status], done: 1, state: 'failed' });
    assert.equal(
      operationDescription(half, about, plain),
      'not sent · 1 of 2 done · Request Tracker · 14:02',
    );
  });

  it('says when it is tried again', () => {
    const about = { accountLabel: 'Request Tracker', time: '14:02', again: '14:05' };
    assert.equal(
      operationDescription(operation(), about, plain),
      'waiting · tried again at 14:05 · Request Tracker · 14:02',
    );
  });

  it('asks its user about a public reply that was looked for in vain, and only then', () => {
    const lost = { reason: 'unknown-outcome', message: '' } as const;
    const said = (given: Partial<Operation>) =>
      operationDescription(
        operation({ state: 'unknown', error: lost, ...given }),
        { accountLabel: 'RT', time: '' },
        plain,
      );
    assert.match(said({}), /^being looked up/);
    assert.match(said({ notBefore: now }), /^not known whether it arrived/);
    const outage = { reason: 'offline', message: '' } as const;
    assert.match(said({ notBefore: now, error: outage }), /^being looked up/, 'it could not be looked up');
    const note = { ...reply, kind: 'note', visibility: 'internal' } as const;
    assert.match(said({ notBefore: now, steps: [note] }), /^being looked up/, 'it will be sent again');
    const unknown = operation({ state: 'unknown', error: lost, notBefore: now });
    assert.match(obstacle(unknown, () => '', plain) ?? '', /never sent again by itself/);
  });

  it('says what stands in its way and what to do', () => {
    const explain = () => 'The server refused this.';
    assert.equal(obstacle(operation(), explain, plain), undefined);
    const failed = operation({ state: 'failed', error: { reason: 'rejected', message: '' } });
    assert.equal(obstacle(failed, explain, plain), 'The server refused this.');
    assert.match(obstacle(operation(fieldConflict), explain, plain) ?? '', /status → Stalled/);
    const unseen = operation({ state: 'conflict', conflict: { type: 'unseen-entries', entries: [] } });
    assert.match(obstacle(unseen, explain, plain) ?? '', /not seen/);
  });

  it('shows both sides of a conflict', () => {
    const conflict = operation(fieldConflict);
    assert.match(conflictSide(conflict, 'mine', plain), /^status: Resolved\n +when you began: Open$/m);
    assert.match(conflictSide(conflict, 'theirs', plain), /^status: Stalled\n +when you began: Open$/m);
    assert.equal(conflictSide(operation(), 'mine', plain), '');
  });

  it('can be edited only while nothing of it can have arrived', () => {
    const editable = operationStates.filter((state) => isEditable(operation({ state })));
    assert.deepEqual(editable, ['queued', 'confirmed', 'conflict', 'failed']);
    assert.ok(!isEditable(operation({ state: 'failed', steps: [reply, status], done: 1 })));
    assert.ok(!isEditable(operation({ sentAt: now })), 'it was sent, and the server broke down');
    assert.ok(!isEditable(operation({ steps: [status] })), 'a change of fields has no text');
  });

  it('is discarded without a question only where no text is lost', () => {
    assert.ok(hasText(operation()));
    assert.ok(!hasText(operation({ steps: [status] })));
    assert.ok(!hasText(operation({ steps: [reply, status], done: 1 })), 'the text has arrived');
  });

  it('tells the menus its state and whether it can be edited', () => {
    assert.equal(operationContext(operation()), 'operation.queued.editable');
    assert.equal(operationContext(operation(fieldConflict)), 'operation.conflict.fields');
    assert.equal(operationContext(operation({ state: 'unknown' })), 'operation.unknown');
  });
});
