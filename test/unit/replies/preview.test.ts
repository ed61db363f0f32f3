import assert from 'node:assert/strict';
import type { Draft } from '../../../src/desk/draft.ts';
import type { SentFile, Step } from '../../../src/desk/operation.ts';
import { formatDraft } from '../../../src/replies/draftText.ts';
import { comment } from '../../../src/replies/passages.ts';
import { planDraft } from '../../../src/replies/plan.ts';
import { formatThere, publicText } from '../../../src/replies/preview.ts';
import { fixtureEntries, fixtureTicket } from '../../shared/panelFixture.ts';

describe('the preview of a draft', () => {
  it('shows what a reply says, without what is not sent', () => {
    const text = `Hello,\n\nit works.\n\n${comment('Carol wrote:\n\n> does it?')}\n`;
    assert.equal(publicText({ kind: 'reply', text }), 'Hello,\n\nit works.');
  });

  it('shows nothing of what only colleagues read', () => {
    assert.equal(publicText({ kind: 'note', text: 'For us' }), undefined);
    const resolution = (visibility: string) => formatDraft({ status: 'resolved', visibility }, 'Solved.');
    assert.equal(publicText({ kind: 'resolution', text: resolution('internal') }), undefined);
    assert.equal(publicText({ kind: 'resolution', text: resolution('public') }), 'Solved.');
    const handOff = (message: string) => formatDraft({ team: 'Tier 2', message }, 'All we know');
    assert.equal(publicText({ kind: 'hand-off', text: handOff('') }), undefined);
    assert.equal(publicText({ kind: 'hand-off', text: handOff('We are on it.') }), 'We are on it.');
    assert.equal(publicText({ kind: 'resolution', text: '---\n: [\n---\nx' }), undefined);
  });

  it('lays Markdown out only where the system does', () => {
    const [entry] = fixtureEntries;
    assert.ok(entry);
    const as = (format: 'text' | 'html' | 'markdown') => ({ ...entry, body: { text: 'x', format } });
    assert.equal(formatThere([as('text'), as('html')]), 'text');
    assert.equal(formatThere([as('text'), as('markdown')]), 'markdown');
    assert.equal(formatThere([]), 'markdown');
  });
});

describe('a draft with files', () => {
  const file: SentFile = { name: 'a.png', mediaType: 'image/png', base64: '', stored: 'f' };
  function stepsOf(kind: Draft['kind'], text: string): Step[] {
    const { accountId, id: ticketId } = fixtureTicket;
    const draft: Draft = { id: 'd', kind, accountId, ticketId, label: 'x', text, savedAt: 0 };
    const planned = planDraft(draft, { ticket: fixtureTicket, files: [file] });
    assert.ok(planned.ok, planned.ok ? '' : planned.problem.message);
    return planned.plan.steps;
  }
  const sent = (steps: Step[]) =>
    steps.map((step) => [
      step.type,
      'visibility' in step ? step.visibility : '',
      step.type === 'post' ? (step.files ?? []).length : 0,
    ]);

  it('sends them with its text, as visible as it is', () => {
    assert.deepEqual(sent(stepsOf('reply', 'Hello')), [['post', 'public', 1]]);
    assert.deepEqual(sent(stepsOf('note', 'For us')), [['post', 'internal', 1]]);
    assert.deepEqual(sent(stepsOf('resolution', formatDraft({ status: 'resolved' }, 'Solved.'))), [
      ['post', 'internal', 1],
      ['update', '', 0],
    ]);
  });

  it('sends them alone where nothing is written', () => {
    assert.deepEqual(sent(stepsOf('reply', '')), [['attach', 'public', 0]]);
    assert.deepEqual(sent(stepsOf('note', '\n\n')), [['attach', 'internal', 0]]);
  });

  it('tells the team a hand-off goes to, not the requester', () => {
    const text = formatDraft({ team: 'Tier 2', message: 'We are on it.' }, 'The gateway is down.');
    const [note, , message] = stepsOf('hand-off', text);
    assert.ok(note?.type === 'post' && message?.type === 'post');
    assert.deepEqual([note.visibility, note.files], ['internal', [file]]);
    assert.deepEqual([message.visibility, message.files], ['public', undefined]);
  });
});
